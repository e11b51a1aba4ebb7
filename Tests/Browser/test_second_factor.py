"""Two-step sign-in and one's own sessions, with codes computed here from what the page shows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

from conftest import widths_and_spanish
from test_access import sign_in

PASSWORD = "a heron on a quiet canal"


def code_at(secret: str, step: int) -> str:
    """RFC 6238 with SHA-1 and six digits."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Phone:
    """An authenticator app. Each code is good once, so it waits for the next step when it has to."""

    def __init__(self, secret: str):
        self.secret = secret.replace(" ", "")
        self.last = -1

    def code(self) -> str:
        # The code of the next step is taken too: waiting is seldom needed.
        step = max(int(time.time() // 30), self.last + 1)
        while step > time.time() // 30 + 1:
            time.sleep(0.5)
        self.last = step
        return code_at(self.secret, step)


def person(staff, visit, seat, role="viewer"):
    """Somebody invited, with a password, at the sign-in page."""
    inviting = staff(seat)
    name = f"{role}.two.{seat.name}"
    page = inviting.go("/staff/accounts")
    page.fill("#name", name)
    page.select_option("#role", role)
    page.click("section.narrow button[type=submit]")
    link = page.locator("a.code").get_attribute("href")
    visitor = visit(seat)
    page = visitor.go(link)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button[type=submit]")
    return visitor, name, inviting


def set_up(visitor) -> tuple[Phone, list[str]]:
    page = visitor.go("/staff/second-factor")
    page.fill("#password", PASSWORD)
    page.click("button[value=begin]")
    assert page.locator(".qr svg").is_visible()
    page.locator("details summary").click()
    secret = page.locator("#secret").inner_text()
    uri = page.locator("a[href^='otpauth:']").get_attribute("href")
    assert re.fullmatch(r"otpauth://totp/Throughline:[^?]+\?secret=[A-Z2-7]{32}&issuer=Throughline&algorithm=SHA1&digits=6"
                        r"&period=30", uri), uri
    assert secret.replace(" ", "") in uri
    visitor.looks_at("second-factor-new")
    phone = Phone(secret)
    page.fill("#code", "000000")
    page.click("main button[type=submit]")
    assert visitor.text("factor_code_wrong") in page.locator("[role=alert]").inner_text()
    page.fill("#code", phone.code())
    page.click("main button[type=submit]")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    visitor.looks_at("recovery-codes")
    return phone, codes


@widths_and_spanish
def test_a_second_factor_is_set_up_and_asked_for_ever_after(staff, visit, server, seat):
    visitor, name, inviting = person(staff, visit, seat)
    visitor.awaits("422")
    page = visitor.page
    sign_in(page, name, PASSWORD)
    page.wait_for_url("**/staff")
    page.click(".who__name")
    page.get_by_role("link", name=visitor.text("own_factor")).click()
    visitor.looks_at("second-factor-off")
    page.fill("#password", "not this one, surely")
    page.click("button[value=begin]")
    assert visitor.text("factor_proof_password") in page.locator("[role=alert]").inner_text()
    phone, codes = set_up(visitor)
    page.get_by_role("link", name=visitor.text("factor_codes_done")).click()
    page.get_by_role("button", name=visitor.text("sign_out")).click()

    # The password alone opens nothing.
    sign_in(page, name, PASSWORD)
    page.wait_for_url("**/staff/sign-in/code")
    visitor.looks_at("second-step")
    page.goto("/staff")
    assert page.locator("#password").is_visible()
    page.goto("/staff/sign-in/code")
    page.fill("#code", "123456")
    page.click("main form >> nth=0 >> button")
    assert visitor.text("second_step_refused") in page.locator("[role=alert]").inner_text()
    visitor.looks_at("second-step-refused")
    used = phone.code()
    page.fill("#code", f"{used[:3]} {used[3:]}")
    page.click("main form >> nth=0 >> button")
    page.wait_for_url("**/staff")
    page.get_by_role("button", name=visitor.text("sign_out")).click()

    # The same code again is refused; a recovery code works, once.
    sign_in(page, name, PASSWORD)
    page.fill("#code", used)
    page.click("main form >> nth=0 >> button")
    assert visitor.text("second_step_refused") in page.locator("[role=alert]").inner_text()
    page.locator("details summary").click()
    page.fill("#recovery", codes[0].lower())
    page.click("details button")
    page.wait_for_url("**/staff/second-factor?used=1")
    assert "9" in page.locator("[role=status]").inner_text()
    visitor.looks_at("second-factor-on")
    stored = server.rows("SELECT count(*), count(used_at) FROM recovery_code AS c JOIN account AS a ON a.id = c.account "
                         "WHERE a.name = ?", name)
    assert stored == [(10, 1)]

    # An administrator resets it; the password alone is then enough again.
    page = inviting.go("/staff/accounts")
    inviting.looks_at("accounts-second-factor")
    page.locator("tr", has_text=name).locator("button[value=factor]").click()
    page.wait_for_url("**/staff/accounts")
    assert page.locator("tr", has_text=name).locator("button[value=factor]").count() == 0
    page = visitor.go("/staff")
    sign_in(page, name, PASSWORD)
    page.wait_for_url("**/staff")
    assert server.rows("SELECT count(*) FROM audit WHERE detail = 'second factor reset' AND subject = "
                       "(SELECT id FROM account WHERE name = ?)", name) == [(1,)]


@widths_and_spanish
def test_sessions_are_seen_and_ended_by_the_password(staff, visit, seat):
    visitor, name, _ = person(staff, visit, seat, "caseworker")
    visitor.awaits("422")
    page = visitor.page
    sign_in(page, name, PASSWORD)
    page.wait_for_url("**/staff")
    others = [visit(seat) for _ in range(2)]
    for other in others:
        sign_in(other.go("/staff/sign-in"), name, PASSWORD)
        other.page.wait_for_url("**/staff")
    visitor.go("/staff/sessions")
    boxes = page.locator("input[name=session]")
    assert boxes.count() == 2
    assert "Chrome" in page.locator(".session").first.inner_text()
    visitor.looks_at("sessions")
    page.fill("#password", PASSWORD)
    page.click("button[value=chosen]")
    assert visitor.text("sessions_none_chosen") in page.locator("[role=alert]").inner_text()
    # The newest first: the last one who signed in.
    boxes.first.check()
    page.fill("#password", PASSWORD)
    page.click("button[value=chosen]")
    page.wait_for_url("**/staff/sessions?ended=1")
    others[1].go("/staff")
    assert others[1].page.locator("#password").is_visible()
    others[0].go("/staff")
    assert others[0].page.locator("#password").count() == 0
    page.fill("#password", PASSWORD)
    page.click("button[value=others]")
    page.wait_for_url("**/staff/sessions?ended=1")
    assert visitor.text("sessions_none") in page.locator("main").inner_text()
    visitor.looks_at("sessions-alone")
    others[0].go("/staff")
    assert others[0].page.locator("#password").is_visible()
