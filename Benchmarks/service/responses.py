"""Durable responses over HTTP from 64 connections beside the same server's plainest answer, in turn. One line of JSON a
figure.

usage: responses.py BINARY SERVICES FORMS TEMPLATES WORK [--seconds N] [--turns N]
"""
import argparse
import os
import shutil
import sqlite3
import subprocess
import sys

from appends import say, wrk
from server import serving


def issue_key(options, data, source="bench"):
    done = subprocess.run(
        [options.binary, "keys", "issue", "--agency", "permits", "--source", source, "--data", data, "--services",
         options.services, "--forms", options.forms], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise SystemExit(f"no key: {done.stderr}")
    return done.stdout.strip()


def fresh(options, name):
    data = os.path.join(options.work, name)
    shutil.rmtree(data, ignore_errors=True)
    os.makedirs(data)
    return data, issue_key(options, data)


def stored(data):
    with sqlite3.connect(f"file:{data}/throughline.db?mode=ro", uri=True) as base:
        return base.execute("SELECT count(*), count(DISTINCT source_id) FROM event WHERE kind = 'response'").fetchone()


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "forms", "templates", "work"):
        parser.add_argument(name)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    data, key = fresh(options, "responses")
    log = os.path.join(options.work, "server.log")
    kinds = ("hello", "seven", "kiosk")
    found = {kind: [] for kind in kinds}
    with serving(options.binary, data, options.services, options.templates, log,
                 extra=("--forms", options.forms)) as server:
        wrk(server.port, "/health", "plain.lua", 2)
        # In turn, so that all meet the same machine.
        for turn in range(options.turns):
            for kind in kinds:
                used = server.processor_seconds()
                if kind == "hello":
                    one = wrk(server.port, "/health", "plain.lua", options.seconds)
                else:
                    one = wrk(
                        server.port, "/api/v1/responses", "response.lua", options.seconds,
                        environment={"BENCH_KEY": key, "BENCH_RUN": f"{kind}{turn}", "BENCH_KIND": kind})
                one["cpu_us"] = 1e6 * (server.processor_seconds() - used) / max(1, one["requests"])
                found[kind].append(one)
    for kind in kinds:
        say({"figure": f"responses {kind}", "rates": [one["rate"] for one in found[kind]],
             "p50_ms": [one["p50_ms"] for one in found[kind]], "p99_ms": [one["p99_ms"] for one in found[kind]],
             "cpu_us": [one["cpu_us"] for one in found[kind]]})
    rows, ids = stored(data)
    sent = [one for kind in kinds[1:] for one in found[kind]]
    acknowledged = sum(one["requests"] - one["refused"] for one in sent)
    refused = sum(one["refused"] + one["broken"] for one in sent)
    # wrk leaves at most one request a connection unanswered when it stops.
    whole = refused == 0 and rows == ids and 0 <= rows - acknowledged <= 64 * len(sent)
    say({"figure": "responses stored", "acknowledged": acknowledged, "stored": rows, "distinct": ids,
         "refused": refused, "whole": whole})
    shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
