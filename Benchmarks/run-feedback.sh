#!/bin/sh
# Measures feedback (scores and drivers, a quarter's report, durable responses, the wall, a day's surge), prints the table
# and writes Docs/Benchmarks-feedback.md. Leaves with 1 when a bar is missed. Loopback only; everything is bounded and
# stops by itself.
#
#   BENCH_DIR        where records and results are kept (default a folder under TMPDIR; about 2 GB)
#   BENCH_BINARY     a throughline already built    (default: release, built here)
#   BENCH_FEEDBACK   a feedback-bench already built (default: release, built here)
#   BENCH_ONLY       of "analyses responses wall surge" (default all)
#   BENCH_SECONDS    seconds of each turn of load   (default 8)
#   BENCH_ANSWERS    answers to score               (default 10000000)
#   BENCH_JOURNEYS   rated journeys                 (default 10000000; about 6 GB of memory)
#   BENCH_SURGE      responses of the surge         (default 1000000)
#   BENCH_OUT        the page to write              (default ../Docs/Benchmarks-feedback.md)
set -eu
cd "$(dirname "$0")"
here=$PWD
work=${BENCH_DIR:-${TMPDIR:-/tmp}/throughline-feedback-bench}
only=${BENCH_ONLY:-analyses responses wall surge}
out=${BENCH_OUT:-../Docs/Benchmarks-feedback.md}
mkdir -p "$work"
results=$work/feedback.jsonl
: >"$results"

# shellcheck source=parts.sh
. ./parts.sh
needs python3 wrk
state

binary=${BENCH_BINARY:-$here/../.build/release/throughline}
places="$here/feedback/services $here/../forms $here/../Templates"
if asked responses || asked wall || asked surge; then
    [ -n "${BENCH_BINARY:-}" ] || (cd .. && swift build -c release --product throughline >&2)
fi
if asked analyses; then
    bench=${BENCH_FEEDBACK:-$here/feedback/.build/release/feedback-bench}
    [ -n "${BENCH_FEEDBACK:-}" ] || (cd feedback && swift build -c release --product feedback-bench >&2)
    part "scores and drivers" 900 "$bench" "${BENCH_ANSWERS:-10000000}" "${BENCH_JOURNEYS:-10000000}"
fi
# shellcheck disable=SC2086 # the places hold no spaces of their own beside those between them
if asked responses; then
    part "responses" 600 python3 service/responses.py "$binary" $places "$work" --seconds "${BENCH_SECONDS:-8}"
fi
if asked wall; then
    part "the wall" 300 python3 service/wall.py "$binary" $places "$work"
fi
if asked surge; then
    part "the surge" 2400 python3 service/surge.py "$binary" $places "$work" --responses "${BENCH_SURGE:-1000000}"
fi
python3 service/report_feedback.py "$results" "$out" "make bench"
