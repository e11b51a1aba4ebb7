"""Makes the benchmark's table from lines of JSON: report.py RESULTS.jsonl "versions of the peers"."""
import json
import os
import platform
import statistics
import subprocess
import sys
from datetime import date

BARS = {
    "csv": ("CSV to journey-sorted columns", 1.2), "map": ("map (counts)", 0.012),
    "waits": ("map with exact p50, p90, p95 waits", 0.10), "variants": ("variants", 0.025),
    "durations": ("durations with percentiles", 0.03), "filter": ("time window + top-5 variants filter", 0.05),
    "conformance": ("conformance with the promised path", 0.20), "xes": ("XES", 1.0),
}
PEERS = [("pm4py", "PM4Py"), ("r4pm", "r4pm"), ("duckdb", "DuckDB"), ("polars", "polars, tuned"), ("C floor", "C floor")]

rows = {}
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith("{"):
        row = json.loads(line)
        rows.setdefault((row["tool"], row["task"], row["threads"]), []).append(row)


def figure(tool, task, threads=1, key="cpu"):
    found = [row[key] for row in rows.get((tool, task, threads), []) if key in row]
    return statistics.median(found) if found else None


def shown(value):
    if value is None:
        return "–"
    return f"{value:.4f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def processor():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0].strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


loads = rows.get(("throughline", "csv", 1), [{}])
events = loads[0].get("events", 0)
load_average = os.getloadavg()[2]
print("# Benchmarks of the journey engine\n")
print(f"Made by `make bench-journeys` on {date.today()}; figures are medians of repeats taken in turn. CPU seconds are user "
      "plus system time of all threads of the process; every tool is held to one thread unless said otherwise.\n")
print(f"Machine: {processor()}, {os.cpu_count()} processors, {platform.system()} {platform.release().split('-')[0]}; "
      f"{output('swift', '--version')}; load average over the last 15 minutes {load_average:.1f}"
      + (" (other work ran beside, so wall times mean little and CPU times are on the high side)" if load_average > 1.5 else "")
      + ".")
if len(sys.argv) > 2 and sys.argv[2]:
    print(f"Peers: {sys.argv[2]}.")
print(f"\nLog: receipt (IEEE task force's example), copied with new ids and shifted times to {events:,} events.\n")
print("## CPU seconds, one thread\n")
print("| | " + " | ".join(title for _, title in PEERS) + " | ours | bar | met | events/s |")
print("|---|" + "---:|" * (len(PEERS) + 2) + "---|---:|")
for task, (title, bar) in BARS.items():
    ours = figure("throughline", task)
    count = rows.get(("throughline", task, 1), [{}])[0].get("events", events) if task == "xes" else events
    rate = f"{count / ours / 1e6:,.{0 if count / ours > 2e7 else 1}f} M" if ours else "–"
    met = "–" if ours is None else "yes" if ours <= bar else "**no**"
    print(f"| {title} | " + " | ".join(shown(figure(tool, task)) for tool, _ in PEERS)
          + f" | {shown(ours)} | ≤ {bar} | {met} | {rate} |")
missing = [title for tool, title in PEERS if not any(key[0] == tool for key in rows)]
if missing:
    print(f"\nNot run, or stopped before its first answer: {', '.join(missing)}.")
print("\nTimes as many as ours (CPU seconds):\n")
print("| | " + " | ".join(title for _, title in PEERS) + " |\n|---|" + "---:|" * len(PEERS))
for task, (title, _) in BARS.items():
    ours = figure("throughline", task)
    cells = [figure(tool, task) for tool, _ in PEERS]
    print(f"| {title} | " + " | ".join(f"{cell / ours:,.1f} ×" if cell and ours else "–" for cell in cells) + " |")
print("\n## Two threads\n")
print("| | wall, 1 thread | wall, 2 threads | faster | CPU, 1 thread | CPU, 2 threads |\n|---|---:|---:|---:|---:|---:|")
for task in [*BARS, "summary", "rework", "eventually", "working-waits"]:
    one, two = figure("throughline", task, 1, "wall"), figure("throughline", task, 2, "wall")
    if one and two:
        print(f"| {BARS.get(task, (task,))[0]} | {shown(one)} | {shown(two)} | {one / two:.2f} × "
              f"| {shown(figure('throughline', task))} | {shown(figure('throughline', task, 2))} |")
print("\n## Memory\n")
print("| | peak while loading the CSV, MiB |\n|---|---:|")
for tool, title in [("throughline", "ours"), *PEERS[:-1]]:
    peak = figure(tool, "csv", 1, "peak_mib")
    if peak:
        print(f"| {title} | {peak:,.0f} |")
columns = loads[0].get("columns_mib")
if columns:
    print(f"\nOur columns take {columns:,.0f} MiB with ids and dictionaries: peak is "
          f"{figure('throughline', 'csv', 1, 'peak_mib') / columns:.2f} times that (bar 2.5). Journey ranges, activities, "
          f"times and one attribute take {loads[0]['bytes_per_event']:.2f} bytes an event (bar 16).")
print("\n## Other tasks, CPU seconds\n")
print("| | seconds |\n|---|---:|")
for (tool, task, threads), found in rows.items():
    if tool == "throughline" and threads == 1 and task not in BARS:
        print(f"| {task} | {figure(tool, task):.5f} |")
large = {key: value for key, value in rows.items() if key[1].startswith("large-")}
if large:
    print("\n## The large log, two threads\n")
    print("| | wall seconds | CPU seconds | resident MiB |\n|---|---:|---:|---:|")
    for (_, task, threads), found in large.items():
        print(f"| {task.removeprefix('large-')} | {shown(figure('throughline', task, threads, 'wall'))} "
              f"| {shown(figure('throughline', task, threads))} "
              f"| {figure('throughline', task, threads, 'resident_mib'):,.0f} |")
    count = next((row[0].get("events") for row in large.values() if row[0].get("events")), None)
    if count:
        print(f"\n{count:,} events; bars: load ≤ 12 s, map ≤ 0.1 s, variants ≤ 0.25 s, resident ≤ 900 MB.")
print("""
## How to read it

- Ours answers in full: names, exact percentiles, checks against damaged files. The floor in C counts bare columns without any.
- The floor's waits are a histogram 12.5 % wide, not exact percentiles.
- PM4Py's waits have no percentiles; its conformance is token replay. r4pm's conformance is token replay as well.
- The filter: journeys inside the middle half of the events' times, of those the five most frequent variants, as a log.
- Kernels are measured on columns in memory, as the peers' queries are, after one run that is not counted.
""".rstrip())
