"""Every page, at both widths and in both languages: readable, reachable, quiet, and within its width."""

from __future__ import annotations

import pytest

from conftest import every_seat, widths_and_spanish

PUBLIC = {
    "home": "/",
    "home-search": "/?q=passport",
    "home-nothing-found": "/?q=zeppelin",
    "service": "/services/passport-renewal",
    "service-claim": "/services/unemployment-insurance",
    "request": "/services/passport-renewal/request",
    "feedback": "/services/passport-renewal/feedback/after-delivery",
    "thanks": "/services/passport-renewal/thanks",
    "track": "/track",
    "methods": "/methods",
    "kiosk": "/kiosk/passport-renewal/office-kiosk",
    "sign-in": "/staff/sign-in",
}
STAFF = {
    "glance": "/staff",
    "staff-service": "/staff/services/passport-renewal",
    "staff-service-nothing": "/staff/services/passport-renewal?from=2019-01-01&to=2019-02-01",
    "journeys": "/staff/services/passport-renewal/journeys",
    "journeys-overdue": "/staff/services/passport-renewal/journeys?show=overdue",
    "accounts": "/staff/accounts",
}


@every_seat
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_serves_everyone(visit, seat, name):
    visitor = visit(seat)
    visitor.go(PUBLIC[name])
    visitor.looks_at(name)


@widths_and_spanish
@pytest.mark.parametrize("name", STAFF)
def test_a_staff_page_serves_everyone(staff, seat, name):
    visitor = staff(seat)
    visitor.go(STAFF[name])
    assert "/sign-in" not in visitor.page.url
    visitor.looks_at(name)


@widths_and_spanish
def test_a_staff_page_serves_everyone_with_its_tables_open(staff, seat):
    visitor = staff(seat)
    page = visitor.go("/staff/services/unemployment-insurance?detail=100")
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    visitor.looks_at("staff-service-tables")


@every_seat
def test_a_page_that_does_not_exist_says_so_and_leads_on(visit, seat):
    visitor = visit(seat)
    visitor.awaits("404")
    page = visitor.go("/no-such-page")
    assert page.locator("h1").inner_text() == visitor.text("error_not_found_title")
    visitor.looks_at("error")
    page.click("main a.btn >> nth=0")
    assert page.locator(".card").count() == 5


@every_seat
def test_the_language_switch_holds_on_the_next_page(visit, seat):
    visitor = visit(seat)
    other = "es" if seat.language == "en" else "en"
    page = visitor.go("/services/passport-renewal")
    page.click(f".langs a[lang={other}]")
    assert page.locator("html").get_attribute("lang") == other
    visitor.go("/track")
    assert page.locator("html").get_attribute("lang") == other
    assert page.locator("h1").inner_text() != visitor.text("track_title")
