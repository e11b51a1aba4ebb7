#!/usr/bin/env bash
# Runs the torture. usage: Tests/Torture/run.sh [--short|--long] [--only NAME,…] [--seed N]
# THROUGHLINE_BINARY: another program than the debug build. The report is also written into .build.
set -euo pipefail
cd "$(dirname "$0")/../.."

export THROUGHLINE_BINARY="${THROUGHLINE_BINARY:-$PWD/.build/debug/throughline}"
limit=2700
for word in "$@"; do [ "$word" = --long ] && limit=14400; done
# The outer bound: servers die with the driver, whatever happens to it.
exec timeout --kill-after=20 "$limit" python3 -B Tests/Torture/torture.py --report .build/torture.txt "$@"
