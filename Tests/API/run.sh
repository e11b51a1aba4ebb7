#!/usr/bin/env bash
# Asks the built program everything its API description promises, as everybody who may ask, and stops it under load.
# usage: Tests/API/run.sh [pytest options]     THROUGHLINE_BINARY: another program than the debug build.
# THROUGHLINE_EXAMPLES: how many made-up requests for each operation and check (default 15).
set -euo pipefail
cd "$(dirname "$0")/../.."

export THROUGHLINE_BINARY="${THROUGHLINE_BINARY:-$PWD/.build/debug/throughline}"
if [ ! -x "$THROUGHLINE_BINARY" ]; then
    echo "No program at $THROUGHLINE_BINARY; build it with: swift build --product throughline" >&2
    exit 69
fi
python="${THROUGHLINE_PYTHON:-.venv/bin/python}"
if [ ! -x "$python" ]; then
    echo "No .venv here; make it with: Scripts/setup.sh test" >&2
    exit 69
fi
# The outer bound: server and tests die together, whatever happens to them.
exec timeout --kill-after=10 1500 "$python" -m pytest -q -p no:cacheprovider Tests/API "$@"
