"""A day's million responses, as fast as they are taken: nothing lost, nothing twice; then the quarter's report over them.

Arrivals follow a day with two peaks; each sender keeps to its own order, as a kiosk's queue or a program does. Most come in
parcels of 1 to 200 (queues that waited for a line), some alone; every twentieth parcel is sent twice, as after an answer that
got lost. Six of ten answer the seven items, the others trust by thumbs with what lay behind it. One line of JSON a figure.

usage: surge.py BINARY SERVICES FORMS TEMPLATES WORK [--responses N] [--keep]
"""
import argparse
import bisect
import datetime
import http.client
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse

from appends import say
from pages import Visitor
from responses import fresh
from server import serving

SERVICE = "field-offices"
SENDERS = 8
PLACES = ["north", "south", "east", "west", "airport", "harbor", "market", "station"]
DRIVERS = ["effectiveness", "ease", "efficiency", "transparency", "humanity", "employee", "other"]
# Relative arrivals by hour of the day.
HOURS = [1, 1, 1, 1, 1, 2, 4, 9, 16, 22, 21, 17, 14, 15, 18, 21, 17, 11, 8, 6, 5, 4, 2, 1]


def moments(count, day, chance):
    """Sorted seconds of the day."""
    limits, total = [], 0
    for weight in HOURS:
        total += weight
        limits.append(total)
    return sorted(
        3600 * bisect.bisect_right(limits, chance.random() * total) + 3600 * chance.random() for _ in range(count))


def document(number, second, day, chance):
    base = 1 + int(5 * chance.random() ** 0.6)
    clock = f"{day}T{int(second) // 3600:02d}:{int(second) // 60 % 60:02d}:{second % 60:09.6f}Z"
    start = f'{{"id":"s-{number}","service":"{SERVICE}","occurred":"{clock}",'
    if number % 10 < 6:
        def near():
            return min(5, max(1, base + chance.choice((-1, 0, 0, 1))))
        return (f'{start}"form":"a11-v1","channel":"web","answers":{{"satisfaction":{near()},"trust":{near()},'
                f'"effectiveness":{near()},"ease":{near()},"efficiency":{near()},"transparency":{near()},"employee":{near()}}}}}')
    side, list_name = ("up", "positive") if base >= 3 else ("down", "negative")
    ticks = json.dumps([name for name in DRIVERS if chance.random() < 0.3])
    return (f'{start}"form":"a11-v2-thumbs","channel":"kiosk","touchpoint":"{PLACES[number % 8]}",'
            f'"answers":{{"trust":"{side}","{list_name}":{ticks}}}}}')


class Tally:
    def __init__(self):
        self.guard = threading.Lock()
        self.stored = self.duplicate = self.refused = self.requests = self.repeated = 0
        self.milliseconds = []

    def add(self, answer, milliseconds, is_repeat):
        with self.guard:
            self.requests += 1
            self.repeated += is_repeat
            self.stored += answer["stored"]
            self.duplicate += answer["duplicate"]
            self.refused += answer["refused"]
            self.milliseconds.append(milliseconds)


def send(server, key, numbers, seconds, day, seed, tally):
    chance = random.Random(seed)
    connection = server.connect()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    at = 0
    while at < len(numbers):
        size = 1 if chance.random() < 0.1 else 1 + int(200 * chance.random())
        body = "[" + ",".join(document(n, seconds[n], day, chance) for n in numbers[at:at + size]) + "]"
        for turn in range(2 if chance.random() < 0.05 else 1):
            start = time.perf_counter()
            connection.request("POST", "/api/v1/responses", body, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise SystemExit(f"a parcel was answered with {answer.status}: {text[:300]!r}")
            tally.add(json.loads(text), 1000 * (time.perf_counter() - start), turn)
        at += size
    connection.close()


def quarter(day):
    year = day.year + (day.month >= 10)
    return f"FY{year}Q{(day.month + 2) // 3 % 4 + 1}"


def reports(options, data, name):
    """Every file of the quarter's report from the running server, which holds the answers in columns."""
    log = os.path.join(options.work, "server.log")
    with serving(options.binary, data, options.services, options.templates, log,
                 extra=("--forms", options.forms)) as server:
        visitor = Visitor(server)
        visitor.sign_in(server)
        path = f"/staff/services/{SERVICE}/reports"
        page_ms, page = visitor.timed(f"{path}?quarter={name}")
        links = re.findall(rf'href="({re.escape(path)}/[^"]+)"', page)
        totals = {}
        for link in links:
            kind = ("json" if link.endswith(".json") else "a11-v1" if "-header" in link or "-detail" in link else
                    "csv" if link.endswith(f"surveys-{name}.csv") else "a11-v2")
            milliseconds, text = visitor.timed(link.replace("&amp;", "&"))
            one = totals.setdefault(kind, {"files": 0, "ms": 0.0, "bytes": 0})
            one["files"] += 1
            one["ms"] += milliseconds
            one["bytes"] += len(text)
        scores_ms, _ = visitor.timed(f"/staff/services/{SERVICE}/feedback")
        start_seconds, memory = server.start_seconds, server.peak_mebibytes()
    say({"figure": "report page", "ms": page_ms, "scores_ms": scores_ms, "start_seconds": start_seconds,
         "memory": memory})
    for kind, one in totals.items():
        say({"figure": "report served", "format": kind, **one})


def command(options, data, name):
    """The same from the command line, which reads the record first."""
    for kind in ("a11-v1", "a11-v2", "csv", "json"):
        folder = os.path.join(options.work, "report-" + kind)
        shutil.rmtree(folder, ignore_errors=True)
        start, used = time.perf_counter(), os.times()
        done = subprocess.run(
            [options.binary, "feedback", "report", "--quarter", name, "--format", kind, "--to", folder, "--data", data,
             "--services", options.services, "--forms", options.forms], capture_output=True, text=True, timeout=600)
        spent = os.times()
        if done.returncode != 0:
            raise SystemExit(f"no report: {done.stderr}")
        sizes = [os.path.getsize(os.path.join(folder, file)) for file in os.listdir(folder)]
        say({"figure": "report command", "format": kind, "seconds": time.perf_counter() - start,
             "cpu": spent[2] + spent[3] - used[2] - used[3], "files": len(sizes), "bytes": sum(sizes)})
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "forms", "templates", "work"):
        parser.add_argument(name)
    parser.add_argument("--responses", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="leave the record where it is")
    options = parser.parse_args()
    count = options.responses
    data, key = fresh(options, "surge")
    log = os.path.join(options.work, "server.log")
    day = datetime.datetime.now(datetime.timezone.utc).date() - datetime.timedelta(days=1)
    seconds = moments(count, day, random.Random(11))
    tally = Tally()
    with serving(options.binary, data, options.services, options.templates, log,
                 extra=("--forms", options.forms)) as server:
        senders = [
            threading.Thread(target=send, args=(server, key, range(turn, count, SENDERS), seconds, day, turn, tally))
            for turn in range(SENDERS)]
        started = time.perf_counter()
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        taken = time.perf_counter() - started
        cpu, memory = server.processor_seconds(), server.peak_mebibytes()
    with sqlite3.connect(f"file:{data}/throughline.db?mode=ro", uri=True) as base:
        rows, ids, first, last = base.execute(
            "SELECT count(*), count(DISTINCT source_id), min(sequence), max(sequence) FROM event "
            "WHERE kind = 'response'").fetchone()
        wanted = base.execute("SELECT count(*) FROM event WHERE source_id LIKE '%:s-%'").fetchone()[0]
    tally.milliseconds.sort()
    say({"figure": "surge", "responses": count, "seconds": taken, "rate": count / taken, "requests": tally.requests,
         "repeated": tally.repeated, "acknowledged": tally.stored, "duplicates": tally.duplicate,
         "refused": tally.refused, "stored": rows, "distinct": ids, "p50_ms": tally.milliseconds[len(tally.milliseconds) // 2],
         "p99_ms": tally.milliseconds[int(0.99 * len(tally.milliseconds))], "cpu": cpu, "memory": memory,
         "whole": tally.stored == count == rows == ids == wanted and tally.refused == 0})
    done = subprocess.run(
        [options.binary, "rebuild", "--data", data, "--services", options.services, "--forms", options.forms],
        capture_output=True, text=True, timeout=900)
    say({"figure": "surge rebuilt", "said": done.stdout.strip() or done.stderr.strip(),
         "whole": "already what the record says" in done.stdout})
    name = quarter(day)
    reports(options, data, name)
    command(options, data, name)
    if not options.keep:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
