"""Forms: written by an owner, asked a page at a time, with the keyboard alone, at both widths, in both languages."""

from __future__ import annotations

import re

import pytest

from conftest import every_seat, widths_and_spanish

SERVICE = "passport-renewal"
READY = {
    "a11-v1": "ready-v1", "a11-v2-thumbs": "ready-thumbs", "a11-v2-five-point": "ready-five", "kiosk-visit": "ready-kiosk",
    "outcome": "ready-outcome", "recruiting": "ready-recruiting",
}


@pytest.fixture(scope="module")
def published(server, browser, administrator):
    """Every ready form, taken up, reviewed and published in the browser."""
    from visitor import Visitor
    owner = Visitor(browser, server, state=administrator.state)
    for ready, name in READY.items():
        page = owner.go("/staff/forms")
        page.select_option("#service", SERVICE)
        page.select_option("#from", ready)
        page.fill("#id", name)
        page.click(".newform button[type=submit]")
        page.wait_for_url(f"**/{name}")
        page.click("button[value=submit]")
        page.click("button[value=publish]")
        assert page.locator(".tag--good").first.inner_text() == owner.text("form_state_published")
    problems = owner.unawaited()
    owner.close()
    assert not problems, problems
    return f"/services/{SERVICE}/feedback"


@every_seat
@pytest.mark.parametrize("name", READY.values())
def test_the_first_page_of_every_ready_form(published, visit, seat, name):
    visitor = visit(seat)
    visitor.go(f"{published}/{name}")
    visitor.looks_at(f"form-{name}")


# What a screen reader says of a control: its role and its name. A line without a name is a control nobody can tell.
NAMELESS = re.compile(r'^\s*- (radio|checkbox|textbox|button|combobox|spinbutton|slider|group|link|img)(?! ")', re.MULTILINE)


ANSWERS = {"email": "rosa@example.org", "tel": "+1 202 555 0143", "text": "Rosa", "number": "3", "date": "2026-11-02"}


@widths_and_spanish
@pytest.mark.parametrize("name", READY.values())
def test_every_page_of_every_form_names_its_controls(published, visit, seat, name):
    visitor = visit(seat)
    page = visitor.go(f"{published}/{name}")
    for number in range(10):
        if "/thanks" in page.url:
            break
        said = page.locator("main").aria_snapshot()
        assert not NAMELESS.search(said), f"{name}, page {number + 1}:\n{NAMELESS.search(said).group()}\n{said}"
        visitor.looks_at(f"form-{name}-page-{number + 1}")
        for group in page.locator("main form fieldset").all():
            choices = group.locator("input[type=radio]")
            ticks = group.locator("input[type=checkbox]")
            for choice in (choices, ticks):
                if choice.count():
                    choice.first.check(force=True)
        for field in page.locator("main form input:not([type=radio]):not([type=checkbox]):not([type=hidden])").all():
            if (answer := ANSWERS.get(field.get_attribute("type"))) is not None:
                field.fill(answer)
        page.locator("main form button[value=next], main form button[value=send]").first.click(timeout=8_000)
        page.wait_for_load_state()
    assert "/thanks" in page.url, f"{name} does not come to an end: {page.url}"


@every_seat
def test_thumbs_lead_to_their_own_side_without_a_script(published, visit, seat):
    visitor = visit(seat, script=False)
    page = visitor.go(f"{published}/ready-thumbs")
    page.check("#q_trust-down", force=True)
    page.click("button[value=next]")
    page.wait_for_url("**?page=be-better")
    page.check("#q_negative-ease")
    page.click("button[value=back]")
    page.check("#q_trust-up", force=True)
    page.click("button[value=next]")
    page.wait_for_url("**?page=went-well")
    page.check("#q_positive-ease")
    page.click("button[value=next]")
    page.fill("#q_comment", "Everything was clear.")
    page.click("button[value=next]")
    page.wait_for_url("**/thanks*")
    stored = visitor.server.rows(
        "SELECT attributes FROM event WHERE kind = 'response' ORDER BY sequence DESC LIMIT 1")[0][0]
    assert '"positive":"ease"' in stored and "negative" not in stored and "clear" not in stored


@widths_and_spanish
def test_the_side_pages_look_right(published, visit, seat):
    visitor = visit(seat)
    page = visitor.go(f"{published}/ready-five")
    page.check("#q_trust-2", force=True)
    page.click("button[value=next]")
    visitor.looks_at("form-five-better")


def test_the_keyboard_alone_is_enough(published, visit):
    visitor = visit()
    page = visitor.go(f"{published}/ready-v1")
    page.locator("#q_satisfaction-1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#q_satisfaction-3")
    visitor.awaits("422")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    visitor.looks_at("form-error")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "q_trust-1"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**?page=drivers")
    visitor.looks_at("form-drivers")


@widths_and_spanish
def test_answers_are_saved_and_found_again(published, visit, seat):
    visitor = visit(seat)
    page = visitor.go(f"{published}/ready-recruiting")
    page.check("#q_consent-yes")
    page.click("button[value=next]")
    page.wait_for_url("**?page=about")
    visitor.looks_at("form-matrix")
    page.check("#q_methods-call")
    page.click("button[value=save]")
    visitor.looks_at("form-saved")
    code = page.locator(".sent__code strong").inner_text()
    other = visit(seat)
    page = other.go("/resume")
    other.looks_at("form-resume")
    page.fill("#code", code.lower())
    page.click("main button[type=submit]")
    page.wait_for_url("**/unsent/**")
    page.goto(page.url.split("?")[0] + "?page=about")
    assert page.is_checked("#q_methods-call")
    page.click("button[value=next]")
    page.fill("#q_email", "rosa@example.org")
    page.click("button[value=next]")
    other.looks_at("form-answers")
    page.click("button[value=send]")
    page.wait_for_url("**/thanks*")


@widths_and_spanish
def test_the_editor(published, staff, seat):
    owner = staff(seat)
    owner.go("/staff/forms")
    owner.looks_at("forms")
    home = f"/staff/forms/{SERVICE}/ready-recruiting"
    for part in ["", "/settings", "/pages/about", "/questions/times", "/yaml", "/preview?width=phone", "/preview?width=desktop"]:
        owner.go(home + part)
        owner.looks_at("form-editor" + part.replace("/", "-").replace("?", "-"))
