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
    "retention": "/staff/retention",
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


FOCUS = {"home": "/", "service": "/services/passport-renewal", "track": "/track", "sign-in": "/staff/sign-in"}


@pytest.mark.parametrize("seat", ["phone-es", "desktop-en"], indirect=True)
@pytest.mark.parametrize("name", FOCUS)
def test_the_focus_goes_down_the_page_and_is_always_seen(visit, seat, name):
    page = visit(seat).go(FOCUS[name])
    page.evaluate("window.stops = []")
    for _ in range(60):
        page.keyboard.press("Tab")
        done = page.evaluate(
            """() => { const e = document.activeElement;
              if (!e || e === document.body || window.stops.includes(e)) { return true; }
              window.stops.push(e); return false; }""")
        if done:
            break
    faults = page.evaluate(
        """() => window.stops.map((e, at) => {
          const box = e.getBoundingClientRect(), before = window.stops[at - 1];
          if (before && !(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) { return 'order'; }
          return box.width < 1 || box.height < 1 ? 'size' : '';
        }).map((fault, at) => fault && fault + ': ' + window.stops[at].outerHTML.slice(0, 120)).filter(Boolean)""")
    assert page.evaluate("window.stops.length") >= 6
    assert page.evaluate("window.stops[0].className") == "skip"
    assert not faults, faults


@pytest.mark.parametrize("name", ["home", "service", "request", "feedback", "track", "methods"])
def test_a_page_holds_text_of_twice_the_size(visit, name):
    visitor = visit()
    page = visitor.go(PUBLIC[name])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    visitor._fits(f"{name} at twice the text", visitor.size["width"])


def test_what_is_printed_of_a_request_is_its_code_its_date_and_its_steps(visit):
    from test_public import send_request

    visitor = visit()
    code = send_request(visitor)
    page = visitor.page
    page.emulate_media(media="print")
    assert code in page.locator("main").inner_text()
    assert page.locator(".date__day").is_visible() and page.locator(".line--progress").is_visible()
    for gone in (".nav", ".langs", ".strip"):
        assert not page.locator(gone).first.is_visible(), gone
