"""The program under test, its database, and those who use it."""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import http.client
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
AGENCY, SERVICE = "human-capital", "personnel-request"
STEPS = ["requested", "budget-approved", "classified", "announced", "candidates-listed", "selected", "offered"]


class Fault(AssertionError):
    """Something that must hold does not."""


def expect(condition, what: str) -> None:
    if not condition:
        raise Fault(what)


def _die_with_parent(limits: dict[int, int] | None = None) -> None:
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    for what, limit in (limits or {}).items():
        resource.setrlimit(what, (limit, limit))


@dataclasses.dataclass
class Settings:
    binary: str
    work: pathlib.Path
    shim: str | None
    # A machine that is slow for another reason gets longer; the report says so.
    patience: float = 5.0


class Installation:
    """A data folder with a key to send events with; on PostgreSQL, a database too."""

    def __init__(self, settings: Settings, name: str, database: str | None = None, folder: pathlib.Path | None = None):
        self.settings = settings
        self.folder = folder or settings.work / name
        self.database = database
        shutil.rmtree(self.folder, ignore_errors=True) if folder is None else None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = settings.work / f"{name}.log"
        self.key = self.run("keys", "issue", "--agency", AGENCY, "--source", "torture", services=True).strip()

    def place(self) -> list[str]:
        return ["--data", str(self.folder)] + (["--database", self.database] if self.database else [])

    def run(self, *arguments: str, services: bool = False, timeout: float = 600, code: int = 0) -> str:
        command = [self.settings.binary, *arguments, *self.place()]
        if services:
            command += ["--services", str(ROOT / "services")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
        expect(done.returncode == code, f"{' '.join(arguments)} left with {done.returncode}: {done.stderr[-400:]}")
        return done.stdout

    def start(self, port: int = 0, environment: dict | None = None, limits: dict[int, int] | None = None,
              wait: float = 60, extra: list[str] | None = None) -> "Server":
        began = time.monotonic()
        command = [self.settings.binary, "serve", *self.place(), "--services", str(ROOT / "services"),
                   "--templates", str(ROOT / "Templates"), "--port", str(port), "--log", "error", *(extra or [])]
        with open(self.log, "ab") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})}, preexec_fn=lambda: _die_with_parent(limits))
        said = b""
        os.set_blocking(process.stdout.fileno(), False)
        while time.monotonic() - began < wait:
            with contextlib.suppress(BlockingIOError, TypeError):
                said += process.stdout.read() or b""
            found = re.search(rb"at http://127\.0\.0\.1:(\d+)/\n", said)
            if found:
                link = re.search(rb"/staff/set-up/\S+", said)
                server = Server(self, process, int(found.group(1)), time.monotonic() - began)
                server.link = link.group().decode() if link else None
                return server
            if process.poll() is not None:
                raise Fault(f"the server left with {process.returncode} at its start: {self.tail()}")
            time.sleep(0.005)
        process.kill()
        process.wait()
        raise Fault(f"the server did not start within {wait} s")

    def tail(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_text(errors="replace")[-600:]
        return ""

    # What is stored, asked of the database itself.

    def rows(self, question: str) -> list[tuple]:
        if self.database:
            done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\t", self.database, "-c",
                                   f"BEGIN; SET LOCAL throughline.agency = '*'; {question}; COMMIT"],
                                  capture_output=True, text=True, timeout=120)
            expect(done.returncode == 0, f"psql: {done.stderr}")
            return [tuple(line.split("\t")) for line in done.stdout.splitlines() if line]
        with contextlib.closing(sqlite3.connect(f"file:{self.folder}/throughline.db?mode=ro", uri=True,
                                                timeout=30)) as base:
            return base.execute(question).fetchall()

    def stored_ids(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT source_id FROM event WHERE source = 'torture'")]


class Server:
    def __init__(self, home: Installation, process: subprocess.Popen, port: int, seconds: float):
        self.home, self.process, self.port, self.seconds = home, process, port, seconds
        self.link: str | None = None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self, within: float = 60) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=within)
            except subprocess.TimeoutExpired:
                self.kill()
                raise Fault(f"the server did not stop within {within} s of being asked")
        self.process.stdout.close()

    def expect_alive(self) -> None:
        expect(self.process.poll() is None, f"the server died ({self.process.poll()}): {self.home.tail()}")

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def socket(self, timeout: float = 30) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def post(self, body: bytes, headers: dict | None = None, path: str = "/api/v1/events",
             timeout: float = 60) -> tuple[int, bytes]:
        connection = self.connect(timeout)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json",
                                                    "Authorization": f"Bearer {self.home.key}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path: str, timeout: float = 30, headers: dict | None = None) -> tuple[int, bytes]:
        connection = self.connect(timeout)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def answers_again(self, ledger: "Ledger", what: str) -> float:
        """Seconds until an event is stored and a page is shown again; at most the patience."""
        began = time.monotonic()
        limit = self.home.settings.patience
        why = "it did not answer"
        while time.monotonic() - began < limit:
            self.expect_alive()
            try:
                ledger.send(self, [ledger.event()])
                status, _ = self.get("/", timeout=limit)
                if status == 200:
                    taken = time.monotonic() - began
                    expect(taken <= limit, f"{what}: answered after {taken:.1f} s, more than {limit} s")
                    return taken
                why = f"the front page answered {status}"
            except (OSError, http.client.HTTPException, Refused) as problem:
                why = repr(problem)
            time.sleep(0.02)
        raise Fault(f"{what}: not well again within {limit} s ({why})")


class Refused(Exception):
    pass


class Ledger:
    """What was sent, and what the server acknowledged. Safe to use from many threads."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.guard = threading.Lock()
        self.acknowledged: dict[str, float] = {}
        self.unanswered: dict[str, dict] = {}
        self.sent: dict[str, dict] = {}
        self.count = 0
        self.duplicates = 0
        self.latest = 0.0

    def event(self) -> dict:
        with self.guard:
            number = self.count
            self.count += 1
        place, journey = number % 7, number // 7
        return {
            "id": f"e{number}", "service": SERVICE, "journey": f"t-{journey}", "activity": STEPS[place],
            "occurred": f"2026-03-{1 + place * 3:02d}T{journey % 24:02d}:{number % 60:02d}:00Z", "channel": "web",
            "actor": {"role": "staff", "unit": "Staffing"}, "attributes": {"grade": 5 + journey % 10}}

    def send(self, server: Server, events: list[dict], connection: http.client.HTTPConnection | None = None,
             timeout: float = 60) -> int:
        """Sends and notes what was acknowledged; raises when nothing was."""
        with self.guard:
            for event in events:
                self.unanswered.setdefault(event["id"], event)
                self.sent[event["id"]] = event
        body = json.dumps(events if len(events) > 1 else events[0]).encode()
        began = time.monotonic()
        if connection is None:
            status, text = server.post(body, timeout=timeout)
        else:
            connection.request("POST", "/api/v1/events", body, {
                "Content-Type": "application/json", "Authorization": f"Bearer {server.home.key}"})
            answer = connection.getresponse()
            status, text = answer.status, answer.read()
        at = time.monotonic()
        if status != 200:
            raise Refused(f"{status}: {text[:500]!r}")
        items = json.loads(text)["items"]
        expect(len(items) == len(events), "an answer for every event")
        with self.guard:
            self.latest = max(self.latest, at - began)
            for event, item in zip(events, items):
                expect(item["status"] in ("stored", "duplicate"), f"{event['id']}: {item}")
                self.duplicates += item["status"] == "duplicate"
                self.acknowledged.setdefault(event["id"], at)
                self.unanswered.pop(event["id"], None)
        return len(events)

    def send_again(self, server: Server) -> int:
        """What was sent and not answered is sent again, as a sender would."""
        with self.guard:
            left = list(self.unanswered.values())
        for at in range(0, len(left), 500):
            self.send(server, left[at:at + 500])
        return len(left)


class Load:
    """Several senders at once, until told to stop or the server is gone."""

    def __init__(self, server: Server, ledger: Ledger, threads: int = 6, pause: float = 0, goes_on: bool = False):
        self.server, self.ledger, self.pause, self.goes_on = server, ledger, pause, goes_on
        self.over = threading.Event()
        self.refusals: dict[str, int] = {}
        self.said: set[str] = set()
        self.threads = [threading.Thread(target=self._run, args=(number,), daemon=True) for number in range(threads)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(timeout=90)

    def _run(self, number: int) -> None:
        chance = random.Random(f"{self.ledger.random.random()} {number}")
        connection = self.server.connect()
        while not self.over.is_set():
            try:
                events = [self.ledger.event() for _ in range(1 if chance.random() < 0.8 else chance.randint(2, 30))]
                self.ledger.send(self.server, events, connection)
                # Now and then the same again: a sender that lost the answer.
                if chance.random() < 0.1:
                    self.ledger.send(self.server, events, connection)
            except Refused as refusal:
                name = str(refusal)[:3]
                self.refusals[name] = self.refusals.get(name, 0) + 1
                self.said.add(str(refusal)[:600])
                if not self.goes_on:
                    return
                time.sleep(0.02)
            except (OSError, http.client.HTTPException, ValueError):
                connection.close()
                connection = self.server.connect()
                if not self.goes_on:
                    return
                time.sleep(0.02)
            if self.pause:
                time.sleep(self.pause)
        connection.close()


def check_stored(home: Installation, ledger: Ledger) -> int:
    """Acknowledged ⊆ stored, stored once, and nothing that was never sent."""
    ids = home.stored_ids()
    once = set(ids)
    expect(len(once) == len(ids), f"{len(ids) - len(once)} events are stored twice")
    lost = set(ledger.acknowledged) - once
    expect(not lost, f"{len(lost)} acknowledged events are lost: {sorted(lost)[:5]}")
    strange = once - set(ledger.sent)
    expect(not strange, f"stored and never sent: {sorted(strange)[:5]}")
    return len(ids)


def check_whole(home: Installation, ledger: Ledger) -> int:
    """As check_stored; besides, the chain holds and the views are what the record says. The server is stopped."""
    count = check_stored(home, ledger)
    said = home.run("verify")
    checked = int(re.search(r"([\d,]+) events in", said).group(1).replace(",", ""))
    expect(checked >= count, f"verify checked {checked} of {count} events")
    said = home.run("rebuild", services=True)
    expect("were already what the record says" in said, f"the views are not what the record says: {said}")
    return count


class Control:
    """Sets a server's clock off and makes its disk refuse, while it runs."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        path.write_bytes(bytes(24))

    def _set(self, at: int, value: int) -> None:
        with open(self.path, "r+b") as file:
            file.seek(at * 8)
            file.write(struct.pack("<q", value))

    def clock(self, seconds: float) -> None:
        self._set(0, int(seconds * 1e9))

    def refuse(self, number: int, after: int = 0) -> None:
        self._set(2, after)
        self._set(1, number)

    def environment(self, settings: Settings, folder: pathlib.Path, journal: pathlib.Path | None = None) -> dict:
        made = {"LD_PRELOAD": settings.shim, "TORTURE_FOLDER": str(folder), "TORTURE_CONTROL": str(self.path)}
        if journal:
            made["TORTURE_JOURNAL"] = str(journal)
        return made


class Postgres:
    """A PostgreSQL server of the torture's own, on a free port, as a user that is not root."""

    @staticmethod
    def programs() -> pathlib.Path | None:
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"),
                       key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
        return found[-1].parent if found else None

    def __init__(self, work: pathlib.Path):
        self.bin = Postgres.programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="torture-pg-", dir=work))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.user = []
        if os.getuid() == 0:
            for folder in [self.folder, *self.folder.parents]:
                if folder != pathlib.Path("/") and not os.stat(folder).st_mode & 1:
                    os.chmod(folder, os.stat(folder).st_mode | 0o011)
            shutil.chown(self.folder, "postgres")
            self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "admin", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")
        with open(self.folder / "data/postgresql.conf", "a") as conf:
            conf.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = ''\n"
                       "fsync = on\nmax_connections = 200\nshared_buffers = 64MB\nlog_min_messages = fatal\n")
        self.process = None
        self.start()
        self.sql("CREATE ROLE app LOGIN")
        self.number = 0

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run([*self.user, str(self.bin / program), *arguments], capture_output=True, text=True,
                              cwd=self.folder, timeout=120)
        expect(done.returncode == 0, f"{program}: {done.stderr}")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*self.user, str(self.bin / "postgres"), "-D", str(self.folder / "data")], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_die_with_parent)
        for _ in range(600):
            with contextlib.suppress(Fault, subprocess.TimeoutExpired):
                self.sql("SELECT 1")
                return
            time.sleep(0.05)
        raise Fault("PostgreSQL did not start")

    def sql(self, statement: str, database: str = "postgres") -> str:
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
                               str(self.port), "-U", "admin", "-d", database, "-c", statement],
                              capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0, f"psql: {done.stderr}")
        return done.stdout.strip()

    def database(self) -> str:
        self.number += 1
        self.sql(f"CREATE DATABASE base{self.number} OWNER app")
        return f"postgres://app@127.0.0.1:{self.port}/base{self.number}"

    def stop(self, at_once: bool = True) -> None:
        """At once: as a crash. Otherwise in order."""
        if self.process and self.process.poll() is None:
            pid = int((self.folder / "data/postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGQUIT if at_once else signal.SIGINT)
            self.process.wait(timeout=60)

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
