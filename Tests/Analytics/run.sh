#!/usr/bin/env bash
# The contract of the analytics servers. usage: Tests/Analytics/run.sh [pytest options]
# What is not installed is named and left out. THROUGHLINE_BINARY: another program than the debug build.
set -euo pipefail
cd "$(dirname "$0")/../.."

export THROUGHLINE_BINARY="${THROUGHLINE_BINARY:-$PWD/.build/debug/throughline}"
if [ ! -x "$THROUGHLINE_BINARY" ]; then
    echo "No program at $THROUGHLINE_BINARY; build it with: swift build --product throughline" >&2
    exit 69
fi
python=.venv/bin/python
if [ ! -x "$python" ]; then
    echo "No .venv here; make it with: Scripts/setup.sh test" >&2
    exit 69
fi
exec timeout --kill-after=10 1500 "$python" -m pytest -p no:cacheprovider -rs Tests/Analytics "$@"
