"""One question and five faces: every press arrives once, with or without a line or a script."""

from __future__ import annotations

import json
import time

from conftest import both_widths
from visitor import PATIENCE

KIOSK = "/kiosk/passport-renewal/office-kiosk"


def newest(server) -> int:
    return server.rows("SELECT max(sequence) FROM event")[0][0]


def presses_after(server, sequence: int) -> list[int]:
    return [
        json.loads(attributes)["rating"] for (attributes,) in server.rows(
            "SELECT attributes FROM event WHERE sequence > ? AND touchpoint = 'office-kiosk' AND kind = 'response' "
            "ORDER BY sequence", sequence)
    ]


def wait_for(claim, wanted):
    deadline = time.monotonic() + PATIENCE / 1000
    while claim() != wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    assert claim() == wanted


def press(page, value: int) -> None:
    page.locator(f"button[value='{value}']").click()
    page.locator("#thanks").wait_for(state="visible")
    page.locator("#ask").wait_for(state="visible")


@both_widths
def test_presses_made_without_a_line_arrive_once_each_when_it_is_back(visit, server, seat):
    visitor = visit(seat)
    visitor.awaits("ERR_INTERNET_DISCONNECTED")
    sent = []
    visitor.context.on(
        "request", lambda request: sent.append(request.post_data) if request.url.endswith("/presses") else None)
    page = visitor.go(KIOSK)
    start = newest(server)
    press(page, 4)
    wait_for(lambda: presses_after(server, start), [4])

    visitor.context.set_offline(True)
    press(page, 5)
    press(page, 3)
    assert page.locator("#waiting").inner_text() == visitor.text("kiosk_waiting_other", n=2)
    visitor.looks_at("kiosk-waiting")
    assert presses_after(server, start) == [4]

    visitor.context.set_offline(False)
    page.locator("#waiting").wait_for(state="hidden")
    assert sorted(presses_after(server, start)) == [3, 4, 5]

    # The same batch again, as after an answer that got lost: nothing is stored twice.
    again = page.evaluate(
        """async ([path, body]) => (await fetch(path, {method: 'POST', body,
             headers: {'Content-Type': 'application/json'}})).status""", [KIOSK + "/presses", sent[-1]])
    assert again == 200
    page.reload()
    page.locator("#ask").wait_for(state="visible")
    assert sorted(presses_after(server, start)) == [3, 4, 5]


def test_presses_outlive_a_restart_without_a_line(visit, server):
    visitor = visit()
    visitor.awaits("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    page = visitor.go(KIOSK)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    wait_for(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), True)
    page.reload()
    start = newest(server)
    visitor.context.set_offline(True)
    press(page, 2)
    page.reload()
    assert page.locator("button[value='2']").is_visible(), "the kiosk does not start without a line"
    assert page.locator("#waiting").inner_text() == visitor.text("kiosk_waiting_one")
    visitor.context.set_offline(False)
    page.locator("#waiting").wait_for(state="hidden")
    assert presses_after(server, start) == [2]


@both_widths
def test_a_press_without_a_script_is_thanked_and_stored(visit, server, seat):
    visitor = visit(seat, script=False)
    page = visitor.go(KIOSK)
    start = newest(server)
    page.click("button[value='1']")
    page.wait_for_url("**?thanks=1")
    assert page.locator("#thanks").is_visible() and not page.locator("#ask").is_visible()
    assert presses_after(server, start) == [1]
    page.click("#thanks a")
    assert page.locator("#ask").is_visible()


def test_a_device_left_alone_speaks_its_own_language_again(visit):
    """Somebody chose Spanish and walked away: whoever comes next finds the kiosk as it was set up."""
    visitor = visit()
    page = visitor.page
    page.clock.install()
    visitor.go(KIOSK)
    own = page.locator("html").get_attribute("lang")
    other = "es" if own == "en" else "en"
    page.locator(f".langs a[lang='{other}']").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == other
    page.clock.fast_forward(20_000)
    page.keyboard.press("Tab")
    page.clock.fast_forward(20_000)
    assert page.locator("html").get_attribute("lang") == other, "somebody is still there"
    with page.expect_navigation():
        page.clock.fast_forward(15_000)
    assert page.locator("html").get_attribute("lang") == own
