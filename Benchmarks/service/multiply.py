"""Makes a large record out of a simulated one: every journey again under other names, with its events, its views and
its sequence numbers, as if each copy had been appended after the one before. Much faster than simulating it.

usage: multiply.py SOURCE TARGET COPIES     folders with throughline.db; COPIES counts the first
"""
import os
import shutil
import sqlite3
import sys

# What differs from copy to copy; the other columns are kept as they are.
NAMES = {"journey": "journey || :mark", "source_id": "source_id || :mark"}
NUMBERS = {"event": {"sequence"}, "journey": {"last_sequence"}, "promise": set()}


def main(source, target, copies):
    if copies < 1:
        raise SystemExit("COPIES is a whole number from 1")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    base = sqlite3.connect(os.path.join(target, "throughline.db"))
    # The copy can be made again at any time, so it need not survive a power cut while it is made.
    for pragma in ("synchronous = OFF", "cache_size = -1500000", "wal_autocheckpoint = 100000", "temp_store = MEMORY"):
        base.execute(f"PRAGMA {pragma}")
    (last,) = base.execute("SELECT max(sequence) FROM event").fetchone()
    for copy in range(1, copies):
        for table, numbers in NUMBERS.items():
            columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            chosen = [NAMES.get(c) or (f"{c} + :shift" if c in numbers else c) for c in columns]
            # Events of no journey have names that begin with ~; they stay without one.
            if table == "event":
                chosen[columns.index("journey")] = "CASE journey GLOB '~*' WHEN 1 THEN journey ELSE journey || :mark END"
            own = {"event": f"sequence <= {last}", "journey": f"last_sequence <= {last}"}.get(
                table, "instr(journey, '~') = 0")
            order = "ORDER BY sequence" if table == "event" else ""
            base.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(chosen)} FROM {table} WHERE {own} {order}",
                {"mark": f"~{copy}", "shift": copy * last})
        base.commit()
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
