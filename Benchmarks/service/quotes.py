"""What a date costs when a service has very many finished journeys: `POST /api/v1/quotes` on one connection, one after
another, each followed by `GET /health`, the least the server can answer. One line of JSON.

usage: quotes.py BINARY SERVICES TEMPLATES WORK [--journeys N] [--asks N]

The first tenth (at most 50,000 journeys) is sent as events through the API; the rest are copies of it (multiply.py).
"""
import argparse
import datetime
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

from server import serving

BATCH = 5_000
AGENCY, SERVICE = "general-supply", "supply-order"
SUPPLIERS, PRODUCTS, PLACES = 40, ["furniture", "tools", "safety", "paper"], ["east", "central", "west", "overseas"]


def asked(chance):
    return {"supplier": f"s{chance.randrange(SUPPLIERS)}", "product": chance.choice(PRODUCTS),
            "destination": chance.choice(PLACES)}


def lines(first, count, now):
    """Orders of two years; nine of ten are delivered, after a time that depends on who sends what where."""
    out, stored = [], 0
    for number in range(first, first + count):
        chance = random.Random(number)
        what = asked(chance)
        at = now - datetime.timedelta(minutes=chance.randrange(30 * 1_440, 730 * 1_440))
        slow = 3 + int(what["supplier"][1:]) % 12 + 9 * (what["destination"] == "overseas")
        days = slow * chance.lognormvariate(0, 0.4)
        steps = [("ordered", at, what)]
        if chance.random() < 0.9:
            steps.append(("delivered", min(at + datetime.timedelta(days=days), now), {}))
        for activity, moment, attributes in steps:
            out.append(json.dumps({
                "id": f"{number}/{activity}", "service": SERVICE, "journey": f"q-{number:08d}", "activity": activity,
                "occurred": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "channel": "web", "attributes": attributes}))
        stored += len(steps)
    return ("\n".join(out) + "\n").encode(), stored


def fill(options, data, journeys):
    key = issue(options, data)
    now = datetime.datetime.now(datetime.timezone.utc)
    headers = {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {key}"}
    with serve(options, data) as server:
        connection = server.connect(600)
        for first in range(0, journeys, BATCH):
            body, count = lines(first, min(BATCH, journeys - first), now)
            connection.request("POST", "/api/v1/events", body, headers)
            read = json.loads(connection.getresponse().read())
            if read.get("stored") != count:
                raise SystemExit(f"events were not stored: {json.dumps(read)[:400]}")
        connection.close()


def serve(options, data):
    return serving(options.binary, data, options.services, options.templates,
                   os.path.join(options.work, "server.log"))


def issue(options, data):
    done = subprocess.run(
        [options.binary, "keys", "issue", "--agency", AGENCY, "--source", "bench", "--data", data, "--services",
         options.services], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"keys issue: {done.stderr}")
    return done.stdout.strip()


def send(connection, key, method, path, body=None):
    """Status, document and the time between the first byte sent and the last one read, in milliseconds."""
    began = time.perf_counter()
    connection.request(method, path, body, {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    return answer.status, text, (time.perf_counter() - began) * 1_000


def question(chance):
    return json.dumps({"service": SERVICE, "attributes": asked(chance)})


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "templates", "work"):
        parser.add_argument(name)
    parser.add_argument("--journeys", type=int, default=1_120_000, help="nine of ten of them end")
    parser.add_argument("--asks", type=int, default=3_000)
    options = parser.parse_args()
    small, data = (os.path.join(options.work, name) for name in ("quotes-small", "quotes"))
    for folder in (small, data):
        shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(small)
    first = max(1, min(50_000, options.journeys // 10))
    fill(options, small, first)
    subprocess.run([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "multiply.py"), small,
                    data, str(-(-options.journeys // first))], check=True)
    chance = random.Random(1)
    quotes, hellos, finished = [], [], 0
    with serve(options, data) as server:
        key = issue(options, data)
        connection = server.connect()
        began = time.monotonic()
        while True:
            status, text, _ = send(connection, key, "POST", "/api/v1/quotes", question(chance))
            found = json.loads(text)
            if found.get("basis") == "history":
                break
            if status != 200 or time.monotonic() - began > 600:
                raise SystemExit(f"no date from history: {status} {text[:300]}")
            time.sleep(0.2)
        ready = time.monotonic() - began
        for turn in range(options.asks + 100):
            status, text, taken = send(connection, key, "POST", "/api/v1/quotes", question(chance))
            found = json.loads(text)
            if status != 200 or found["basis"] != "history" or found["due"] is None:
                raise SystemExit(f"a quote failed: {status} {text[:300]}")
            finished = found["finished"]
            status, _, plain = send(connection, key, "GET", "/health")
            # The first hundred warm both up.
            if turn >= 100:
                quotes.append(taken)
                hellos.append(plain)
        connection.close()
    with sqlite3.connect(f"file:{data}/throughline.db?mode=ro", uri=True) as base:
        (ended,) = base.execute("SELECT count(*) FROM journey WHERE closed_at IS NOT NULL").fetchone()

    def told(times):
        return [statistics.median(times), statistics.quantiles(times, n=100)[98]]

    print(json.dumps({
        "figure": "quote", "journeys": options.journeys, "ended": ended, "finished": finished, "asks": options.asks,
        "model_seconds": round(ready, 1), "quote_ms": told(quotes), "hello_ms": told(hellos),
        "own_ms": statistics.median(quote - hello for quote, hello in zip(quotes, hellos))}), flush=True)
    for folder in (small, data):
        shutil.rmtree(folder, ignore_errors=True)


main()
