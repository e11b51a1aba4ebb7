"""Feeds a cluster of two ClickHouse servers from a record, and asks it for the map of five million events.

usage: analytics.py PROGRAM SERVICES RECORD WORK [--events 5000000]     a line of JSON a figure
The five million events are made here: twelve steps, journeys of three to eleven events, two thousand open at a time.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Tests/Analytics"))

from cluster import Cluster, missing  # noqa: E402

AGENCY, SERVICE = "general-supply", "supply-order"
BATCH = 100_000


def tell(**figure):
    print(json.dumps(figure), flush=True)


def run(*command):
    begun = time.monotonic()
    done = subprocess.run(["timeout", "900", *command], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[1:3]}: {done.stderr[-500:]}")
    return time.monotonic() - begun, done.stdout


def processor_time(cluster):
    """Seconds the two servers have worked so far: the programs under their bounds."""
    total = 0.0
    for name in ("shard0", "shard1"):
        outer = cluster.children[name].pid
        inner = pathlib.Path(f"/proc/{outer}/task/{outer}/children").read_text().split()
        for pid in inner:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def rows(count):
    """Batches of tab-separated rows, with the sum of the numbers of each."""
    draw = random.Random(1)
    names = [f"Step number {place:02d} of the line" for place in range(12)]
    open_journeys, number, made, batch = [], 0, 0, []
    while number < count:
        while len(open_journeys) < 2_000:
            made += 1
            open_journeys.append([f"J{made:09d}", 1_700_000_000_000_000 + made * 60_000_000, 0, draw.randint(3, 11)])
        place = draw.randrange(len(open_journeys))
        journey = open_journeys[place]
        number += 1
        step = names[journey[2] % 12 if draw.random() < 0.85 else draw.randrange(12)]
        batch.append(f"{AGENCY}\t{SERVICE}\t{journey[0]}\t{number}\tstep\t{step}\tweb\tunit\t1\t{journey[1]}"
                     f"\t1700000000000000\n")
        journey[1] += int(draw.expovariate(1 / 86_400_000_000))
        journey[2] += 1
        if journey[2] >= journey[3]:
            open_journeys[place] = open_journeys[-1]
            open_journeys.pop()
        if len(batch) == BATCH or number == count:
            yield "".join(batch).encode()
            batch = []


def post(address, query, body):
    settings = urllib.parse.urlencode({"query": query, "insert_distributed_sync": "1"})
    with urllib.request.urlopen(urllib.request.Request(f"{address}/?{settings}", body), timeout=120) as answer:
        answer.read()


def feed(program, services, record, cluster):
    address = cluster.address("fed")
    common = ["--analytics", address, "--data", record, "--services", services]
    rates = []
    for _ in range(3):
        run(program, "analytics", "setup", "--again", *common)
        _, said = run(program, "analytics", "feed", *common)
        events = int(cluster.ask(0, "SELECT count() FROM fed.event"))
        rates.append(int(said.rsplit(", ", 1)[1].split(" a second")[0].replace(",", "")))
    tell(figure="feed", rates=rates, events=events)


def map_of(program, services, record, cluster, count):
    address = cluster.address("large")
    common = ["--analytics", address, "--data", record, "--services", services]
    run(program, "analytics", "setup", *common)
    server = f"http://127.0.0.1:{cluster.http[0]}"
    for batch in rows(count):
        post(server, "INSERT INTO large.event FORMAT TabSeparated", batch)
    target = f"clickhouse:127.0.0.1:{cluster.http[0]}/large?cluster=line"
    numbers = count * (count + 1) // 2
    post(server, "INSERT INTO large.feed FORMAT TabSeparated",
         f"{target}\t1\t{count}\t{count}\t{numbers}\t0\t{count}\n".encode())
    asked = [program, "journeys", "map", "--json", "--service", SERVICE, *common]
    run(*asked)
    taken, worked = [], []
    for _ in range(5):
        before = processor_time(cluster)
        seconds, said = run(*asked)
        taken.append(seconds)
        worked.append(processor_time(cluster) - before)
    answer = json.loads(said)
    if sum(answer["activities"].values()) != count:
        raise SystemExit(f"the map holds {sum(answer['activities'].values())} of {count} events")
    tell(figure="distant map", seconds=taken, servers_seconds=worked, events=count)


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "services", "record", "work"):
        parser.add_argument(name)
    parser.add_argument("--events", type=int, default=5_000_000)
    given = parser.parse_args()
    if why := missing():
        tell(figure="note", text=f"The analytics server was left out: {why}.")
        return
    folder = pathlib.Path(given.work) / "cluster"
    shutil.rmtree(folder, ignore_errors=True)
    cluster = Cluster(folder)
    try:
        cluster.start()
        feed(given.program, given.services, given.record, cluster)
        map_of(given.program, given.services, given.record, cluster, given.events)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
