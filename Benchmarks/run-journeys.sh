#!/bin/sh
# Makes the benchmark's logs, asks this engine, DuckDB, polars, PM4Py, r4pm and a floor in C the same questions in turn, and
# writes Docs/Benchmarks.md.
#
#   THROUGHLINE_LOGS   folder with receipt.xes.gz        (default ../shared/data/logs beside the repository)
#   BENCH_DIR          where logs and results are kept   (default a folder under TMPDIR; about 6 GB)
#   BENCH_COPIES       copies of receipt                 (default 700: 6.0 million events)
#   BENCH_LARGE        copies for the large log          (default 5830: 50 million events; 0 leaves it out)
#   BENCH_REPEATS      repeats of every task             (default 5)
#   BENCH_PEERS        peers to run, "" for none         (default "duckdb polars r4pm pm4py")
#   BENCH_BINARY       a journey-bench already built     (default: built here)
#   BENCH_VENV         a Python environment with peers   (default .venv here, made when missing)
set -eu
cd "$(dirname "$0")"
logs=${THROUGHLINE_LOGS:-../../shared/data/logs}
work=${BENCH_DIR:-${TMPDIR:-/tmp}/throughline-bench}
copies=${BENCH_COPIES:-700}
large=${BENCH_LARGE:-5830}
repeats=${BENCH_REPEATS:-5}
peers=${BENCH_PEERS-duckdb polars r4pm pm4py}
[ -f "$logs/receipt.xes.gz" ] || { echo "no $logs/receipt.xes.gz: set THROUGHLINE_LOGS to the folder of logs" >&2; exit 2; }
mkdir -p "$work/columns"
bench=${BENCH_BINARY:-.build/release/journey-bench}
[ -n "${BENCH_BINARY:-}" ] || swift build -c release --product journey-bench >&2
cc -O3 -march=native -o "$work/floor" floor/floor.c

say() { echo "$(date +%H:%M:%S) $*" >&2; }
once() { # file, command that makes it
    file=$1; shift
    [ -s "$file" ] || { say "making $file"; "$@"; }
}
once "$work/log-$copies.csv" $bench generate "$logs/receipt.xes.gz" "$work/log-$copies.csv" --copies "$copies"
once "$work/log.xes" $bench generate "$logs/receipt.xes.gz" "$work/log.xes" --copies 45
results=$work/results.jsonl
: >"$results"
limit() { timeout "$@" >>"$results" 2>>"$work/errors.txt" || say "stopped or failed: $*"; }

say "this engine: loading"
limit 300 $bench load "$work/log-$copies.csv" --threads 1 --repeats 3 --save "$work/log.saved"
limit 300 $bench load "$work/log-$copies.csv" --threads 2 --repeats 3
limit 300 $bench load "$work/log.xes" --threads 1 --repeats 3
limit 300 $bench load "$work/log.xes" --threads 2 --repeats 3
[ -s "$work/columns/times.i64" ] || $bench columns "$work/log.saved" "$work/columns"
window=$($bench window "$work/log.saved")
# In turn, so that all meet the same machine.
for round in 1 2; do
    say "kernels and floor, round $round"
    limit 300 $bench time "$work/log.saved" --threads 1 --repeats "$repeats"
    limit 300 $bench time "$work/log.saved" --threads 2 --repeats "$repeats"
    limit 300 "$work/floor" "$work/columns" "$work/log-$copies.csv" "$repeats"
done
limit 300 $bench append "$work/log.saved" --events 1000 --repeats 50
if [ -n "$peers" ]; then
    venv=${BENCH_VENV:-$PWD/.venv}
    [ -x "$venv/bin/python" ] || { say "installing the peers"; python3 -m venv "$venv"; "$venv/bin/pip" -q install duckdb polars pandas pyarrow pm4py r4pm; }
    for peer in $peers; do
        say "$peer"
        rounds=3
        [ "$peer" = pm4py ] && rounds=1
        # shellcheck disable=SC2086
        limit 900 "$venv/bin/python" peers/peers.py "$peer" "$work/log-$copies.csv" "$work/log.xes" $window --repeats $rounds
    done
    versions=$("$venv/bin/pip" list 2>/dev/null | awk '/^(duckdb|polars|pm4py|r4pm) /{printf "%s %s, ", $1, $2}' | sed 's/, $//')
fi
if [ "$large" -gt 0 ]; then
    once "$work/log-$large.csv" $bench generate "$logs/receipt.xes.gz" "$work/log-$large.csv" --copies "$large"
    say "large log"
    limit 600 $bench load "$work/log-$large.csv" --threads 2 --repeats 1 --save "$work/large.saved" --label large
    limit 300 $bench time "$work/large.saved" --threads 2 --repeats 3 --only map,variants,durations,waits --label large
fi
python3 report.py "$results" "${versions:-}" >"$work/Benchmarks.md"
cp "$work/Benchmarks.md" ../Docs/Benchmarks.md
cat "$work/Benchmarks.md"
