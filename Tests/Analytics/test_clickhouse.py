"""The contract of the analytics servers: the same answers as the embedded engine, and never a silently smaller number.

Runs against two clickhouse-server and a ZooKeeper (Debian's 18.16), and against today's dialect by chdb.
"""

from __future__ import annotations

import csv
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, os.path.dirname(__file__))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "Torture"))

from cluster import Cluster, bounded, free_ports, missing, wait  # noqa: E402
from people import Person  # noqa: E402

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


class Site:
    """The program serving a record, with the analytics server it is told of."""

    def __init__(self, data: str, address: str, folder: Path):
        self.key = run("keys", "issue", "--agency", "consular-affairs", "--source", "alarm", "--data", data).strip()
        self.log = folder / "site.log"
        [self.port] = free_ports(1)
        self.sent = 0
        with self.log.open("w") as errors:
            self.child = subprocess.Popen(
                ["timeout", "--kill-after=5", "600", PROGRAM, "serve", "--data", data, "--port", str(self.port)],
                stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, text=True, env={
                    **os.environ, "THROUGHLINE_ANALYTICS": address, "THROUGHLINE_FEED_LAG_SECONDS": "3",
                    "THROUGHLINE_FEED_LAG_MINUTES": "0"})
        wait(lambda: self.ask("/health/live"), "the site")
        self.link = ""
        while "/staff/set-up/" not in self.link:
            self.link = self.child.stdout.readline().strip()

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, path: str, body: dict | None = None) -> tuple[int, str]:
        connection = self.connect()
        try:
            connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, {
                "Authorization": f"Bearer {self.key}", "Content-Type": "application/json"} if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def store(self):
        self.sent += 1
        status, said = self.ask("/api/v1/events", {
            "id": f"a{self.sent}", "service": "passport-renewal", "journey": f"alarm-{self.sent}",
            "activity": "submitted", "occurred": "2026-06-30T12:00:00Z", "channel": "web"})
        assert status == 200 and "stored" in said, said

    def figure(self, name: str) -> float:
        found = [line.split()[1] for line in self.ask("/metrics")[1].splitlines() if line.startswith(name + " ")]
        return float(found[0]) if found else -1

    def becomes(self, name: str, holds, seconds: float = 90) -> float:
        end = time.monotonic() + seconds
        while not holds(value := self.figure(name)):
            assert time.monotonic() < end, f"{name} stays {value}: {self.log.read_text()[-1500:]}"
            time.sleep(0.3)
        return value

    def stop(self):
        self.child.terminate()
        self.child.wait(60)
        self.child.stdout.close()


def test_a_feed_that_stops_is_shown_and_alarmed_and_clears_when_it_goes_on(cluster, data, tmp_path):
    address = cluster.address("alarm")
    copy = tmp_path / "record"
    shutil.copytree(data, copy)
    fed(address, str(copy))
    site = Site(str(copy), address, tmp_path)
    administrator = Person()
    lag, waiting, late = (f"throughline_analytics_{name}" for name in ("lag_seconds", "lag_events", "late"))
    said = "lags behind the record"
    try:
        administrator.set_up(site, site.link[site.link.index("/staff/"):])
        administrator.signs_in(site)
        site.store()
        site.becomes(waiting, lambda value: value == 0)
        assert site.figure(late) == 0
        assert said not in administrator.sees(site, "/staff")
        assert json.loads(site.ask("/health/ready")[1])["checks"]["analytics"] == "ok"

        cluster.kill("shard0")
        try:
            site.store()
            first = site.becomes(lag, lambda value: value > 0)
            site.store()
            assert site.becomes(lag, lambda value: value > first + 1) > first, "the lag grows"
            site.becomes(late, lambda value: value == 1)
            assert site.figure(waiting) >= 2
            status, document = site.ask("/health/ready")
            assert status == 200 and json.loads(document)["checks"]["analytics"] == "warning", document
            assert said in administrator.sees(site, "/staff")
            assert "The oldest has waited for" in administrator.sees(site, "/staff/system")
            assert site.log.read_text().count("analyses lag behind the record") == 1
        finally:
            cluster.start_shard(0)

        site.becomes(late, lambda value: value == 0)
        site.becomes(waiting, lambda value: value == 0)
        assert said not in administrator.sees(site, "/staff")
        assert json.loads(site.ask("/health/ready")[1])["checks"]["analytics"] == "ok"
        assert site.log.read_text().count("analyses are up with the record again") == 1
    finally:
        site.stop()
    held = cluster.ask(0, "SELECT count() FROM alarm.event WHERE journey LIKE 'alarm-%'")
    assert int(held) == 3, "what waited was fed, once"


def test_why_the_feed_stands_still_is_said_whether_a_shard_is_gone_or_hangs(cluster, data, tmp_path):
    address = cluster.address("still")
    copy = tmp_path / "record"
    shutil.copytree(data, copy)
    fed(address, str(copy))
    site = Site(str(copy), address, tmp_path)
    administrator = Person()

    def says(text: str, seconds: float = 60):
        end = time.monotonic() + seconds
        while text not in (page := administrator.sees(site, "/staff/system")):
            assert time.monotonic() < end, page[page.find("Analytics server"):][:1500]
            time.sleep(0.5)

    try:
        administrator.set_up(site, site.link[site.link.index("/staff/"):])
        administrator.signs_in(site)
        site.store()
        site.becomes("throughline_analytics_lag_events", lambda value: value == 0)
        assert "Why it stands still" not in administrator.sees(site, "/staff/system")
        # It hangs: whoever feeds waits for an answer, and no error says so.
        cluster.freeze("shard1")
        try:
            site.store()
            says("Nothing was fed for")
            assert "does not answer, or nobody feeds it" in run(
                "analytics", "status", "--analytics", address, "--data", str(copy))
        finally:
            cluster.freeze("shard1", on=False)
        site.becomes("throughline_analytics_lag_events", lambda value: value == 0)
        assert "Why it stands still" not in administrator.sees(site, "/staff/system")
        # It is gone.
        cluster.kill("shard1")
        try:
            site.store()
            says("a server of the analytics cluster does not answer")
        finally:
            cluster.start_shard(1)
        site.becomes("throughline_analytics_lag_events", lambda value: value == 0)
    finally:
        site.stop()


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
