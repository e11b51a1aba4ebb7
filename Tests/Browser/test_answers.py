"""From a score to the answers behind it, to their journeys, to the person: every number can be followed."""

from __future__ import annotations

import re

import pytest

from conftest import both_widths, every_seat

SERVICE = "/staff/services/passport-renewal"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000" + "1f15c4890000000049454e44ae426082")

FORM = """form: hall-report
version: 1
title: { en: Tell us about the hall, es: Cuéntenos de la sala }
questions:
  - { id: warm, kind: agreement, driver: satisfaction, required: true, text: { en: The hall was warm., es: La sala estaba tibia. } }
  - { id: picture, kind: file, text: { en: A picture, es: Una foto } }
  - { id: said, kind: long_text, text: { en: "What happened?", es: "¿Qué pasó?" } }
"""


def number(text: str) -> int:
    return int(re.sub(r"[^\d]", "", re.search(r"[\d.,\u00a0\u202f]+", text).group()))


@both_widths
def test_a_score_leads_to_the_answers_counted_and_on_to_their_journeys(staff, seat):
    visitor = staff(seat)
    page = visitor.go(SERVICE + "/feedback")
    visitor.looks_at("feedback-links")
    row = page.locator("table:has(caption:text-is('%s')) tbody tr" % visitor.text("feedback_scores")).first
    cell = row.locator("td a").last
    wanted = number(cell.inner_text())
    cell.click()
    assert number(page.locator("h1 + p").inner_text()) == wanted
    visitor.looks_at("answers")
    page.locator(f"a:has-text('{visitor.text('answer_open')}')").first.click()
    visitor.looks_at("answer")
    journey = page.locator("main a[href*='/journeys/']").first
    journey.click()
    assert page.locator(".response").count() >= 1
    visitor.looks_at("answer-journey")


def test_those_who_said_no_are_the_journeys_listed(staff):
    visitor = staff()
    page = visitor.go(SERVICE + "/feedback")
    links = page.locator("p:has(> a[href*='show=not_solved']) a")
    assert links.count() == 2
    for text, address in [(one.inner_text(), one.get_attribute("href")) for one in links.all()]:
        visitor.go(address)
        assert number(page.locator("h1 + p").inner_text()) == number(text), address


@pytest.fixture(scope="module")
def reported(server, browser, administrator):
    """A form made and published in the browser, answered with a picture."""
    from visitor import Visitor

    owner = Visitor(browser, server, state=administrator.state)
    page = owner.go("/staff/forms")
    page.select_option("#service", "passport-renewal")
    page.fill("#id", "hall-report")
    page.click(".newform button[type=submit]")
    page.wait_for_url("**/hall-report")
    page.goto("/staff/forms/passport-renewal/hall-report/yaml")
    page.fill("textarea[name=yaml]", FORM)
    page.locator("form:has(textarea[name=yaml]) button[type=submit]").first.click()
    for step in ("submit", "publish"):
        page.click(f"button[value={step}]")
    for score, words in ((2, "The heating was off."), (1, "I waited outside.")):
        page.goto("/services/passport-renewal/feedback/hall-report")
        page.check(f"input[name=q_warm][value='{score}']")
        page.set_input_files("input[name=q_picture]", {"name": "hall.png", "mimeType": "image/png", "buffer": PNG})
        page.fill("[name=q_said]", words)
        page.click("main form button[type=submit]")
        page.wait_for_url("**/thanks*")
    owner.close()


@every_seat
def test_a_form_made_in_the_browser_is_scored_and_its_files_are_opened_by_staff(reported, staff, seat):
    visitor = staff(seat)
    page = visitor.go(SERVICE + "/feedback?form=hall-report")
    wording = {"en": "The hall was warm.", "es": "La sala estaba tibia."}[seat.language]
    row = page.locator(f"tr:has-text('{wording}')").first
    row.wait_for()
    row.locator("td a").last.click()
    assert number(page.locator("h1 + p").inner_text()) == 2
    page.locator(f"a:has-text('{visitor.text('answer_open')}')").first.click()
    assert wording in page.locator("main").inner_text()
    visitor.looks_at("answer-file")
    link = page.locator("a[href*='/files/picture']")
    with page.expect_download() as waiting:
        link.click()
    got = waiting.value
    assert got.suggested_filename.endswith("-picture.png")
    with open(got.path(), "rb") as file:
        assert file.read() == PNG
    sent = page.request.get(link.get_attribute("href"))
    assert sent.headers["content-disposition"].startswith("attachment")
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["content-security-policy"].startswith("sandbox")


@both_widths
def test_the_follow_ups_look_right(staff, seat):
    visitor = staff(seat)
    visitor.go(SERVICE + "/follow-ups")
    visitor.looks_at("follow-ups")
