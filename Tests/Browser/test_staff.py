"""What the people who run the services see, and how they get behind a number."""

from __future__ import annotations

import csv
import io
import re

from playwright.sync_api import expect

from conftest import both_widths
from test_kiosk import KIOSK

SERVICE = "/staff/services/passport-renewal"


def number(text: str) -> int:
    return int(re.sub(r"[^\d]", "", re.search(r"[\d.,\u00a0\u202f]+", text).group()))


@both_widths
def test_the_glance_counts_the_journeys_that_its_links_list(staff, server, seat):
    visitor = staff(seat)
    page = visitor.go("/staff")
    assert page.locator(".glance").count() == 5
    counts = page.locator(".glance__counts >> nth=0")
    links = [(one.inner_text(), one.get_attribute("href")) for one in counts.locator("a").all()]
    assert len(links) >= 2
    for text, address in links:
        visitor.go(address)
        assert number(page.locator("h1 + p").inner_text()) == number(text), address


@both_widths
def test_a_service_shows_its_charts_with_a_table_behind_each(staff, seat):
    page = staff(seat).go(SERVICE)
    assert page.locator(".figures--staff .figure").count() >= 8
    charts = page.locator("figure.chart").all()
    assert len(charts) >= 6
    for chart in charts:
        title = chart.locator("h3").inner_text()
        if chart.locator("ul.bars, ol.paths").count():
            # Words of the page's own with a bar drawn beside each.
            lines = chart.locator("ul.bars > li, ol.paths > li").all()
            assert lines and all(re.search(r"\d", line.inner_text()) for line in lines), f"{title}: no amounts"
        else:
            assert chart.locator("svg title").first.text_content().strip(), f"{title}: a picture without a name"
        chart.locator("summary").click()
        assert chart.locator("tbody tr").count() >= 1, f"{title}: no table behind it"
        assert chart.locator("tbody").is_visible()


@both_widths
def test_the_detail_slider_changes_the_map_without_a_script(staff, seat):
    visitor = staff(seat, script=False)
    page = visitor.go(SERVICE)
    lines = {}
    for key, value in (("Home", "0"), ("End", "100")):
        page.locator("#detail").focus()
        page.keyboard.press(key)
        page.click(".slider button")
        page.wait_for_url(f"**detail={value}*")
        assert page.input_value("#detail") == value
        lines[value] = page.locator("figure.chart:has(#map-title) svg path").count()
    assert 0 < lines["0"] < lines["100"]


@both_widths
def test_the_map_is_a_picture_where_there_is_room_and_a_line_of_stops_where_not(staff, seat):
    page = staff(seat).go(SERVICE)
    is_phone = seat.size["width"] < 640
    chart = page.locator("figure.chart:has(.route)")
    assert chart.locator(".pic--map").is_visible() == (not is_phone)
    assert chart.locator(".route").is_visible() == is_phone
    if is_phone:
        stops = chart.locator(".route__stop").all_inner_texts()
        assert len(stops) >= 8 and all(re.search(r"\d", stop) for stop in stops)
        assert chart.locator(".line__step--side").count() >= 1, "the detours are not shown"


@both_widths
def test_the_longest_wait_leads_to_the_journeys_that_waited(staff, seat):
    visitor = staff(seat)
    page = visitor.go(SERVICE)
    first = page.locator("section[aria-labelledby=first] .bars > li").first
    times = number(first.locator(".bars__note").inner_text().split(",", 1)[1])
    first.locator("a").click()
    assert "after=" in page.url
    assert 0 < number(page.locator("h1 + p").inner_text()) <= times


@both_widths
def test_the_list_may_be_narrowed_to_a_group(staff, seat):
    visitor = staff(seat)
    page = visitor.go(SERVICE + "/journeys")
    everyone = number(page.locator("h1 + p").inner_text())
    page.select_option("#f-cohort", index=1)
    page.click(".filters button")
    assert 0 < number(page.locator("h1 + p").inner_text()) < everyone


@both_widths
def test_a_number_leads_to_its_journeys_and_a_journey_to_its_timeline(staff, seat):
    visitor = staff(seat)
    page = visitor.go(SERVICE)
    page.locator(".figure__value a").first.click()
    page.wait_for_url("**/journeys?show=broken")
    assert page.locator(".groups [aria-current]").inner_text() == visitor.text("group_broken")
    listed = number(page.locator("h1 + p").inner_text())
    rows = page.locator("tbody tr")
    assert rows.count() == min(listed, 50) > 0
    name = rows.first.locator("a").first.inner_text()
    row = rows.first.inner_text()
    rows.first.locator("a").first.click()
    assert page.locator("h1").inner_text() == name
    assert page.locator(".line--events .line__step").count() >= 3
    assert page.locator(".date time").count() >= 1, "what was promised is not shown"
    verdict = page.locator(".date__label").inner_text().strip()
    assert verdict in row, f"the page says “{verdict}”, the list: {row}"
    times = [one.get_attribute("datetime") for one in page.locator(".line--events time").all()]
    assert times == sorted(times), "the timeline is not in the order of time"
    visitor.looks_at("journey")


@both_widths
def test_filters_live_in_the_address_and_can_be_taken_away(staff, seat):
    visitor = staff(seat)
    page = visitor.go(SERVICE)
    everyone = number(page.locator(".glance__counts a").first.inner_text())
    page.select_option("#f-channel", "mail")
    page.click(".filters button")
    assert "channel=mail" in page.url
    fewer = number(page.locator(".glance__counts a").first.inner_text())
    assert 0 < fewer < everyone
    visitor.looks_at("staff-service-filtered")
    page.click(".filters__end a")
    assert number(page.locator(".glance__counts a").first.inner_text()) == everyone
    visitor.go(SERVICE + "/journeys?show=broken&channel=mail")
    listed = number(page.locator("h1 + p").inner_text())
    page.locator(".chips a").first.click()
    assert "channel=mail" in page.url and "show=" not in page.url
    assert number(page.locator("h1 + p").inner_text()) > listed


def test_every_download_holds_the_same_rows_as_csv_and_as_json(staff):
    visitor = staff()
    page = visitor.go(SERVICE)
    addresses = [one.get_attribute("href") for one in page.locator("a[href*='/download/'][href*='.csv']").all()]
    visitor.go(SERVICE + "/journeys?show=broken")
    addresses += [one.get_attribute("href") for one in page.locator("a[href*='/download/'][href*='.csv']").all()]
    assert len(addresses) >= 7
    for address in addresses:
        table = visitor.context.request.get(address)
        rows = list(csv.reader(io.StringIO(table.body().decode("utf-8-sig"))))
        assert table.headers["content-type"].startswith("text/csv")
        assert len(rows) >= 2 and len({len(row) for row in rows}) == 1, address
        document = visitor.context.request.get(address.replace(".csv", ".json")).json()
        listed = document if isinstance(document, list) else document["rows"]
        assert len(listed) == len(rows) - 1, address
    listed = number(page.locator("h1 + p").inner_text())
    assert len(rows) - 1 == listed, "the download holds other journeys than the page lists"
    with page.expect_download() as saved:
        page.locator("a[download][href*='.csv']").first.click()
    assert saved.value.suggested_filename == "passport-renewal-journeys.csv"


@both_widths
def test_a_press_at_the_kiosk_appears_on_the_open_staff_page_by_itself(staff, visit, seat):
    watching = staff(seat)
    page = watching.go(SERVICE)
    state = page.locator("#live-state")
    expect(state).to_have_text(state.get_attribute("data-on"), timeout=15_000)
    page.evaluate("document.querySelectorAll('#responses li').forEach(e => { e.dataset.old = 'yes'; })")
    kiosk = visit(seat).go(KIOSK)
    kiosk.locator("button[value='1']").click()
    fresh = page.locator("#responses li:not([data-old])")
    fresh.first.wait_for(state="visible")
    assert fresh.count() == 1
    assert watching.text("face_1") in fresh.inner_text() and watching.text("channel_kiosk") in fresh.inner_text()
