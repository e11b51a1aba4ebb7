"""SIGTERM: what is under way is finished, nothing new is taken, and the program ends by itself."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import time
import urllib.parse

import pytest
from server import serving


def body(size: int) -> bytes:
    return json.dumps([{
        "id": f"stop-{at}", "service": "passport-renewal", "journey": f"stop-{at}", "activity": "filed",
        "occurred": "2026-03-02T10:00:00Z"} for at in range(size)]).encode()


def receive(line: socket.socket) -> bytes:
    taken = b""
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65_536):
            taken += part
    return taken


def test_a_request_under_way_is_answered_and_stored():
    with serving(size="0.01") as server:
        key = server.run("keys", "issue", "--agency", "consular-affairs", "--source", "stopping").strip()
        place = urllib.parse.urlsplit(server.address)
        sent = body(50)
        with socket.create_connection((place.hostname, place.port), timeout=30) as line:
            head = (f"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
                    f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n")
            line.sendall(head.encode() + sent[:100])
            time.sleep(0.5)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(1)
            with pytest.raises(OSError):
                socket.create_connection((place.hostname, place.port), timeout=5).close()
            line.sendall(sent[100:])
            answer = receive(line)
        assert answer.startswith(b"HTTP/1.1 200"), answer[:400]
        assert b'"stored":50' in answer
        assert server.process.wait(timeout=25) == 0
        assert server.rows("SELECT count(*) FROM event WHERE journey LIKE 'stop-%'") == [(50,)]


def test_open_streams_and_idle_connections_do_not_hold_it_up():
    with serving(size="0.01") as server:
        place = urllib.parse.urlsplit(server.address)
        idle = [socket.create_connection((place.hostname, place.port), timeout=30) for _ in range(20)]
        kept = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
        kept.request("GET", "/health/live")
        assert kept.getresponse().read()
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=25) == 0
        assert time.monotonic() - started < 22
        for line in idle:
            line.close()
