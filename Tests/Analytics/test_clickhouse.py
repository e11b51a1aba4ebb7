"""The contract of the analytics servers: the same answers as the embedded engine, and never a silently smaller number.

Runs against two clickhouse-server and a ZooKeeper (Debian's 18.16), and against today's dialect by chdb.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, os.path.dirname(__file__))

from cluster import Cluster, bounded, free_ports, missing, wait  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("THROUGHLINE_BINARY", str(ROOT / ".build/debug/throughline"))
SHARED = Path(os.environ.get("THROUGHLINE_SHARED", ROOT.parent / "shared"))
RECEIPT = next(iter(sorted(SHARED.glob("data/logs/*eceipt*.xes*"))), None)
# Names that would end a text, a row or a statement if they were not quoted.
HOSTILE = ["O'Brien's \\ desk", "x'; DROP TABLE event; --", "a\\", "''", "`b` /* c */", "ü 😀 )", "{x:String}", "$1 ?1"]


def run(*arguments: str, code: int = 0) -> str:
    done = subprocess.run(["timeout", "600", PROGRAM, *arguments], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == code, f"{arguments[:3]} gave {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout if code == 0 else done.stderr


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> str:
    """A simulated record, and the receipt log where the fixtures are."""
    folder = tmp_path_factory.mktemp("record")
    run("demo", "--data", str(folder), "--size", "0.05", "--today", "2026-07-01")
    log = folder / "hostile.csv"
    with log.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["case", "activity", "time"])
        for number in range(400):
            # Equal times too: then the order is the record's.
            lines.writerow([f"c'{number % 37}\\", HOSTILE[number * number % len(HOSTILE)],
                            f"2026-01-{1 + number % 28:02d}T0{number % 3}:00:00Z"])
    run("import", str(log), "--service", "hostile", "--data", str(folder))
    if RECEIPT:
        run("import", str(RECEIPT), "--service", "receipt", "--data", str(folder))
    return str(folder)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    if why := missing():
        pytest.skip(why)
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield started.start()
    finally:
        started.stop()


@pytest.fixture(scope="session")
def today():
    pytest.importorskip("chdb", reason="chdb-core is not installed (PyPI)")
    [port] = free_ports(1)
    log = Path(os.environ.get("TMPDIR", "/tmp")) / f"throughline-today-{port}"
    child = bounded([sys.executable, str(Path(__file__).with_name("today.py")), str(port)], log)
    import socket
    wait(lambda: socket.create_connection(("127.0.0.1", port), 1).close(), "chdb")
    yield f"clickhouse:http://127.0.0.1:{port}/contract"
    child.terminate()
    child.wait()
    log.unlink(missing_ok=True)


def fed(address: str, data: str, *more: str) -> str:
    run("analytics", "setup", "--again", "--analytics", address, "--data", data)
    return run("analytics", "feed", "--analytics", address, "--data", data, *more)


def same_answers(address: str, data: str, service: str | None = None):
    only = ["--service", service] if service else []
    lines = run("analytics", "check", "--analytics", address, "--data", data, *only).splitlines()
    assert len(lines) >= (8 if service else 5 * 8)
    assert all(line.endswith("equal") for line in lines)


def test_the_cluster_gives_the_embedded_engines_answers(cluster, data):
    fed(cluster.address("contract"), data)
    held = [int(cluster.ask(shard, "SELECT count() FROM contract.event_local")) for shard in (0, 1)]
    assert min(held) > 0.3 * max(held), "journeys are spread over both shards"
    journeys = "SELECT uniqExact(agency, journey) FROM contract."
    apart = [int(cluster.ask(shard, journeys + "event_local")) for shard in (0, 1)]
    assert sum(apart) == int(cluster.ask(0, journeys + "event")), "no journey lies on both"
    same_answers(cluster.address("contract"), data)


def test_todays_dialect_gives_the_embedded_engines_answers(today, data):
    fed(today, data)
    same_answers(today, data)


def test_the_command_line_prints_the_same_json(cluster, data):
    address = cluster.address("contract")
    for question in ("summary", "variants", "durations"):
        asked = ["journeys", question, "--data", data, "--service", "passport-renewal", "--json"]
        assert json.loads(run(*asked)) == json.loads(run(*asked, "--analytics", address)), question


def test_hostile_names_are_names(cluster, data):
    found = json.loads(run("journeys", "summary", "--data", data, "--service", "hostile", "--json", "--analytics",
                           cluster.address("contract")))
    assert sorted(found["activities"]) == sorted({HOSTILE[n * n % len(HOSTILE)] for n in range(400)})


def test_rows_sent_twice_change_no_answer(cluster, data):
    address = cluster.address("twice")
    fed(address, data, "--batch", "1000")
    before = int(cluster.ask(0, "SELECT count() FROM twice.event"))
    # Other blocks than were sent before, so that the servers' own digests don't know them.
    cluster.ask(0, "INSERT INTO twice.event_local SELECT * FROM twice.event_local WHERE sequence % 3 = 0")
    assert int(cluster.ask(0, "SELECT count() FROM twice.event")) > before
    same_answers(address, data, "passport-renewal")


def test_a_batch_whose_end_was_not_noted_is_sent_again_and_stored_once(cluster, data, tmp_path):
    import shutil
    import sqlite3
    address = cluster.address("again")
    copy = tmp_path / "record"
    shutil.copytree(data, copy)
    fed(address, str(copy), "--batch", "4000")
    before = cluster.ask(0, "SELECT count(), sum(sequence) FROM again.event")
    with sqlite3.connect(copy / "throughline.db") as record:
        [(target, through)] = record.execute(
            "SELECT target, through FROM analytics_feed WHERE target LIKE '%/again%'").fetchall()
        start = (through - 1) // 4000 * 4000
        events, numbers = record.execute(
            "SELECT count(*), sum(sequence) FROM event WHERE sequence > ?", (start,)).fetchone()
        record.execute("UPDATE analytics_feed SET through = ?, pending = ?, events = events - ?, "
                       "sequences = sequences - ?, lease_owner = NULL WHERE target = ?",
                       (start, through, events, numbers, target))
    run("analytics", "feed", "--analytics", address, "--data", str(copy), "--batch", "4000")
    assert cluster.ask(0, "SELECT count(), sum(sequence) FROM again.event") == before
    same_answers(address, str(copy), "passport-renewal")


def test_status_tells_how_far_the_feed_is(cluster, data):
    said = run("analytics", "status", "--analytics", cluster.address("contract"), "--data", data)
    assert "waiting     0 events" in said
    unfed = ["analytics", "status", "--analytics", cluster.address("nothing"), "--data", data]
    assert "waiting     0 events" not in run(*unfed)
    # Late: an exit code that a watcher sees.
    assert "lag behind the record" in run(*unfed, "--late-after", "0", code=69)


def test_without_tables_it_says_what_to_do(cluster, data):
    said = run("journeys", "map", "--data", data, "--service", "passport-renewal", "--analytics",
               cluster.address("nowhere"), code=69)
    assert "throughline analytics setup" in said


def test_a_shard_that_lost_rows_gives_an_error(cluster, data):
    address = cluster.address("lost")
    fed(address, data)
    cluster.ask(1, "ALTER TABLE lost.event_local DROP PARTITION "
                   + cluster.ask(1, "SELECT max(partition) FROM system.parts WHERE database = 'lost' "
                                    "AND table = 'event_local' AND active").strip())
    said = run("journeys", "map", "--data", data, "--service", "passport-renewal", "--analytics", address, code=69)
    assert "no number is given" in said


def test_a_killed_shard_gives_an_error_and_never_a_smaller_number(cluster, data):
    """Last: it leaves the cluster as it was, but nobody should have to rely on it."""
    address = cluster.address("contract")
    asked = ["journeys", "map", "--data", data, "--service", "passport-renewal", "--analytics", address, "--json"]
    whole = run(*asked)
    cluster.kill("shard1")
    try:
        for question in ("summary", "map", "variants", "durations"):
            asked[1] = question
            assert "none is given" in run(*asked, code=69), question
    finally:
        cluster.start_shard(1)
    asked[1] = "map"
    assert run(*asked) == whole
