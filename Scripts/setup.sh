#!/usr/bin/env bash
# Installs what the given groups need and is not here yet, and says what it installs.
# usage: Scripts/setup.sh build|test|bench…   Debian and Ubuntu are set up; elsewhere it prints what is missing.
set -euo pipefail

packages=()      # Debian packages
missing=()       # the same, in words, for other systems

need_header() {  # header, package, words
    if ! printf '#include <%s>\n' "$1" | cc -E - >/dev/null 2>&1; then packages+=("$2"); missing+=("$3 (Debian: $2)"); fi
}
need_program() { # program, package, words
    if ! command -v "$1" >/dev/null 2>&1; then packages+=("$2"); missing+=("$3 (Debian: $2)"); fi
}

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift 6.1 or later is needed and was not found. See https://www.swift.org/install/." >&2
    exit 69
fi

for group in "$@"; do
    case "$group" in
    build)
        need_program cc gcc "a C compiler"
        need_program pkg-config pkg-config "pkg-config"
        need_header argon2.h libargon2-dev "libargon2 with headers, for passwords"
        need_header sqlite3.h libsqlite3-dev "SQLite 3 with headers"
        need_header zlib.h zlib1g-dev "zlib with headers"
        need_header qrencode.h libqrencode-dev "libqrencode with headers, for posters"
        need_header curl/curl.h libcurl4-openssl-dev "libcurl with headers, which sends mail and webhooks"
        if [ ! -f /usr/include/postgresql/libpq-fe.h ]; then need_header libpq-fe.h libpq-dev "libpq with headers"; fi
        need_program dot graphviz "Graphviz, which lays out the journey maps"
        ;;
    test)
        if ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
            packages+=(postgresql); missing+=("PostgreSQL 15 or later, which the tests start by themselves (Debian: postgresql)")
        fi
        need_program chromium chromium "Chromium, for the browser tests"
        need_program python3 python3 "Python 3, which drives the browser tests"
        need_program openssl openssl "openssl, which makes certificates for tests"
        if ! /usr/bin/python3 -c 'import aiosmtpd' >/dev/null 2>&1; then
            packages+=(python3-aiosmtpd); missing+=("aiosmtpd, a mail server to test with (Debian: python3-aiosmtpd)")
        fi
        # The analytics contract runs on them; where the system has no such packages it says so and goes on.
        if ! command -v clickhouse-server >/dev/null 2>&1 && [ ! -x /usr/sbin/clickhouse-server ] \
            && apt-cache show clickhouse-server zookeeper >/dev/null 2>&1; then
            packages+=(clickhouse-server zookeeper)
            missing+=("ClickHouse and ZooKeeper, which the tests start by themselves (Debian: clickhouse-server zookeeper)")
        fi
        if ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then
            packages+=(python3-venv); missing+=("Python's venv module (Debian: python3-venv)")
        fi
        ;;
    bench)
        need_program python3 python3 "Python 3, which runs the measurements"
        need_program wrk wrk "wrk, which makes the load"
        need_program sqlite3 sqlite3 "the sqlite3 command line"
        ;;
    *) echo "setup: unknown group $group (build, test, bench)" >&2; exit 64 ;;
    esac
done

if [ ${#packages[@]} -gt 0 ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "These are missing; install them with your system's package manager:" >&2
        printf '  - %s\n' "${missing[@]}" >&2
        exit 69
    fi
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
    echo "Installing: ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

for group in "$@"; do
    if [ "$group" = test ]; then
        if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import playwright, axe_playwright_python, pytest, schemathesis' 2>/dev/null; then
            echo "Installing into .venv: playwright, axe-playwright-python, pytest, schemathesis"
            python3 -m venv .venv
            .venv/bin/pip install -q --disable-pip-version-check -r Tests/Browser/requirements.txt -r Tests/API/requirements.txt
        fi
        if ! .venv/bin/python -c 'import chdb' 2>/dev/null; then
            echo "Installing into .venv: chdb-core, today's ClickHouse as a library"
            .venv/bin/pip install -q --disable-pip-version-check -r Tests/Analytics/requirements.txt \
                || echo "chdb-core can't be had here; the check of today's dialect is left out" >&2
        fi
    fi
done
