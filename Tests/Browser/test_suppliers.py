"""A supplier sees its own card by its private link, contests an order, and staff decide."""

from __future__ import annotations

from conftest import both_widths

CARDS = "/staff/services/supply-order/suppliers"


@both_widths
def test_a_contested_order_leaves_the_card_once_it_is_accepted(staff, visit, server, seat):
    office = staff(seat)
    page = office.go(CARDS)
    for _ in range(14):
        if page.locator("tbody tr").count():
            break
        page = office.go(page.get_by_role("link", name=office.text("month_before")).get_attribute("href"))
    office.looks_at("supplier-cards")
    month = page.locator("input[name=month]").first.get_attribute("value")
    page.select_option("#supplier", index=1)
    supplier = page.locator("#supplier").input_value()
    page.fill("#email", "orders@example.com")
    page.click("button[value=link]")
    link = page.locator("[role=status] a.code").get_attribute("href")
    assert link.split("/")[-1] not in str(server.rows("SELECT * FROM supplier_link")), "the token is kept in the open"

    guest = visit(seat)
    page = guest.go(f"{link}?month={month}")
    guest.looks_at("supplier-own")
    page.locator(".owed__form summary").first.click()
    order = page.locator(".owed__one h3").first.inner_text()
    page.locator(".owed__form textarea").first.fill("It left on time; the scan was late.")
    page.locator(".owed__form label[for$=contest]").first.click()
    page.locator(".owed__form button").first.click()
    page.wait_for_url("**filed=1")
    assert guest.text("contest_open") in page.locator(".owed__one", has_text=order).inner_text()
    assert "scan was late" not in str(server.rows("SELECT attributes FROM event WHERE source = 'supplier'"))

    page = office.go(f"{CARDS}?month={month}")
    contested = page.locator(".owed__one", has_text=order).first
    assert "It left on time" in contested.inner_text()
    contested.locator("button[value=accept]").click()
    page.wait_for_url("**/suppliers?month=*")
    assert office.text("contest_accepted") in page.locator(".owed__one", has_text=order).first.inner_text()
    page = guest.go(f"{link}?month={month}")
    assert page.locator(".owed__one h3", has_text=order).count() == 0
    page = office.go(CARDS)
    office.awaits("404")
    page.locator("button[value=revoke]").first.click()
    assert visit(seat).context.request.get(link).status == 404


@both_widths
def test_a_scorecard_shows_intervals_and_no_league(staff, seat):
    visitor = staff(seat)
    page = visitor.go("/staff/services/supply-order/scorecard?by=supplier")
    assert page.locator("tbody tr").count() >= 3
    names = [one.inner_text() for one in page.locator("tbody th").all()]
    assert names == sorted(names)
    visitor.looks_at("scorecard")


@both_widths
def test_the_public_page_says_what_was_kept_and_how_honest_the_odds_were(visit, seat):
    visitor = visit(seat)
    page = visitor.go("/services/passport-renewal")
    assert "%" in page.locator(".record").inner_text()
    chart = page.locator(".calibration figure")
    assert chart.locator("svg title").first.text_content().strip()
    chart.locator("summary").click()
    assert chart.locator("tbody tr").count() >= 1
    visitor.looks_at("service-record")
