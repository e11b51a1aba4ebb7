#!/usr/bin/env python3
"""Treats a real server as badly as the world does, and looks whether anything was lost, doubled or left broken.

usage: torture.py [--short|--long] [--only NAME,…] [--seed N] [--binary FILE] [--work FOLDER] [--report FILE] [--rounds N]

After every fault: what was acknowledged is stored, stored once, the chain of digests holds, the views are what the record
says, and the server answers again within 5 s. Bounded, and the same for the same seed as far as the machine allows. Faults
that need PostgreSQL, mounting or a C compiler say so when these are missing. Leaves with 1 when something did not hold.
"""

from __future__ import annotations

import argparse
import datetime
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import faults  # noqa: E402
import machine  # noqa: E402


def plan(options, settings, postgres):
    """(name, what it is, how to run it)."""
    short, seed = options.short, options.seed
    rounds = options.rounds or (50 if short else 1000)
    yield "kill", "kill -9 under load and while starting", lambda: faults.kill(settings, rounds, seed)
    if settings.shim:
        cuts = 40 if short else 600
        yield "power", "power cuts: unsynced writes lost, torn, reordered", \
            lambda: faults.power(settings, cuts, seed + 1, 2 if short else 5)
    yield "disk-full", "the disk runs full", lambda: faults.disk_full(settings, seed + 2)
    if settings.shim:
        yield "disk-refuses", "writes and syncs fail", \
            lambda: faults.disk_refuses(settings, seed + 3, 3 if short else 30)
    yield "read-only", "a disk that can only be read", lambda: faults.read_only(settings, seed + 4)
    yield "descriptors", "out of file descriptors", lambda: faults.descriptors(settings, seed + 5)
    if settings.shim:
        yield "clock", "the clock jumps", lambda: faults.clock(settings, seed + 6)
    yield "slow", "slow and half-open clients", \
        lambda: faults.slow_clients(settings, seed + 7, 120 if short else 600)
    yield "idle", "idle connections", lambda: faults.idle(settings, seed + 8, 1000 if short else 10_000)
    yield "bodies", "bad bodies and heads", lambda: faults.bodies(settings, seed + 9, 100 if short else 5000)
    yield "deliveries", "repeated and reordered deliveries", \
        lambda: faults.deliveries(settings, seed + 10, 700 if short else 7000)
    yield "backup", "backups under load, restored", lambda: faults.backup(settings, seed + 11)
    if postgres:
        yield "kill-postgres", "kill -9 under load, record on PostgreSQL", \
            lambda: faults.kill(settings, max(5, rounds // 10), seed + 12, postgres())
        yield "two-servers", "two servers on one database, either killed", \
            lambda: faults.two_servers(settings, seed + 13, postgres(), 4 if short else 30)
        yield "pages-postgres", "the main paths of the pages on PostgreSQL", \
            lambda: faults.pages(settings, seed + 14, postgres())
        yield "database-gone", "the database server dies and comes back", \
            lambda: faults.database_gone(settings, seed + 15, postgres(), 8 if short else 60)


def build_shim(work: pathlib.Path) -> str | None:
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if sys.platform != "linux" or not compiler:
        return None
    target = work / "shim.so"
    source = pathlib.Path(__file__).with_name("shim.c")
    done = subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", str(target), str(source), "-ldl", "-lpthread"],
                          capture_output=True, text=True)
    if done.returncode != 0:
        print(f"the shim does not compile: {done.stderr[:500]}", file=sys.stderr)
        return None
    return str(target)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--binary", default=os.environ.get(
        "THROUGHLINE_BINARY", str(machine.ROOT / ".build/debug/throughline")))
    parser.add_argument("--work", default="")
    parser.add_argument("--report", default="")
    parser.add_argument("--patience", type=float, default=0,
                        help="seconds within which the server must answer again (5; 15 in the short form, which runs "
                             "on a debug build beside other tests)")
    options = parser.parse_args()
    options.short = options.short or not options.long
    if not os.access(options.binary, os.X_OK):
        print(f"No program at {options.binary}; build it with: swift build --product throughline", file=sys.stderr)
        return 69
    work = pathlib.Path(tempfile.mkdtemp(prefix="throughline-torture-", dir=options.work or None))
    settings = machine.Settings(
        options.binary, work, build_shim(work), options.patience or (15 if options.short else 5))
    databases = []

    def postgres():
        if not databases:
            databases.append(machine.Postgres(work))
        return databases[0]

    wanted = [name for name in options.only.split(",") if name]
    has_postgres = machine.Postgres.programs() is not None
    lines, failed = [], 0
    if not settings.shim:
        lines.append("Left out, no C compiler or not Linux: power, disk-refuses, clock.")
    if not has_postgres:
        lines.append("Left out, PostgreSQL is not installed: kill-postgres, two-servers, pages-postgres, database-gone.")
    began = time.monotonic()
    try:
        for name, title, run in plan(options, settings, postgres if has_postgres else None):
            if wanted and name not in wanted:
                continue
            start = time.monotonic()
            try:
                counts = run()
                told = "; ".join(f"{what} {value:,}" if isinstance(value, int) else f"{what} {value}"
                                 for what, value in counts.items())
                line = f"ok      {name}: {title} ({time.monotonic() - start:.0f} s): {told}"
            except Exception as problem:
                failed += 1
                line = f"FAILED  {name}: {title}: {problem}"
                if not isinstance(problem, machine.Fault):
                    line += "\n" + traceback.format_exc()
            print(line, flush=True)
            lines.append(line)
    finally:
        for one in databases:
            one.end()
        if not failed:
            shutil.rmtree(work, ignore_errors=True)
        else:
            print(f"what was left is in {work}", file=sys.stderr)
    head = (f"torture, {'short' if options.short else 'long'} form, seed {options.seed}, "
            f"{datetime.date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"{time.monotonic() - began:.0f} s, answers asked for within {settings.patience:g} s")
    print(f"{head}: {failed} failed")
    if options.report:
        pathlib.Path(options.report).write_text("\n".join([head, *lines]) + "\n")
    return 1 if failed else 0


sys.exit(main())
