"""Staff give a person a new date, and the person sees it on their own page."""

from __future__ import annotations

import datetime
import re

from conftest import both_widths, widths_and_spanish

BOARD = "/staff/promises"


@widths_and_spanish
def test_the_board_says_what_to_do_first(staff, seat):
    visitor = staff(seat)
    page = visitor.go(BOARD)
    assert page.locator("h1").inner_text() == visitor.text("promises_title")
    assert page.locator(".owed__one").count() >= 1
    first = page.locator(".owed__one .tag").first.inner_text()
    assert first in {visitor.text(f"promises_tag_{group}") for group in ("overdue", "untold", "today", "at_risk")}
    visitor.looks_at("promises")


@both_widths
def test_a_group_lists_as_many_as_it_counts(staff, seat):
    page = staff(seat).go(BOARD)
    for link in page.locator("nav.groups >> nth=0").locator("a").all():
        text, address = link.inner_text(), link.get_attribute("href")
        counted = int(re.sub(r"[^\d]", "", text))
        other = staff(seat).go(address)
        listed = re.findall(r"[\d,.]+", other.locator("h1 + p").inner_text())
        assert int(re.sub(r"[^\d]", "", listed[-1])) == counted, text
        assert other.locator(".owed__one").count() == min(counted, 50)


@both_widths
def test_a_new_date_reaches_the_record_the_outbox_and_the_person(staff, visit, server, seat):
    person = visit(seat)
    page = person.go("/services/passport-renewal/request")
    for field in page.locator("main form .input").all():
        kind = field.get_attribute("type")
        field.fill({"email": "maria@example.org", "tel": "555-0100", "date": "2030-01-02"}.get(kind, "María López"))
    for group in page.locator("main form fieldset").all():
        group.locator("label").first.click()
    page.click("main form button[type=submit]")
    page.locator("button[value=send]").click()
    page.wait_for_url("**/track/**")
    tracking = page.url
    journey = server.newest_journey("passport-renewal")

    visitor = staff(seat)
    page = visitor.go(f"/staff/services/passport-renewal/journeys/{journey}")
    page.get_by_role("link", name=visitor.text("promises_give")).click()
    page.wait_for_url("**/date")
    visitor.looks_at("new-date")
    page.fill("#date", "2020-01-01")
    page.eval_on_selector("#date", "e => e.removeAttribute('min')")
    visitor.awaits("422")
    page.click("button[value=send]")
    assert visitor.text("date_problem_past") in page.locator("[role=alert]").inner_text()
    visitor.looks_at("new-date-problem")
    new = datetime.date.today() + datetime.timedelta(days=200)
    page.fill("#date", new.isoformat())
    page.select_option("#reason", "staffing")
    page.fill("#note", "We work on it every day.")
    page.click("button[value=preview]")
    letter = page.locator(".letter").inner_text()
    assert "We work on it every day." in letter and person.text("reason_staffing") in letter
    assert server.rows("SELECT count(*) FROM event WHERE journey = ? AND activity = 'promise.repromised'", journey) == [(0,)]
    page.click("button[value=send]")
    page.wait_for_url("**/staff/promises?done=*")
    assert journey in page.locator("[role=status]").inner_text()

    told = server.rows(
        "SELECT attributes FROM event WHERE journey = ? AND activity = 'promise.repromised'", journey)
    assert len(told) == 1 and '"reason":"staffing"' in told[0][0].replace(" ", "")
    assert "every day" not in told[0][0], "the note belongs in the sealed message"
    assert server.rows("SELECT state, purpose FROM message WHERE journey = ?", journey) == [("queued", "promise")]
    page = person.go(tracking)
    page.locator(".date__history summary").click()
    history = page.locator(".ledger").inner_text()
    assert person.text("reason_staffing") in history
    assert page.locator(".date__day time").get_attribute("datetime") == new.isoformat()
    person.looks_at("tracked-new-date")
