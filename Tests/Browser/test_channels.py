"""Hearing people elsewhere than on our own pages: inside another site, on a wall, by text message, on paper."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import re
import threading
import urllib.parse
import urllib.request
import uuid

import pytest

from conftest import both_widths
from test_kiosk import newest, wait_for
from visitor import DESKTOP, PHONE

SERVICE = "passport-renewal"


def answers_after(server, sequence: int, source: str) -> list[dict]:
    return [
        {"touchpoint": touchpoint, **json.loads(attributes)} for touchpoint, attributes in server.rows(
            "SELECT touchpoint, attributes FROM event WHERE sequence > ? AND source = ? AND kind = 'response' "
            "ORDER BY sequence", sequence, source)
    ]


@contextlib.contextmanager
def neighbour(server, mode: str, **data):
    """Another site with a strict policy: no inline anything, only our script and our frame."""
    extra = "".join(f' data-{name}="{value}"' for name, value in data.items())
    page = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>City hall</title></head><body>
      <h1>City hall</h1><p id="above">Before <a href="#x" id="link">a link</a></p><table role="presentation" width="100%"><tr><td id="feedback" height="520"></td></tr></table>
      <p id="below">After</p><script src="{server.address}/widget.js" data-service="{SERVICE}"
      data-touchpoint="web-form" data-mode="{mode}"{extra} defer></script></body></html>""".encode()
    policy = (f"default-src 'none'; script-src {server.address}; frame-src {server.address}; style-src 'none'; "
              "base-uri 'none'; form-action 'none'")

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = page if self.path == "/" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    port = urllib.parse.urlsplit(server.neighbour).port
    site = http.server.ThreadingHTTPServer(("127.0.0.1", port), Page)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.neighbour + "/"
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def stranger(visit, **options):
    visitor = visit(**options)
    visitor.awaits("request to another host: http://localhost:", "favicon.ico", "404 (Not Found)")
    return visitor


def fill_in(frame) -> None:
    frame.locator("#q_rating-5").check()
    frame.locator("main form button[type=submit]").click()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_button_opens_a_dialog_that_takes_and_gives_back_the_focus(visit, server, size):
    visitor = stranger(visit, size=size)
    start = newest(server)
    with neighbour(server, "button") as address:
        page = visitor.go(address)
        opener = page.get_by_role("button", name="Feedback")
        opener.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        dialog.wait_for(state="visible")
        frame = page.frame_locator("dialog iframe")
        frame.locator("h1").wait_for()
        wait_for(lambda: page.evaluate("document.activeElement.tagName"), "IFRAME")
        inner = next(one for one in page.frames if one != page.main_frame)
        wait_for(lambda: inner.evaluate("document.activeElement !== document.body"), True)
        page.screenshot(path=f"{shots()}/widget-dialog-{size['width']}.png")
        # Escape from inside the frame, and from the page's own button.
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        assert opener.evaluate("e => e === document.activeElement"), "the focus did not come back"
        opener.click()
        dialog.wait_for(state="visible")
        fill_in(frame)
        frame.get_by_text(visitor.text("ch_widget_done")).wait_for()
        page.get_by_role("button", name="Close").click()
        dialog.wait_for(state="hidden")
        assert opener.evaluate("e => e === document.activeElement")
        wait_for(lambda: [(a["rating"], a["solicited"]) for a in answers_after(server, start, "widget")],
                 [(5, "volunteered")])
    assert not visitor.unawaited()


def test_whoever_is_drawn_is_asked_once_by_a_modal(visit, server):
    visitor = stranger(visit)
    start = newest(server)
    name = uuid.uuid4().hex
    with neighbour(server, "modal", transaction=name, person=name) as address:
        page = visitor.go(address)
        page.get_by_role("dialog").wait_for(state="visible")
        frame = page.frame_locator("dialog iframe")
        fill_in(frame)
        frame.get_by_text(visitor.text("ch_widget_done")).wait_for()
        wait_for(lambda: [a["solicited"] for a in answers_after(server, start, "widget")], ["intercepted"])
        # The page again: one survey a transaction.
        page = visitor.go(address)
        wait_for(lambda: page.evaluate("!document.querySelector('dialog')"), True)
    offers = server.rows(
        "SELECT count(*), count(answered_at) FROM offer WHERE service = ? AND solicited = 'intercepted' "
        "AND touchpoint = 'web-form' AND channel = 'web' AND answered_at IS NOT NULL", SERVICE)
    assert offers[0][0] >= 1
    assert not visitor.unawaited()


def test_an_inline_form_moves_nothing(visit, server):
    visitor = stranger(visit)
    name = uuid.uuid4().hex
    with neighbour(server, "inline", target="#feedback", transaction=name, person=name) as address:
        page = visitor.go(address)
        page.evaluate("""() => { window.shift = 0; new PerformanceObserver(list => {
            for (const one of list.getEntries()) { window.shift += one.value; } })
            .observe({type: 'layout-shift', buffered: true}); }""")
        before = page.locator("#below").bounding_box()["y"]
        page.frame_locator("#feedback iframe").locator("h1").wait_for()
        assert page.locator("#below").bounding_box()["y"] == before
        assert page.evaluate("window.shift") == 0
        page.screenshot(path=f"{shots()}/widget-inline.png")
    assert not visitor.unawaited()


def test_a_site_that_was_not_named_shows_nothing(visit, server):
    opened = urllib.request.Request(f"{server.address}/widget/{SERVICE}/web-form?mode=button")
    with urllib.request.urlopen(opened) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors {server.neighbour}")


def shots() -> str:
    from visitor import SHOTS
    SHOTS.mkdir(exist_ok=True)
    return str(SHOTS)


@both_widths
def test_a_press_is_on_the_wall_at_once(staff, visit, server, seat):
    watcher = staff(seat)
    page = watcher.go(f"/staff/services/{SERVICE}/wall")
    total = int(page.locator(".board__number").inner_text().replace(",", ""))
    presser = visit(seat)
    hall = presser.go(f"/kiosk/{SERVICE}/office-kiosk")
    hall.locator("button[value='5']").click()
    wait_for(lambda: int(page.locator(".board__number").inner_text().replace(",", "")) > total, True)
    watcher.looks_at("wall")


@both_widths
def test_a_poster_and_the_pages_of_asking_look_right(staff, seat):
    visitor = staff(seat)
    visitor.go(f"/staff/services/{SERVICE}/channels")
    visitor.looks_at("channels")
    visitor.go(f"/staff/services/{SERVICE}/channels/quarantine")
    visitor.looks_at("quarantine")
    visitor.go(f"/staff/services/{SERVICE}/channels/posters/office-kiosk")
    visitor.looks_at("poster")


def test_a_device_is_known_once_registered_and_strangers_are_put_aside(staff, visit, server):
    visitor = staff()
    page = visitor.go(f"/staff/services/{SERVICE}/channels/devices")
    page.fill("#name", "Exit, left")
    page.click("main form button[type=submit] >> nth=-1")
    link = page.locator("code.secret").inner_text()
    visitor.looks_at("devices")
    kiosk = visit()
    hall = kiosk.go(link)
    assert "#" not in hall.url, "the token stays in the address"
    start = newest(server)
    hall.locator("button[value='4']").click()
    wait_for(lambda: [a.get("device", "")[:2] for a in answers_after(server, start, "kiosk")], ["d-"])
    other = visit()
    away = other.go(f"/kiosk/{SERVICE}/office-kiosk")
    away.locator("button[value='1']").click()
    wait_for(lambda: [a.get("held") for a in answers_after(server, start, "kiosk")], [None, "unknown_device"])
    page = visitor.go(f"/staff/services/{SERVICE}/channels/quarantine")
    visitor.looks_at("quarantine-held")
    assert visitor.text("ch_reason_unknown_device") in page.content()
    # Taken back, so that other tests' presses count.
    page = visitor.go(f"/staff/services/{SERVICE}/channels/devices")
    page.get_by_role("button", name=re.compile(visitor.text("ch_revoke"))).first.click()
    page.get_by_text(visitor.text("ch_device_revoked")).wait_for()


def text_message(server, body: str, number: str, sid: str | None = None) -> str:
    url = f"{server.address}/api/v1/telephone/consular-affairs/sms"
    fields = {"MessageSid": sid or "SM" + uuid.uuid4().hex, "From": number, "Body": body}
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    signature = base64.b64encode(hmac.new(server.secret.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    request = urllib.request.Request(
        url, urllib.parse.urlencode(fields).encode(), {"X-Twilio-Signature": signature})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def test_a_conversation_by_text_message_becomes_one_answer(server):
    start = newest(server)
    number = "+1555" + str(uuid.uuid4().int)[:7]
    assert "How was the service?" in text_message(server, "Passport", number)
    sid = "SM" + uuid.uuid4().hex
    first = text_message(server, "4", number, sid)
    assert text_message(server, "4", number, sid) == first, "the same message twice is taken once"
    for reply in ["5", "skip", "3"]:
        text_message(server, reply, number)
    last = text_message(server, "Quick. My number is 212-555-0147.", number)
    assert "Thank you" in last
    wait_for(lambda: [(a["rating"], a["trust"], a.get("ease"), a["speed"], a["touchpoint"])
                      for a in answers_after(server, start, "sms")], [(4, 5, None, 3, "text-line")])
    assert "START" in text_message(server, "STOP", number)
    assert text_message(server, "hello", number).endswith("<Response></Response>")
