"""Promises worked out again after a calendar change: 100,000 open ones, a third of them paused, through the command an
office would run. One line of JSON a figure.

usage: reproject.py BINARY SERVICES TEMPLATES WORK [--promises N] [--runs N]
"""
import argparse
import datetime
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys

from server import serving

# Of promises: at most three events each, and 10,000 events a request.
BATCH = 3_000
AGENCY, SERVICE, CALENDAR = "general-supply", "supply-order", "us-federal"


def say(line):
    print(json.dumps(line), flush=True)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[1:3])}: {done.stderr}")
    return done.stdout


def lines(first, count, now):
    """An order each with its date, given in the last ten days; every third waits for the person."""
    out = []
    for number in range(first, first + count):
        at = now - datetime.timedelta(minutes=10 + number % 14_400)
        journey = f"2026-bench-{number:07d}"

        def event(part, kind, activity, minutes, attributes):
            out.append(json.dumps({
                "id": f"{number}/{part}", "service": SERVICE, "journey": journey, "activity": activity, "kind": kind,
                "occurred": (at + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "channel": "web", "attributes": attributes}))

        event("ordered", "step", "ordered", 0, {"supplier": f"s{number % 40}"})
        event("armed", "promise", "promise.armed", 0, {
            "unit": "working_days", "amount": 25 + number % 30, "calendar": f"{CALENDAR}@1", "probability": 0.95,
            "basis": "history:6804"})
        if number % 3 == 0:
            event("paused", "promise", "promise.paused", 5, {
                "pause": "backordered#1", "waiting_for": "person"})
    return ("\n".join(out) + "\n").encode()


def fill(options, data):
    key = run(options.binary, "keys", "issue", "--agency", AGENCY, "--source", "bench", "--data", data, "--services",
              options.services).strip()
    now = datetime.datetime.now(datetime.timezone.utc)
    headers = {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {key}"}
    with serving(options.binary, data, options.services, options.templates,
                 os.path.join(options.work, "server.log")) as server:
        connection = server.connect()
        for first in range(0, options.promises, BATCH):
            count = min(BATCH, options.promises - first)
            body = lines(first, count, now)
            connection.request("POST", "/api/v1/events", body, headers)
            answer = connection.getresponse()
            read = json.loads(answer.read())
            if read.get("stored") != body.count(b"\n"):
                raise SystemExit(f"events were not stored: {json.dumps(read)[:400]}")
        connection.close()


def working_days(count):
    """The next days on which the office works, none of them a holiday: Tuesdays to Thursdays outside late November to
    early January, mid-month."""
    day, found = datetime.date.today() + datetime.timedelta(days=2), []
    while len(found) < count:
        if day.weekday() in (1, 2, 3) and (day.month, day.day) not in ((11, 11), (6, 19), (7, 4), (1, 1), (12, 25)) \
                and not (day.month == 11 and day.weekday() == 3):
            found.append(day)
        day += datetime.timedelta(days=1)
    return found


def entries(data, version):
    with sqlite3.connect(f"file:{data}/throughline.db?mode=ro", uri=True) as base:
        return base.execute(
            "SELECT count(*), count(DISTINCT journey) FROM event WHERE activity = 'promise.reprojected' AND "
            "source_id LIKE ?", (f"calendar/{CALENDAR}@{version}/%",)).fetchone()


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "templates", "work"):
        parser.add_argument(name)
    parser.add_argument("--promises", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    data = os.path.join(options.work, "reproject")
    shutil.rmtree(data, ignore_errors=True)
    os.makedirs(data)
    fill(options, data)
    seconds, whole, moved = [], True, 0
    for version, day in enumerate(working_days(options.runs), start=2):
        said = run(options.binary, "calendars", "close", CALENDAR, "--day", day.isoformat(), "--reason", "snow",
                   "--data", data, "--services", options.services)
        found = re.search(r"([\d,]+) promises worked out again in ([\d.]+) s, ([\d,]+) dates moved", said)
        if not found:
            raise SystemExit(f"the command said nothing of use: {said}")
        seconds.append(float(found.group(2)))
        moved = int(found.group(3).replace(",", ""))
        rows, journeys = entries(data, version)
        whole = whole and rows == journeys == options.promises
    say({"figure": "reproject", "promises": options.promises, "seconds": seconds, "moved": moved, "whole": whole})
    shutil.rmtree(data, ignore_errors=True)


sys.exit(main())
