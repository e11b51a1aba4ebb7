"""The faults, each a function that gives its counts or raises Fault."""

from __future__ import annotations

import contextlib
import errno
import gzip
import http.client
import json
import os
import pathlib
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import threading
import time

import machine
from machine import (Control, Fault, Installation, Ledger, Load, Postgres, Refused, Settings, check_stored, check_whole,
                     expect)
from power import Disk, read_journal


def kill(settings: Settings, rounds: int, seed: int, postgres: Postgres | None = None, every: int = 25) -> dict:
    """kill -9 of the server at any moment, under load, again and again."""
    chance = random.Random(seed)
    counts = {"rounds": 0, "acknowledged": 0, "stored": 0, "sent again": 0, "killed while starting": 0,
              "slowest start s": 0.0}
    name = "kill-postgres" if postgres else "kill"
    home, ledger = None, None
    for round in range(rounds):
        # A record of its own for every hundred rounds: its size is not what is looked at here.
        if round % 100 == 0:
            if home:
                _settle(home, ledger, counts)
            home = Installation(settings, f"{name}-{round}", postgres.database() if postgres else None)
            ledger = Ledger(seed + round)
        if round % 5 == 4:
            # Killed while it starts.
            process = subprocess.Popen(
                [settings.binary, "serve", *home.place(), "--services", str(machine.ROOT / "services"), "--templates",
                 str(machine.ROOT / "Templates"), "--port", "0", "--log", "critical"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=machine._die_with_parent)
            time.sleep(chance.uniform(0, 1.0))
            process.kill()
            process.wait()
            counts["killed while starting"] += 1
        server = home.start()
        counts["slowest start s"] = round_up(max(counts["slowest start s"], server.seconds))
        again = server.answers_again(ledger, f"after kill {round}")
        expect(server.seconds + again <= settings.patience * 2,
               f"round {round}: {server.seconds + again:.1f} s from the start to the first answer")
        counts["sent again"] += ledger.send_again(server)
        with Load(server, ledger):
            time.sleep(chance.uniform(0.02, 0.6))
            server.kill()
        counts["rounds"] += 1
        if round % every == every - 1:
            check_whole(home, ledger)
        else:
            check_stored(home, ledger)
    _settle(home, ledger, counts)
    return counts


def _settle(home: Installation, ledger: Ledger, counts: dict) -> None:
    """Everything sent at last is stored, once, whatever became of its first answer."""
    server = home.start()
    counts["sent again"] += ledger.send_again(server)
    server.stop()
    expect(not ledger.unanswered, "everything was answered in the end")
    counts["stored"] += check_whole(home, ledger)
    counts["acknowledged"] += len(ledger.acknowledged)


def round_up(number: float) -> float:
    return round(number + 0.005, 2)


def power(settings: Settings, cuts: int, seed: int, seconds: float = 3) -> dict:
    """Power cuts: the disk drawn up anew from a journal of writes, with what was not synced lost, torn or reordered."""
    chance = random.Random(seed)
    # The folder is empty: the making of the keys and the database is cut too.
    empty = settings.work / "power"
    control = Control(settings.work / "power.control")
    journal = settings.work / "power.journal"
    journal.unlink(missing_ok=True)
    empty.mkdir()
    disk = Disk(empty)
    environment = control.environment(settings, empty, journal)
    keep = dict(os.environ)
    os.environ.update(environment)
    try:
        home = Installation(settings, "power", folder=empty)
    finally:
        os.environ.clear()
        os.environ.update(keep)
    ledger = Ledger(seed)
    issued = time.monotonic()
    server = home.start(environment=environment)
    with Load(server, ledger, pause=0.002):
        time.sleep(seconds)
        # Personal words as well: they are sealed with a key that must have reached the disk before them.
        server.kill()
    entries = read_journal(journal)
    expect(len(entries) > 200, f"the journal holds only {len(entries)} entries: is the program linked dynamically?")
    syncs = sum(entry[0] == b"s" for entry in entries)
    first = next((at for at, entry in enumerate(entries) if entry[2] > issued * 1e9), 0)
    moments = sorted([chance.randrange(1, len(entries)) for _ in range(cuts * 3 // 4)]
                     + [chance.randrange(1, max(2, first)) for _ in range(cuts - cuts * 3 // 4)])
    counts = {"cuts": 0, "writes journaled": len(entries), "syncs": syncs, "acknowledged at the last cut": 0,
              "opened by the program": 0, "cut before the first event": sum(moment < first for moment in moments)}
    target = settings.work / "power-image"
    played = 0
    for number, moment in enumerate(moments):
        while played < moment:
            disk.play(entries[played])
            played += 1
        at = entries[moment][2] / 1e9
        disk.cut(target, chance)
        due = {id for id, when in ledger.acknowledged.items() if when < at}
        counts["acknowledged at the last cut"] = len(due)
        image = Installation.__new__(Installation)
        image.settings, image.folder, image.database = settings, target, None
        image.log, image.key = settings.work / "power-image.log", home.key
        _check_image(image, due, ledger, number, moment)
        # Cuts while the keys and the database were made are all opened: a key lost there is lost for good.
        if number % 10 == 0 or moment < first:
            # The program itself: it starts, its keys fit, its views are right and it goes on.
            again = image.start(wait=60)
            if moment >= first:
                seen = Ledger(seed + number)
                seen.count = 1_000_000 + number * 1000
                again.answers_again(seen, f"after power cut {number}")
            else:
                status, _ = again.get("/health")
                expect(status == 200, "the server answers")
            again.stop()
            expect("all as they were appended" in image.run("verify"), "the chain holds")
            said = image.run("rebuild", services=True)
            expect("were already what the record says" in said, f"the views are right: {said}")
            counts["opened by the program"] += 1
        counts["cuts"] += 1
    return counts


def _check_image(image: Installation, due: set, ledger: Ledger, number: int, moment: int) -> None:
    path = image.folder / "throughline.db"
    if not path.exists() or path.stat().st_size == 0:
        expect(not due, f"cut {number} (entry {moment}): there is no database, and {len(due)} events were acknowledged")
        return
    with contextlib.closing(sqlite3.connect(path)) as base:
        found = base.execute("PRAGMA integrity_check").fetchone()[0]
        expect(found == "ok", f"cut {number} (entry {moment}): {found}")
        if not base.execute("SELECT 1 FROM sqlite_schema WHERE name = 'event'").fetchone():
            expect(not due, f"cut {number}: there are no tables, and {len(due)} events were acknowledged")
            return
        ids = [row[0] for row in base.execute("SELECT source_id FROM event")]
    expect(len(set(ids)) == len(ids), f"cut {number}: an event is stored twice")
    lost = due - set(ids)
    expect(not lost, f"cut {number} (entry {moment}): {len(lost)} acknowledged events are lost: {sorted(lost)[:4]}")


def disk_full(settings: Settings, seed: int) -> dict:
    """A small disk runs full under load, is freed, and the server goes on. A real file system of 24 MiB if the machine
    lets us mount one, else writes refused with ENOSPC."""
    counts = {}
    folder = settings.work / "full"
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "torture", str(folder)],
                             capture_output=True).returncode == 0
    control = Control(settings.work / "full.control")
    try:
        home = Installation(settings, "full", folder=folder)
        ledger = Ledger(seed)
        server = home.start(environment=control.environment(settings, folder) if not mounted else None)
        counts["file system"] = "tmpfs of 24 MiB" if mounted else "refused writes"
        refused = 0
        for turn in range(3):
            ballast = folder / "ballast"
            if mounted:
                with contextlib.suppress(OSError), open(ballast, "wb") as file:
                    left = os.statvfs(folder)
                    file.write(bytes(max(0, left.f_bavail * left.f_frsize - 300_000)))
            else:
                control.refuse(errno.ENOSPC, after=50)
            with Load(server, ledger, goes_on=True) as load:
                deadline = time.monotonic() + 30
                while not load.refusals and time.monotonic() < deadline:
                    time.sleep(0.05)
                time.sleep(1)
                expect(load.refusals, "the disk never ran full")
                expect(all(code in ("503", "507") for code in load.refusals),
                       f"a full disk is told as {load.refusals}")
                refused += sum(load.refusals.values())
            status, _ = server.get("/health")
            expect(status == 200, "the server answers while the disk is full")
            status, _ = server.get("/")
            expect(status == 200, "pages are shown while the disk is full")
            control.refuse(0)
            ballast.unlink(missing_ok=True)
            again = server.answers_again(ledger, "after the disk was freed")
            counts["slowest recovery s"] = round_up(max(counts.get("slowest recovery s", 0), again))
            ledger.send_again(server)
        counts["refused while full"] = refused
        server.stop()
        counts["stored"] = check_whole(home, ledger)
        counts["acknowledged"] = len(ledger.acknowledged)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)
    return counts


def disk_refuses(settings: Settings, seed: int, turns: int = 4) -> dict:
    """Writes and syncs fail with EIO, EROFS or ENOSPC at any moment; then the disk is well again."""
    chance = random.Random(seed)
    folder = settings.work / "refuses"
    control = Control(settings.work / "refuses.control")
    home = Installation(settings, "refuses")
    ledger = Ledger(seed)
    server = home.start(environment=control.environment(settings, folder))
    counts = {"turns": 0, "refused": 0, "slowest recovery s": 0.0}
    for turn in range(turns):
        failure = [errno.EIO, errno.EROFS, errno.ENOSPC][turn % 3]
        with Load(server, ledger, goes_on=True) as load:
            time.sleep(0.3)
            control.refuse(failure, after=chance.randint(0, 40))
            deadline = time.monotonic() + 20
            while not load.refusals and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(0.3)
            counts["refused"] += sum(load.refusals.values())
            server.expect_alive()
            expect(set(load.refusals) == {"503"}, f"{errno.errorcode[failure]} is told as {load.refusals}")
            expect(all("not stored" in said for said in load.said), f"it says what to do: {load.said}")
            for path in ("/health", "/", f"/services/{machine.SERVICE}"):
                status, _ = server.get(path)
                expect(status == 200, f"{path} answers {status} while the disk refuses")
            control.refuse(0)
        again = server.answers_again(ledger, f"after {errno.errorcode[failure]}")
        counts["slowest recovery s"] = round_up(max(counts["slowest recovery s"], again))
        ledger.send_again(server)
        check_stored(home, ledger)
        counts["turns"] += 1
    server.stop()
    counts["stored"] = check_whole(home, ledger)
    return counts


def read_only(settings: Settings, seed: int) -> dict:
    """Started on a disk that can only be read: one sentence and an exit code, not a crash."""
    home = Installation(settings, "read-only")
    ledger = Ledger(seed)
    server = home.start()
    with Load(server, ledger):
        time.sleep(0.5)
    server.stop()
    mounted = subprocess.run(["mount", "--bind", str(home.folder), str(home.folder)], capture_output=True)
    if mounted.returncode != 0:
        return {"left out": "this machine does not allow mounting"}
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(home.folder)], check=True, capture_output=True)
        command = [settings.binary, "serve", *home.place(), "--services", str(machine.ROOT / "services"),
                   "--templates", str(machine.ROOT / "Templates"), "--port", "0"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        expect(done.returncode == 69, f"it left with {done.returncode}: {done.stderr[-300:]}")
        lines = [line for line in done.stderr.splitlines() if line.startswith("throughline: ")]
        expect(len(lines) == 1, f"one sentence says why: {done.stderr[-300:]}")
    finally:
        subprocess.run(["umount", "-l", str(home.folder)], check=False)
    server = home.start()
    server.answers_again(ledger, "after the disk could be written again")
    server.stop()
    return {"told as": lines[0].removeprefix("throughline: "), "stored": check_whole(home, ledger)}


def descriptors(settings: Settings, seed: int) -> dict:
    """More connections than the server has file descriptors for."""
    home = Installation(settings, "descriptors")
    ledger = Ledger(seed)
    limit = 160
    server = home.start(limits={resource.RLIMIT_NOFILE: limit})
    server.answers_again(ledger, "before")
    held = []
    turned = 0
    for turn in range(3):
        with Load(server, ledger, threads=4, goes_on=True):
            for _ in range(limit * 2):
                try:
                    held.append(server.socket(timeout=2))
                except OSError:
                    turned += 1
            time.sleep(1.5)
            server.expect_alive()
            for one in held:
                one.close()
            held.clear()
        server.answers_again(ledger, "after the connections were closed")
        ledger.send_again(server)
    server.stop()
    return {"descriptors": limit, "connections a turn": limit * 2, "turns": 3, "turned away": turned,
            "stored": check_whole(home, ledger), "acknowledged": len(ledger.acknowledged)}


def clock(settings: Settings, seed: int) -> dict:
    """The machine's clock jumps ahead and back by seconds, days and years, under load."""
    chance = random.Random(seed)
    home = Installation(settings, "clock")
    control = Control(settings.work / "clock.control")
    ledger = Ledger(seed)
    server = home.start(environment=control.environment(settings, home.folder))
    jumps = [2, -2, 3600, -3600, 86_400 * 40, -86_400 * 40, 86_400 * 366 * 10, -86_400 * 366 * 5, 0]
    chance.shuffle(jumps)
    slowest = 0.0
    with Load(server, ledger, goes_on=True) as load:
        for jump in jumps + [0]:
            control.clock(jump)
            time.sleep(0.3)
            slowest = max(slowest, server.answers_again(ledger, f"after the clock jumped by {jump} s"))
        expect(not load.refusals, f"refused while the clock jumped: {load.refusals}")
    server.stop()
    # Started with a clock far back and far ahead of the record's newest event.
    for jump in (-86_400 * 366 * 5, 86_400 * 366 * 10):
        control.clock(jump)
        server = home.start(environment=control.environment(settings, home.folder))
        server.answers_again(ledger, f"started with the clock off by {jump} s")
        server.stop()
    times = [row[0] for row in home.rows("SELECT recorded FROM event ORDER BY sequence")]
    backwards = sum(int(a) > int(b) for a, b in zip(times, times[1:]))
    expect(backwards > 0, "the clock was never seen to go back: the shim does not reach it")
    return {"jumps": len(jumps) + 3, "times that went back": backwards, "slowest answer s": round_up(slowest),
            "stored": check_whole(home, ledger), "acknowledged": len(ledger.acknowledged)}


def database_gone(settings: Settings, seed: int, postgres: Postgres, seconds: float = 60) -> dict:
    """The database server dies under load, stays away, and comes back."""
    home = Installation(settings, "gone", postgres.database())
    ledger = Ledger(seed)
    server = home.start()
    with Load(server, ledger, goes_on=True) as load:
        time.sleep(1)
        before = len(ledger.acknowledged)
        postgres.stop(at_once=True)
        gone = time.monotonic()
        alive = 0
        while time.monotonic() - gone < seconds:
            status, _ = server.get("/health", timeout=10)
            alive += status == 200
            time.sleep(0.5)
        expect(alive > 0, "the server answers while its database is away")
        server.expect_alive()
        refused = dict(load.refusals)
        postgres.start()
        back = server.answers_again(ledger, "after the database came back")
        time.sleep(1)
    expect(all(code == "503" for code in refused), f"a database that is away is told as {refused}")
    ledger.send_again(server)
    server.stop()
    stored = check_whole(home, ledger)
    expect(before > 0, "nothing was acknowledged before")
    return {"seconds away": seconds, "refused meanwhile": sum(refused.values()), "well again after s": round_up(back),
            "acknowledged": len(ledger.acknowledged), "stored": stored}


def slow_clients(settings: Settings, seed: int, clients: int = 300) -> dict:
    """Clients that send a byte now and then, stop half-way, never read, or reset; others are served meanwhile."""
    chance = random.Random(seed)
    home = Installation(settings, "slow")
    ledger = Ledger(seed)
    server = home.start()
    head = (f"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {home.key}\r\n"
            "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n").encode()
    held = []
    for number in range(clients):
        one = server.socket()
        kind = number % 6
        if kind == 0:
            one.sendall(head[:chance.randint(1, len(head) - 1)])  # half a head
        elif kind == 1:
            one.sendall(head + b'{"id":"half')  # half a body
        elif kind == 2:
            one.sendall(head + b'{"id":"half')
            one.shutdown(socket.SHUT_WR)  # half-open
        elif kind == 3:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            one.sendall(head)
            one.close()  # reset
            continue
        elif kind == 4:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 10)  # asks and never reads
        held.append((kind, one))
    slowest = 0.0
    with Load(server, ledger, goes_on=True) as load:
        for _ in range(20):
            for kind, one in held:
                if kind == 5:
                    with contextlib.suppress(OSError):
                        one.send(b"G" if chance.random() < 0.5 else b"X-A: 1\r\n"[:1])
            slowest = max(slowest, server.answers_again(ledger, "beside slow clients"))
            time.sleep(0.1)
        expect(not load.refusals, f"others were refused: {load.refusals}")
    for _, one in held:
        one.close()
    server.answers_again(ledger, "after the slow clients left")
    server.stop()
    stored = check_whole(home, ledger)
    return {"clients": clients, "slowest answer to others s": round_up(slowest), "stored": stored,
            "acknowledged": len(ledger.acknowledged)}


def idle(settings: Settings, seed: int, connections: int = 10_000) -> dict:
    """Connections that are open and say nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = min(connections, hard - 500)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, allowed + 500), hard))
    home = Installation(settings, "idle")
    ledger = Ledger(seed)
    server = home.start()
    held = []
    began = time.monotonic()
    try:
        for number in range(allowed):
            one = socket.socket()
            one.settimeout(20)
            one.connect(("127.0.0.1", server.port))
            held.append(one)
        with open(f"/proc/{server.process.pid}/status") as status:
            memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024
        while (descriptors_used := len(os.listdir(f"/proc/{server.process.pid}/fd"))) < allowed:
            expect(time.monotonic() - began < 90, f"the server took {descriptors_used} of {allowed} connections")
            time.sleep(0.1)
        opened = time.monotonic() - began
        with Load(server, ledger, goes_on=True) as load:
            slowest = max(server.answers_again(ledger, "beside idle connections") for _ in range(10))
            expect(not load.refusals, f"others were refused: {load.refusals}")
    finally:
        for one in held:
            one.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    server.answers_again(ledger, "after the idle connections left")
    server.stop()
    counts = {"connections": allowed, "opened in s": round_up(opened), "server's memory MiB": memory,
              "slowest answer to others s": round_up(slowest), "stored": check_whole(home, ledger)}
    if allowed < connections:
        counts["note"] = f"this machine allows {hard} descriptors"
    return counts


def bodies(settings: Settings, seed: int, count: int = 300) -> dict:
    """Bodies cut, oversized, deeply nested, in wrong encodings, and damaged at random: a clear refusal, nothing stored."""
    chance = random.Random(seed)
    home = Installation(settings, "bodies")
    ledger = Ledger(seed)
    server = home.start()
    server.answers_again(ledger, "before")
    before = len(home.stored_ids())
    good = json.dumps(Ledger(1).event() | {"id": "never"})
    made = {"tried": 0, "by status": {}}

    def tried(body: bytes, headers: dict | None = None, allowed=(400, 413, 415, 422)) -> None:
        made["tried"] += 1
        try:
            status, text = server.post(body, headers)
        except (ConnectionError, http.client.HTTPException):
            # The server may close on a body it will not take.
            status, text = 0, b""
        expect(status in allowed or status == 0, f"{body[:60]!r}… was answered {status}: {text[:200]!r}")
        made["by status"][str(status)] = made["by status"].get(str(status), 0) + 1
        server.expect_alive()

    for depth in (100, 10_000, 1_000_000):
        tried(b"[" * depth)
        tried(b'{"attributes":' * depth)
        tried(b"[" * depth + b"]" * depth)
        tried(good[:-1].encode() + b',"x":' + b"[" * depth + b"]" * depth + b"}")
    tried(b" " * (17 << 20))
    tried(b"[" + b",".join([good.encode()] * 60_000) + b"]")
    for text in ("", " ", "nul", "null", "true", "1e999", '"x', "{", "}", "[]]", '{"id":1', "\x00", '{"id":"a\\', '{"id":"\\ud800"}'):
        tried(text.encode(), allowed=(200, 400, 413, 415, 422))
    for encoding in ("utf-16", "utf-32", "latin-1"):
        tried(good.replace("Staffing", "Straße").encode(encoding))
    tried(good.encode().replace(b"Staffing", b"\xff\xfe\xfa"))
    tried(good.encode().replace(b"Staffing", b"\xc0\xaf"))
    tried(good.encode().replace(b"Staffing", b"\xed\xa0\x80"))
    tried(b"\xef\xbb\xbf" + good.encode().replace(b'"never"', b'""'))
    tried(gzip.compress(good.encode()), {"Content-Encoding": "gzip"})
    tried(gzip.compress(bytes(50 << 20)), {"Content-Encoding": "gzip"})
    # Damaged at random: a byte changed, dropped or doubled; refused, or taken for what it then says.
    for number in range(count):
        body = bytearray(json.dumps(Ledger(1).event() | {"id": f"damaged-{number}"}).encode())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(body))
            change = chance.randrange(3)
            if change == 0:
                body[at] = chance.randrange(256)
            elif change == 1:
                del body[at]
            else:
                body[at:at] = body[at:at + chance.randint(1, 9)]
        tried(bytes(body), allowed=(200, 400, 413, 422))
    # Cut: the head says more than comes.
    for _ in range(30):
        with contextlib.suppress(OSError), server.socket(timeout=5) as one:
            part = good.encode()[:chance.randint(0, len(good) - 1)]
            one.sendall((f"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {home.key}\r\n"
                         f"Content-Length: {len(good)}\r\n\r\n").encode() + part)
        made["tried"] += 1
    # Heads that are no heads.
    for junk in (b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"POST / HTTP/9.9\r\n\r\n", os.urandom(2000),
                 b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 50_000 + b"\r\n",
                 b"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                 b"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"):
        with contextlib.suppress(OSError), server.socket(timeout=5) as one:
            one.sendall(junk)
            one.settimeout(1)
            one.recv(1000)
        made["tried"] += 1
        server.expect_alive()
    server.answers_again(ledger, "after bad bodies")
    server.stop()
    ids = home.stored_ids()
    expect("never" not in ids, "a body that was refused is stored")
    for id in set(ids) - set(ledger.sent):
        ledger.sent[id] = {}  # a damaged one that is well-formed again
    made["stored"] = check_whole(home, ledger)
    expect(made["stored"] >= before, "nothing is lost")
    return made


def deliveries(settings: Settings, seed: int, events: int = 2000) -> dict:
    """The same events in any order, from several senders, each several times: stored once, and the journeys come out the
    same as when they are sent once in their order."""
    chance = random.Random(seed)
    ledger = Ledger(seed)
    all = [ledger.event() for _ in range(events)]
    orderly = Installation(settings, "orderly")
    server = orderly.start()
    for at in range(0, events, 100):
        ledger.send(server, all[at:at + 100])
    server.stop()
    check_whole(orderly, ledger)
    home, again = Installation(settings, "disorderly"), Ledger(seed)
    server = home.start()
    copies = all * 3
    chance.shuffle(copies)
    parts = [copies[at:at + 40] for at in range(0, len(copies), 40)]
    failures = []

    def send(own: list) -> None:
        try:
            connection = server.connect()
            for part in own:
                again.send(server, part, connection)
        except Exception as problem:  # told by the main thread
            failures.append(problem)

    threads = [threading.Thread(target=send, args=(parts[turn::8],)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    expect(not failures, f"{failures[:1]}")
    server.stop()
    stored = check_whole(home, again)
    expect(stored == events, f"{stored} of {events} stored")
    question = ("SELECT journey, events, opened, last_occurred, last_activity, contacts, closed_at FROM journey "
                "ORDER BY journey")
    expect(orderly.rows(question) == home.rows(question), "the journeys differ from those of an orderly delivery")
    return {"events": events, "deliveries": len(copies), "told as repeated": again.duplicates, "stored": stored}


def backup(settings: Settings, seed: int) -> dict:
    """Backups made under load are whole, hold what was acknowledged before, and are restored with equal checksums."""
    home = Installation(settings, "backup")
    ledger = Ledger(seed)
    server = home.start()
    counts = {"backups": 0, "events in the last": 0}
    with Load(server, ledger):
        for number in range(3):
            time.sleep(0.7)
            due = set(ledger.acknowledged)
            copy, target = settings.work / f"backup-{number}", settings.work / f"restored-{number}"
            said = home.run("backup", "--to", str(copy))
            expect("NOT in this backup" in said and "vault.key" in said, "the keys are told of")
            done = subprocess.run([settings.binary, "restore", "--from", str(copy), "--data", str(target)],
                                  capture_output=True, text=True, timeout=300)
            expect(done.returncode == 0, f"restore: {done.stderr}")
            expect("all equal" in done.stdout and "all as they were appended" in done.stdout, done.stdout)
            restored = Installation.__new__(Installation)
            restored.settings, restored.folder, restored.database = settings, target, None
            restored.log, restored.key = settings.work / "restored.log", home.key
            ids = restored.stored_ids()
            expect(len(ids) == len(set(ids)) and due <= set(ids), "the backup holds what was acknowledged before it")
            counts["backups"] += 1
            counts["events in the last"] = len(ids)
    # The restored copy is served with the keys put beside it.
    for name in ("vault.key", "site.key"):
        (restored.folder / name).write_bytes((home.folder / name).read_bytes())
    again = restored.start()
    again.answers_again(ledger, "the restored copy")
    again.stop()
    server.stop()
    return counts


def two_servers(settings: Settings, seed: int, postgres: Postgres, rounds: int = 6) -> dict:
    """Two servers on one database: sign-in on one holds on the other, events cross over live, and either may be killed."""
    from people import Person, Receiver
    chance = random.Random(seed)
    uri = postgres.database()
    home = Installation(settings, "two-a", uri)
    receiver = Receiver()
    home.run("webhooks", "add", receiver.url, "--agency", "consular-affairs", "--webhooks-private", services=True)
    hooks = ["--webhooks-private"]
    other = Installation.__new__(Installation)
    other.settings, other.database, other.key = settings, uri, home.key
    other.folder, other.log = settings.work / "two-b", settings.work / "two-b.log"
    other.folder.mkdir()
    first = home.start(extra=hooks)
    for name in ("vault.key", "site.key"):
        (other.folder / name).write_bytes((home.folder / name).read_bytes())
    person = Person()
    person.set_up(first, first.link)
    second = other.start(extra=hooks)
    ledger = Ledger(seed)
    counts = {"kills": 0, "live updates": 0, "signed in on the other": 0}
    servers = [first, second]
    for round in range(rounds):
        person.signs_in(servers[round % 2])
        for server in servers:
            expect(person.is_in(server), "who is signed in on one server is signed in on both")
            counts["signed in on the other"] += 1
        # Told to one, seen on the other's live page.
        with person.live(servers[1], "passport-renewal") as stream:
            person.presses(servers[0])
            expect(stream.hears(within=10), "what one server is told shows live on the other")
            counts["live updates"] += 1
        with Load(servers[0], ledger, threads=3), Load(servers[1], ledger, threads=3, goes_on=True) as rest:
            time.sleep(chance.uniform(0.3, 1))
            at = round % 2
            died = servers[at]
            died.kill()
            alive = servers[1 - at]
            alive.answers_again(ledger, "the server that was left")
            rest.server = alive
        expect(person.is_in(alive), "the session outlives the server it was begun on")
        # A person asks for something; its promise is told to the other system, by one of the two.
        visitor = Person()
        for _ in range(3):
            visitor.requests(alive, "passport-renewal", {
                "name": "Ada Example", "email": "ada@example.org", "reason": "expiring", "office": "downtown"})
        servers[at] = died.home.start(extra=hooks)
        counts["kills"] += 1
        ledger.send_again(alive)
    states = {}
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        states = dict(home.rows("SELECT state, count(*) FROM webhook_delivery GROUP BY state"))
        if set(states) <= {"delivered", "sending"} and int(states.get("delivered", 0)) >= 2 * rounds:
            break
        time.sleep(0.3)
    # Of what a killed server was just sending, another takes over when its lease ends, five minutes later.
    delivered = int(states.get("delivered", 0))
    expect(delivered >= 2 * rounds, f"promises are told to the other system: {states}")
    expect(len(receiver.told) >= delivered, f"{delivered} are held for told, {len(receiver.told)} were")
    twice = sum(times - 1 for times in receiver.told.values())
    expect(twice <= counts["kills"] * 20, f"{twice} messages were told again")
    counts["messages told"], counts["told again after a kill"] = len(receiver.told), twice
    for server in servers:
        server.stop()
    numbers = [int(row[0]) for row in home.rows("SELECT sequence FROM event ORDER BY sequence")]
    expect(numbers == list(range(1, len(numbers) + 1)), "the numbers have no gaps")
    counts["stored"] = check_whole(home, ledger)
    counts["acknowledged"] = len(ledger.acknowledged)
    return counts


def pages(settings: Settings, seed: int, postgres: Postgres) -> dict:
    """The main paths of the pages with the record on PostgreSQL: import, set up, sign in, ask for a service, press a
    kiosk, answer a form, read the staff's pages, sign out."""
    from people import Person
    home = Installation(settings, "pages", postgres.database())
    log = settings.work / "log.csv"
    with open(log, "w") as file:
        file.write("case,activity,time\n")
        for number in range(300):
            for place, step in enumerate(machine.STEPS[:1 + number % 7]):
                file.write(f"c-{number},{step},2026-0{1 + place}-{1 + number % 28:02d}T10:00:00Z\n")
    home.run("import", str(log), "--service", machine.SERVICE, "--role", "journey=case", "--role",
             "activity=activity", "--role", "time=time", services=True)
    server = home.start()
    ledger = Ledger(seed)
    ledger.send(server, [ledger.event() for _ in range(70)])
    counts = {"paths": 0}
    person, visitor = Person(), Person()
    person.set_up(server, server.link)
    person.signs_in(server)
    for _ in range(3):
        visitor.presses(server)
    visitor.answers(server)
    tracked = visitor.requests(server, "passport-renewal", {
        "name": "Ada Example", "email": "ada@example.org", "reason": "expiring", "office": "downtown"})
    expect(tracked, "a request leads to its tracking page")
    counts["paths"] += 5
    for path in ("/", "/methods", "/results", "/services/passport-renewal", f"/services/{machine.SERVICE}"):
        visitor.sees(server, path)
        counts["paths"] += 1
    for path in ("/staff", "/staff/accounts", "/staff/forms", "/staff/promises",
                 *(f"/staff/services/{service}{part}" for service in (machine.SERVICE, "passport-renewal")
                   for part in ("", "/feedback", "/follow-ups", "/journeys"))):
        person.sees(server, path)
        counts["paths"] += 1
    journey = home.rows("SELECT journey FROM event WHERE source = 'web' AND kind = 'step' LIMIT 1")[0][0]
    person.sees(server, f"/staff/services/passport-renewal/journeys/{journey}")
    visitor.sees(server, tracked)
    counts["paths"] += 2
    answers = home.rows("SELECT count(*) FROM event WHERE kind = 'response'")[0][0]
    expect(int(answers) == 4, f"{answers} of 4 answers are stored")
    person.signs_out(server)
    expect(not person.is_in(server), "signed out is out")
    server.stop()
    expect("all as they were appended" in home.run("verify"), "the chain holds")
    expect("were already what the record says" in home.run("rebuild", services=True), "the views are right")
    return counts
