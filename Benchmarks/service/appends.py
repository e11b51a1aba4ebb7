"""Durable appends: one event a request from 64 connections, and bulk JSON Lines, beside the same server's plainest
answer and SQLite alone. One line of JSON a figure.

usage: appends.py BINARY SERVICES TEMPLATES WORK RAW [--seconds N] [--rows N]
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

from server import serving

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../Tests/Torture"))
from machine import Postgres  # noqa: E402
BATCH = 10_000


def say(line):
    print(json.dumps(line), flush=True)


def wrk(port, path, script, seconds, connections=64, environment=None):
    command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s", "--latency", "-s",
               os.path.join(HERE, script), f"http://127.0.0.1:{port}{path}"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds + 60, env={**os.environ, **(environment or {})})
    found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
    if not found:
        raise SystemExit(f"wrk said nothing of use: {done.stdout}{done.stderr}")
    result = json.loads(found.group(1))
    result["rate"] = (result["requests"] - result["refused"]) / result["seconds"]
    return result


def issue_key(options, data, database=None):
    done = subprocess.run(
        [options.binary, "keys", "issue", "--agency", "human-capital", "--source", "bench", "--data", data,
         "--services", options.services] + (["--database", database] if database else []),
        capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise SystemExit(f"no key: {done.stderr}")
    return done.stdout.strip()


def stored(data):
    """Rows, distinct ids, and the events the journeys' view says there are."""
    with sqlite3.connect(f"file:{data}/throughline.db?mode=ro", uri=True) as base:
        rows, ids = base.execute("SELECT count(*), count(DISTINCT source_id) FROM event").fetchone()
        (seen,) = base.execute("SELECT coalesce(sum(events), 0) FROM journey").fetchone()
    return rows, ids, seen


def stored_in(database):
    """As stored, of a PostgreSQL database."""
    question = ("BEGIN; SET LOCAL throughline.agency = '*'; SELECT count(*), count(DISTINCT source_id), "
                "(SELECT coalesce(sum(events), 0) FROM journey) FROM event; COMMIT")
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", database, "-c", question], capture_output=True, text=True,
                          check=True, timeout=300)
    return tuple(int(number) for number in done.stdout.strip().split("|"))


def fresh(options, name, database=None):
    data = os.path.join(options.work, name)
    shutil.rmtree(data, ignore_errors=True)
    os.makedirs(data)
    return data, issue_key(options, data, database)


def single(options):
    data, key = fresh(options, "single")
    log = os.path.join(options.work, "server.log")
    hello, appends = [], []
    with serving(options.binary, data, options.services, options.templates, log) as server:
        wrk(server.port, "/health", "plain.lua", 2)
        # In turn, so that both meet the same machine.
        for turn in range(3):
            hello.append(wrk(server.port, "/health", "plain.lua", options.seconds))
            appends.append(wrk(
                server.port, "/api/v1/events", "event.lua", options.seconds,
                environment={"BENCH_KEY": key, "BENCH_RUN": f"r{turn}"}))
    rows, ids, seen = stored(data)
    acknowledged = sum(one["requests"] - one["refused"] for one in appends)
    refused = sum(one["refused"] + one["broken"] for one in appends)
    # wrk leaves at most one request a connection unanswered when it stops.
    unanswered = rows - acknowledged
    whole = refused == 0 and rows == ids == seen and 0 <= unanswered <= 64 * len(appends)
    say({"figure": "hello", "rates": [one["rate"] for one in hello], "p99_ms": [one["p99_ms"] for one in hello]})
    say({"figure": "single", "rates": [one["rate"] for one in appends], "p50_ms": [one["p50_ms"] for one in appends],
         "p99_ms": [one["p99_ms"] for one in appends]})
    say({"figure": "single stored", "acknowledged": acknowledged, "stored": rows, "distinct": ids,
         "in journeys": seen, "refused": refused, "whole": whole})
    shutil.rmtree(data, ignore_errors=True)


STEPS = ["requested", "budget-approved", "classified", "announced", "candidates-listed", "selected", "offered"]


def lines(first, count):
    """Events as JSON Lines, the ones event.lua sends."""
    out = []
    for number in range(first, first + count):
        place, journey = number % 7, number // 7
        second = number // 14 % 86_400
        out.append(
            f'{{"id":"b-{number}","service":"personnel-request","journey":"b-{journey}","activity":"{STEPS[place]}",'
            f'"occurred":"2026-03-{1 + place * 3:02d}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z",'
            f'"channel":"web","actor":{{"role":"staff","unit":"Staffing"}},'
            f'"attributes":{{"grade":{5 + journey % 10}}}}}\n')
    return "".join(out).encode()


def single_on_both(options, postgres):
    """One event a request on both databases, in turn; the share of processor time tells where it goes."""
    database = postgres.database()
    (ours, key), (theirs, other) = fresh(options, "pair"), fresh(options, "pair-postgres", database)
    log = os.path.join(options.work, "server.log")
    rates = {"sqlite": [], "postgres": []}
    with serving(options.binary, ours, options.services, options.templates, log) as first, \
            serving(options.binary, theirs, options.services, options.templates, log, extra=["--database", database]) as second:
        for turn in range(-1, 3):
            for name, server, secret in (("sqlite", first, key), ("postgres", second, other)):
                one = wrk(server.port, "/api/v1/events", "event.lua", options.seconds if turn >= 0 else 2,
                          environment={"BENCH_KEY": secret, "BENCH_RUN": f"r{turn}"})
                if turn >= 0:
                    rates[name].append(one)
    whole = True
    for rows, ids, seen in (stored(ours), stored_in(database)):
        whole = whole and rows == ids == seen
    say({"figure": "single on postgres", "rates": [one["rate"] for one in rates["postgres"]],
         "sqlite": [one["rate"] for one in rates["sqlite"]],
         "p99_ms": [one["p99_ms"] for one in rates["postgres"]],
         "refused": sum(one["refused"] + one["broken"] for both in rates.values() for one in both), "whole": whole})
    shutil.rmtree(ours, ignore_errors=True)
    shutil.rmtree(theirs, ignore_errors=True)


def bulk(options, postgres=None):
    database = postgres.database() if postgres else None
    data, key = fresh(options, "bulk", database)
    log = os.path.join(options.work, "server.log")
    rows = options.rows // BATCH * BATCH or BATCH
    bodies = [lines(first, BATCH) for first in range(0, rows, BATCH)]
    counts = {"stored": 0, "other": 0}
    guard = threading.Lock()
    headers = {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {key}"}
    with serving(options.binary, data, options.services, options.templates, log,
                 extra=["--database", database] if database else ()) as server:

        def send(own):
            connection = server.connect()
            for body in own:
                connection.request("POST", "/api/v1/events", body, headers)
                answer = connection.getresponse()
                read = json.loads(answer.read())
                with guard:
                    counts["stored"] += read.get("stored", 0)
                    counts["other"] += read.get("duplicate", 0) + read.get("refused", 0)
            connection.close()

        # Two senders: while one batch is made durable the next is read.
        senders = [threading.Thread(target=send, args=(bodies[turn::2],)) for turn in range(2)]
        started = time.perf_counter()
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        seconds = time.perf_counter() - started
    found, ids, seen = stored_in(database) if database else stored(data)
    whole = counts["stored"] == rows == found == ids == seen and counts["other"] == 0
    where = " on postgres" if postgres else ""
    say({"figure": f"bulk{where}", "rates": [rows / seconds], "batch": BATCH})
    say({"figure": f"bulk{where} stored", "acknowledged": counts["stored"], "stored": found, "distinct": ids,
         "in journeys": seen, "refused": counts["other"], "whole": whole})
    return data, rows


def raw(options, data, rows):
    rates = []
    for _ in range(3):
        target = os.path.join(options.work, "raw.db")
        for end in ("", "-wal", "-shm"):
            if os.path.exists(target + end):
                os.remove(target + end)
        done = subprocess.run(
            [options.raw, f"{data}/throughline.db", target, str(rows)], capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"raw: {done.stderr}")
        read = json.loads(done.stdout)
        rates.append(read["rows"] / read["seconds"])
    say({"figure": "raw", "rates": rates})


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "templates", "work", "raw"):
        parser.add_argument(name)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rows", type=int, default=300_000)
    options = parser.parse_args()
    single(options)
    os.makedirs(options.work, exist_ok=True)
    postgres = Postgres(pathlib.Path(options.work)) if Postgres.programs() else None
    try:
        if postgres:
            single_on_both(options, postgres)
        # The bulk is sent three times, each to an empty record; SQLite alone follows on the last one's rows.
        for _ in range(3):
            if postgres:
                shutil.rmtree(bulk(options, postgres)[0], ignore_errors=True)
            data, rows = bulk(options)
    finally:
        if postgres:
            postgres.end()
    raw(options, data, rows)
    shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
