"""A wall looked at by many screens while kiosks press: from the press to every screen. One line of JSON.

Presses come from registered kiosks, a request each, paced evenly; screens are server-sent events of a signed-in viewer. The
board on a screen shows how many answers there are: the n-th press is on the screen with the first board that counts n.

usage: wall.py BINARY SERVICES FORMS TEMPLATES WORK [--screens N] [--rate N] [--seconds N]
"""
import argparse
import asyncio
import html
import json
import os
import re
import shutil
import sys
import time

from appends import say
from pages import Visitor
from responses import fresh, stored
from server import serving

SERVICE = "field-offices"
PLACES = ["north", "south", "east", "west", "airport", "harbor", "market", "station"]
TOTAL = re.compile(rb'board__number">([0-9,]+)<')
# A kiosk may send twice a second over a longer time.
PER_KIOSK = 1.6


def kiosks(visitor, count):
    """Registers kiosks and gives place and token of each."""
    found = []
    path = f"/staff/services/{SERVICE}/channels/devices"
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        if number == 0:
            _, _, page, _ = visitor.ask("GET", path)
            token = visitor.token(page)
        status, _, page, _ = visitor.ask(
            "POST", path, {"name": f"Kiosk {number}", "touchpoint": place, "form_token": token})
        link = re.search(r'<code class="secret">([^<]*)</code>', page)
        if status != 200 or not link:
            raise SystemExit(f"registering a kiosk was answered with {status}")
        found.append((place, html.unescape(link.group(1)).split("#device=")[1]))
    return found


async def screen(port, cookie, shown, ready):
    """Notes when each board came and what it counted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    writer.write(
        f"GET /staff/services/{SERVICE}/wall/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        "Accept: text/event-stream\r\nAccept-Language: en\r\n\r\n".encode())
    status = await reader.readline()
    if b"200" not in status:
        raise SystemExit(f"a screen was answered with {status!r}")
    try:
        while True:
            line = await reader.readline()
            if not line:
                return
            if line.startswith(b"data: "):
                found = TOTAL.search(line)
                if found:
                    shown.append((time.perf_counter(), int(found.group(1).replace(b",", b""))))
                    ready.set()
    except asyncio.CancelledError:
        writer.close()
        raise


async def kiosk(port, place, token, number, count, seconds, start, sent, refused):
    """One kiosk's presses, each when its turn comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    every = seconds / count
    for turn in range(count):
        due = start + (turn + number / 1_000) * every
        await asyncio.sleep(max(0, due - time.perf_counter()))
        body = json.dumps({"presses": [{"id": f"wall-{number:04d}-{turn:05d}-{'0' * 12}", "value": 1 + (turn + number) % 5}],
                           "waiting": 1})
        sent.append(time.perf_counter())
        writer.write(
            f"POST /kiosk/{SERVICE}/{place}/presses HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Device-Token: {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        answer = await reader.readexactly(int(length.group(1))) if length else b""
        if b" 200 " not in head.split(b"\r\n")[0] or b'"refused":[]' not in answer:
            refused.append(head.split(b"\r\n")[0].decode())
    writer.close()


async def run(options, server, visitor, devices):
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    screens = [([], asyncio.Event()) for _ in range(options.screens)]
    watching = [asyncio.create_task(screen(server.port, cookie, shown, ready)) for shown, ready in screens]
    await asyncio.wait_for(asyncio.gather(*(ready.wait() for _, ready in screens)), 60)
    base = screens[0][0][-1][1]
    sent, refused = [], []
    each = max(1, round(options.rate * options.seconds / len(devices)))
    used = server.processor_seconds()
    start = time.perf_counter() + 0.5
    await asyncio.gather(*(
        kiosk(server.port, place, token, number * 1_000 // len(devices), each, options.seconds, start, sent, refused)
        for number, (place, token) in enumerate(devices)))
    taken = time.perf_counter() - start
    # Until every screen shows the last press, at most ten seconds.
    deadline = time.perf_counter() + 10
    while time.perf_counter() < deadline and any(shown[-1][1] - base < len(sent) for shown, _ in screens):
        await asyncio.sleep(0.1)
    cpu = server.processor_seconds() - used
    for one in watching:
        one.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return sent, refused, [shown for shown, _ in screens], base, taken, cpu


def waits(sent, screens, base):
    """Milliseconds from each press to each screen; and how many were never seen."""
    found, unseen = [], 0
    order = sorted(sent)
    for shown in screens:
        at = 0
        for number, press in enumerate(order, 1):
            while at < len(shown) and shown[at][1] - base < number:
                at += 1
            if at == len(shown):
                unseen += 1
            else:
                found.append(1000 * (shown[at][0] - press))
    found.sort()
    return found, unseen


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "forms", "templates", "work"):
        parser.add_argument(name)
    parser.add_argument("--screens", type=int, default=200)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    data, _ = fresh(options, "wall")
    log = os.path.join(options.work, "server.log")
    with serving(options.binary, data, options.services, options.templates, log,
                 extra=("--forms", options.forms)) as server:
        visitor = Visitor(server)
        visitor.sign_in(server)
        devices = kiosks(visitor, round(options.rate / PER_KIOSK))
        sent, refused, screens, base, taken, cpu = asyncio.run(run(options, server, visitor, devices))
    found, unseen = waits(sent, screens, base)
    rows, ids = stored(data)

    def at(share):
        return found[min(len(found) - 1, int(share * len(found)))] if found else None

    say({"figure": "wall", "screens": len(screens), "kiosks": len(devices), "presses": len(sent),
         "rate": len(sent) / taken, "p50_ms": at(0.5), "p99_ms": at(0.99), "most_ms": at(1), "unseen": unseen, "last_shown": [min(shown[-1][1] for shown in screens), max(shown[-1][1] for shown in screens)],
         "refused": len(refused), "first_refusal": refused[0] if refused else "", "stored": rows, "distinct": ids,
         "boards": sum(len(shown) for shown in screens), "cpu_share": cpu / taken,
         "whole": rows == ids == len(sent) and not refused and unseen == 0})
    shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
