#!/bin/sh
# Counts the instructions of every kernel on a small log (receipt, 10 copies) with callgrind and compares them with
# instructions.thresholds: more than the threshold fails. Instructions do not depend on what else the machine does.
#
#   Benchmarks/instructions.sh            compare
#   Benchmarks/instructions.sh --update   write new thresholds, 5 % above what is counted now
set -eu
cd "$(dirname "$0")"
logs=${THROUGHLINE_LOGS:-../../shared/data/logs}
work=${TMPDIR:-/tmp}/throughline-instructions.$$
thresholds=instructions.thresholds
command -v valgrind >/dev/null || { echo "valgrind is needed: apt-get install valgrind" >&2; exit 2; }
[ -f "$logs/receipt.xes.gz" ] || { echo "no $logs/receipt.xes.gz: set THROUGHLINE_LOGS to the folder of logs" >&2; exit 2; }
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
# BENCH_BINARY: a journey-bench already built.
bench=${BENCH_BINARY:-.build/release/journey-bench}
[ -n "${BENCH_BINARY:-}" ] || swift build -c release --product journey-bench >&2
# Valgrind gives up on the newest debug information.
objcopy --strip-debug "$bench" "$work/journey-bench"
bench=$work/journey-bench
$bench generate "$logs/receipt.xes.gz" "$work/log.csv" --copies 10 >/dev/null
$bench load "$work/log.csv" --repeats 1 --save "$work/log.saved" >/dev/null

# shellcheck disable=SC2046
set -- "${1:-}" $($bench window "$work/log.saved")
low=$2 high=$3

count() { # arguments of journey-bench
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" "$@" 2>"$work/valgrind" >/dev/null || true
    counted=$(sed -n 's/.*Collected : *\([0-9]*\).*/\1/p' "$work/valgrind")
    [ -n "$counted" ] || { echo "valgrind counted nothing:" >&2; tail -5 "$work/valgrind" >&2; exit 2; }
    echo "$counted"
}
# Every task runs once to warm up and once more for --repeats 1; opening alone is taken off, so a figure is two runs.
base=$(count time "$work/log.saved" --threads 1 --repeats 1 --only none)
failed=0
: >"$work/new"
for task in map waits variants durations filter conformance summary rework eventually working-waits csv; do
    if [ "$task" = csv ]; then
        counted=$(count load "$work/log.csv" --threads 1 --repeats 1)
    else
        # A window is given, for working one out would hide the filter's own work.
        counted=$(count time "$work/log.saved" --threads 1 --repeats 1 --only "$task" --low "$low" --high "$high")
    fi
    counted=$((counted - base))
    limit=$(sed -n "s/^$task \([0-9]*\)$/\1/p" $thresholds 2>/dev/null || true)
    echo "$task $((counted + counted / 20))" >>"$work/new"
    if [ "${1:-}" != --update ]; then
        if [ -z "$limit" ]; then
            echo "FAIL $task: $counted instructions, no threshold (run with --update)"; failed=1
        elif [ "$counted" -gt "$limit" ]; then
            echo "FAIL $task: $counted instructions, more than $limit"; failed=1
        else
            echo "ok   $task: $counted instructions of $limit"
        fi
    fi
done
if [ "${1:-}" = --update ]; then
    { echo "# Most instructions a task may take: receipt 10 times over, two runs; see instructions.sh"; cat "$work/new"; } >$thresholds
    cat $thresholds
fi
exit $failed
