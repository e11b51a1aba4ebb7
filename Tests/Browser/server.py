"""The program under test: a small simulated year in a folder of its own, served on a free port."""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVICES = ROOT / "services"
TEMPLATES = ROOT / "Templates"
START_SECONDS = 120


def binary() -> str:
    return os.environ.get("THROUGHLINE_BINARY", str(ROOT / ".build/debug/throughline"))


def _die_with_parent() -> None:
    """Linux: the server is killed even when the tests are killed and can't clean up."""
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass
class Server:
    address: str
    first_link: str
    data: pathlib.Path
    # Another site that may show our forms: a test that needs it serves it.
    neighbour: str
    # The secret with which a telephone carrier signs.
    secret: str
    process: subprocess.Popen

    def run(self, *arguments: str) -> str:
        """Runs a command of the program on the same data folder and services."""
        done = subprocess.run(
            [binary(), *arguments, "--data", str(self.data), "--services", str(SERVICES)],
            capture_output=True, text=True, timeout=START_SECONDS)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def rows(self, question: str, *values) -> list[tuple]:
        """Asks the record itself, read-only: what is stored, not what a page says."""
        place = f"file:{self.data / 'throughline.db'}?mode=ro"
        with contextlib.closing(sqlite3.connect(place, uri=True, timeout=30)) as record:
            return record.execute(question, values).fetchall()

    def newest_journey(self, service: str) -> str:
        found = self.rows(
            "SELECT journey FROM event WHERE service = ? AND kind = 'step' AND source = 'web' "
            "ORDER BY sequence DESC LIMIT 1", service)
        assert found, f"nothing was requested of {service}"
        return found[0][0]

    def happens(self, service: str, journey: str, activity: str) -> None:
        """Something happens on a journey in another system and reaches the record by its log."""
        log = self.data / f"{journey}-{activity}.csv"
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="microseconds")
        log.write_text(f"case,activity,time\n{journey},{activity},{now}\n")
        said = self.run("import", str(log), "--service", service,
                        "--role", "journey=case", "--role", "activity=activity", "--role", "time=time")
        assert "1 events stored" in said or "1 event stored" in said, said


@contextlib.contextmanager
def serving(size: str = "0.05", seed: str = "7", options: tuple[str, ...] = (), environment: dict | None = None):
    with tempfile.TemporaryDirectory(prefix="throughline-browser-") as folder:
        data = pathlib.Path(folder)
        made = subprocess.run(
            [binary(), "demo", "--size", size, "--seed", seed, "--data", str(data), "--services", str(SERVICES)],
            capture_output=True, text=True, timeout=START_SECONDS * 2)
        assert made.returncode == 0, made.stderr
        log = open(data / "server.log", "w+")
        # Each visitor names an address, so that one test's tries are not counted against another's.
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            neighbour = f"http://localhost:{free.getsockname()[1]}"
        secret = "the carrier's secret"
        server = subprocess.Popen(
            [binary(), "serve", "--data", str(data), "--services", str(SERVICES), "--templates", str(TEMPLATES),
             "--port", "0", "--address-header", "x-forwarded-for", *options],
            stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=_die_with_parent,
            env={**os.environ, "THROUGHLINE_WIDGET_ORIGINS": neighbour, "THROUGHLINE_TELEPHONE_TOKEN": secret,
                 **(environment or {})})
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.extend(iter(server.stdout.readline, "")), daemon=True)
        reader.start()
        try:
            deadline = time.monotonic() + START_SECONDS
            address = link = None
            while not (address and link):
                text = "".join(said)
                address = re.search(r"https?://127\.0\.0\.1:\d+", text)
                link = re.search(r"https?://\S+/staff/set-up/\S+", text)
                if server.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise AssertionError(f"the server did not start: {text}{log.read()}")
                time.sleep(0.05)
            yield Server(address.group(), link.group(), data, neighbour, secret, server)
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(timeout=10)
            log.close()
