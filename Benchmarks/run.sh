#!/bin/sh
# Measures the service (appends, a calendar change, page times) and the statistics beside peers in the same run, prints the table and writes
# Docs/Benchmarks-service.md. Leaves with 1 when a bar is missed. Loopback only; everything is bounded and stops by itself.
#
#   BENCH_DIR         where records and results are kept (default a folder under TMPDIR; about 8 GB with the large record)
#   BENCH_BINARY      a throughline already built        (default: release, built here)
#   BENCH_STATISTICS  a statistics-bench already built   (default: release, built here)
#   BENCH_ONLY        of "appends promises pages analytics statistics" (default all)
#   BENCH_SECONDS     seconds of each turn of load       (default 8)
#   BENCH_ROWS        rows of a bulk turn                (default 300000)
#   BENCH_VIEWS       views of each page and service     (default 15)
#   BENCH_QUOTED      journeys of the service asked for dates (default 1120000: a million finished)
#   BENCH_LARGE       the large record is the simulated one so many times over (default 34: 1,000,000 journeys; 0: none)
#   BENCH_VENV        a Python environment with numpy and scipy (default statistics/.venv here, made when missing)
#   BENCH_OUT         the page to write                  (default ../Docs/Benchmarks-service.md)
set -eu
cd "$(dirname "$0")"
here=$PWD
work=${BENCH_DIR:-${TMPDIR:-/tmp}/throughline-service-bench}
only=${BENCH_ONLY:-appends promises pages analytics statistics}
large=${BENCH_LARGE:-34}
out=${BENCH_OUT:-../Docs/Benchmarks-service.md}
mkdir -p "$work"
results=$work/results.jsonl
: >"$results"

# shellcheck source=parts.sh
. ./parts.sh
needs python3 wrk cc
state

binary=${BENCH_BINARY:-$here/../.build/release/throughline}
services=$here/../services
templates=$here/../Templates
if asked appends || asked promises || asked pages || asked analytics; then
    [ -n "${BENCH_BINARY:-}" ] || (cd .. && swift build -c release --product throughline >&2)
fi
if asked appends; then
    cc -O2 -o "$work/raw" service/raw.c -lsqlite3
    part "appends" 900 python3 service/appends.py "$binary" "$services" "$templates" "$work" "$work/raw" \
        --seconds "${BENCH_SECONDS:-8}" --rows "${BENCH_ROWS:-300000}"
fi
if asked promises; then
    part "promises" 900 python3 service/reproject.py "$binary" "$services" "$templates" "$work"
    part "quotes" 1800 python3 service/quotes.py "$binary" "$services" "$templates" "$work" --journeys "${BENCH_QUOTED:-1120000}"
fi
# A simulated year of about 30,000 journeys, and the same many times over; kept from run to run on the same day, since
# pages look back from today.
record() { # folder, copies
    [ -f "$1/made" ] && [ "$(cat "$1/made")" = "$(date -u +%Y-%m-%d) $2" ] && return 0
    rm -rf "$1"
    if [ "$2" = 1 ]; then
        say "simulating a year"
        timeout 600 "$binary" demo --data "$1" --services "$services" >&2 || return 1
    else
        say "making it $2 times as large"
        timeout 1800 python3 service/multiply.py "$work/record-1" "$1" "$2" >&2 || return 1
    fi
    echo "$(date -u +%Y-%m-%d) $2" >"$1/made"
}
if asked pages; then
    for copies in 1 $large; do
        [ "$copies" != 0 ] || { note "The large record was left out (BENCH_LARGE=0)."; continue; }
        data=$work/record-$copies
        if record "$data" "$copies"; then
            part "pages, $copies simulated years" 1800 python3 service/pages.py "$binary" "$services" "$templates" \
                "$data" "$copies × 30,000 journeys" "$work/server.log" --views "${BENCH_VIEWS:-15}"
        else
            note "The record of $copies simulated years could not be made in time."
        fi
    done
fi
if asked analytics; then
    if record "$work/record-1" 1 && record "$work/record-4" 4; then
        part "the analytics server" 1800 python3 service/analytics.py "$binary" "$services" "$work/record-4" "$work"
    else
        note "The record to feed from could not be made in time."
    fi
fi
if asked statistics; then
    bench=${BENCH_STATISTICS:-$here/statistics/.build/release/statistics-bench}
    [ -n "${BENCH_STATISTICS:-}" ] || (cd statistics && swift build -c release --product statistics-bench >&2)
    mkdir -p "$work/samples"
    part "statistics" 600 "$bench" "$work/samples"
    python=${BENCH_VENV:-$here/statistics/.venv}/bin/python
    if [ ! -x "$python" ]; then
        say "installing numpy and scipy into statistics/.venv"
        { python3 -m venv "$here/statistics/.venv" && "$here/statistics/.venv/bin/pip" -q install numpy scipy; } >&2 || true
    fi
    if "$python" -c 'import numpy, scipy' 2>/dev/null; then
        part "the peers of the statistics" 600 "$python" statistics/peers.py "$work/samples"
    else
        note "numpy and scipy could not be installed, so the statistics stand without peers."
    fi
    rm -rf "$work/samples"
fi
python3 service/report.py "$results" "$out"
