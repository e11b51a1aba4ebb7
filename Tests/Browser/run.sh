#!/usr/bin/env bash
# Drives the built program with a browser. usage: Tests/Browser/run.sh [pytest options]
# THROUGHLINE_BINARY: another program than the debug build; THROUGHLINE_CHROMIUM: another browser than Debian's.
set -euo pipefail
cd "$(dirname "$0")/../.."

export THROUGHLINE_BINARY="${THROUGHLINE_BINARY:-$PWD/.build/debug/throughline}"
if [ ! -x "$THROUGHLINE_BINARY" ]; then
    echo "No program at $THROUGHLINE_BINARY; build it with: swift build --product throughline" >&2
    exit 69
fi
if [ ! -x .venv/bin/python ]; then
    echo "No .venv here; make it with: Scripts/setup.sh test" >&2
    exit 69
fi
# The outer bound: the server and the browser die with the tests, whatever happens to them.
exec timeout --kill-after=10 2700 .venv/bin/python -m pytest -p no:cacheprovider Tests/Browser "$@"
