"""What a person does: find a service, see how it does, ask for it, follow it, and say how it ended."""

from __future__ import annotations

import re

import yaml_titles
from conftest import both_widths, widths_and_spanish

SERVICE = "passport-renewal"


def fill_request(page):
    page.fill("#q_name", "Rosa Quill")
    page.fill("#q_email", "rosa@example.org")
    page.check("#q_reason-lost")
    page.check("#q_office-downtown")


def send_request(visitor) -> str:
    """Asks for the service and returns the tracking code."""
    page = visitor.go(f"/services/{SERVICE}/request")
    fill_request(page)
    page.click("main form button[type=submit]")
    page.click("button[value=send]")
    page.wait_for_url("**/track/*?sent=1")
    return page.locator(".sent__code strong").inner_text()


@widths_and_spanish
def test_home_lists_the_services(visit, seat):
    page = visit(seat).go("/")
    shown = {link.get_attribute("href"): link.inner_text() for link in page.locator(".card h3 a").all()}
    assert shown == {f"/services/{id}": title for id, title in yaml_titles.titles(seat.language).items()}


@widths_and_spanish
def test_search_finds_a_service_by_a_word_of_its_title(visit, seat):
    visitor = visit(seat)
    title = yaml_titles.titles(seat.language)[SERVICE]
    page = visitor.go("/")
    page.fill("#q", title.split()[-1])
    page.press("#q", "Enter")
    assert page.locator(".card h3 a").all_inner_texts() == [title]


@widths_and_spanish
def test_a_service_page_shows_its_published_facts(visit, seat):
    visitor = visit(seat)
    page = visitor.go(f"/services/{SERVICE}")
    facts = {
        one.locator(".figure__label").inner_text(): one for one in page.locator(".figure").all()
    }
    for key in ("fact_kept", "fact_half", "fact_nine", "fact_solved"):
        figure = facts[visitor.text(key)]
        assert re.search(r"\d", figure.locator(".figure__value").inner_text()), key
        assert re.search(r"\d", figure.locator(".figure__basis").inner_text()), f"{key}: n is not said"
        assert re.search(r"\d", figure.locator(".figure__interval").inner_text()), f"{key}: no interval"
    assert re.search(r"20\d\d", page.locator("#facts + p").inner_text()), "the period of the facts is not said"


@widths_and_spanish
def test_a_request_is_quoted_before_it_is_sent_and_tracked_by_its_code(visit, server, seat):
    visitor = visit(seat)
    page = visitor.go(f"/services/{SERVICE}")
    page.get_by_role("link", name=visitor.text("service_start")).click()
    fill_request(page)
    before = server.rows("SELECT count(*) FROM event")
    page.click("main form button[type=submit]")
    quoted = page.locator(".quote time").get_attribute("datetime")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", quoted)
    assert server.rows("SELECT count(*) FROM event") == before, "something was stored before the person agreed"
    visitor.looks_at("review")

    page.click("button[value=send]")
    page.wait_for_url("**/track/*?sent=1")
    code = page.locator(".sent__code strong").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    assert page.locator(".date__day time").get_attribute("datetime") == quoted
    visitor.looks_at("tracked")

    elsewhere = visit(seat)
    page = elsewhere.go("/track")
    page.fill("#code", code.replace("-", " ").lower())
    page.press("#code", "Enter")
    assert page.locator(".date__day time").get_attribute("datetime") == quoted
    assert page.locator("[aria-current=step]").count() == 1
    journey = server.newest_journey(SERVICE)
    kept = server.rows("SELECT attributes FROM event WHERE journey = ?", journey)
    assert not any("Rosa" in text or "rosa@" in text for (text,) in kept), "personal data outside the vault"


@widths_and_spanish
def test_a_request_with_gaps_is_given_back_with_every_problem_named(visit, server, seat):
    visitor = visit(seat)
    visitor.awaits("422")
    page = visitor.go(f"/services/{SERVICE}/request")
    page.fill("#q_name", "Rosa Quill")
    page.fill("#q_email", "not an address")
    page.click("main form button[type=submit]")
    problems = page.locator("[role=alert] li a")
    assert problems.count() == 3
    assert page.input_value("#q_name") == "Rosa Quill"
    visitor.looks_at("request-problems")
    problems.first.click()
    assert page.evaluate("document.activeElement.id") == "q_email"


@both_widths
def test_a_change_of_mind_keeps_the_answers(visit, seat):
    page = visit(seat).go(f"/services/{SERVICE}/request")
    fill_request(page)
    page.click("main form button[type=submit]")
    page.click("button[value=change]")
    assert page.input_value("#q_email") == "rosa@example.org"
    assert page.is_checked("#q_reason-lost")


@both_widths
def test_a_wrong_code_is_refused_with_what_to_do(visit, seat):
    visitor = visit(seat)
    visitor.awaits("422", "404")
    page = visitor.go("/track")
    page.fill("#code", "hello")
    page.press("#code", "Enter")
    assert visitor.text("track_problem_shape") in page.locator("#code-error").inner_text()
    page.fill("#code", "ABCD-EFGH-JKMN")
    page.press("#code", "Enter")
    assert visitor.text("track_problem_unknown") in page.locator("#code-error").inner_text()
    visitor.looks_at("track-problem")


@widths_and_spanish
def test_feedback_is_stored_once_with_its_words_apart(visit, server, seat):
    visitor = visit(seat)
    page = visitor.go(f"/services/{SERVICE}/feedback/after-delivery")
    before = server.rows("SELECT max(sequence) FROM event")[0][0]
    page.check("#q_rating-4")
    page.fill("#q_words", "The clerk was kind, the wait was long.")
    page.click("main form button[type=submit]")
    assert page.locator("h1").inner_text() == visitor.text("thanks_title")
    stored = server.rows("SELECT kind, attributes FROM event WHERE sequence > ?", before)
    assert [kind for kind, _ in stored] == ["response"]
    assert '"rating":4' in stored[0][1] and "clerk" not in stored[0][1]


@widths_and_spanish
def test_whoever_got_a_result_is_asked_whether_it_is_what_they_came_for(visit, server, seat):
    visitor = visit(seat)
    code = send_request(visitor)
    page = visitor.page
    assert page.locator("input[name=solved]").count() == 0, "asked before the end"
    journey = server.newest_journey(SERVICE)
    server.happens(SERVICE, journey, "delivered")
    visitor.go(f"/track/{code}")
    assert page.locator("h1").inner_text() == visitor.text("tracked_closed")
    assert page.locator(".date__label").inner_text().strip() == visitor.text("promise_label_kept_first")
    visitor.looks_at("tracked-closed")
    page.locator("label[for=" + page.locator("input[name=solved][value=no]").get_attribute("id") + "]").click()
    page.fill("#comment", "It carries the wrong name.")
    page.click(".ask button[type=submit]")
    assert visitor.text("thanks_title") in page.locator("[role=status]").inner_text()
    assert page.locator("input[name=solved]").count() == 0, "asked twice"
    visitor.looks_at("tracked-answered")
    answered = server.rows("SELECT attributes FROM event WHERE journey = ? AND kind = 'outcome'", journey)
    assert len(answered) == 1 and '"solved":"no"' in answered[0][0]
    assert server.rows("SELECT outcome FROM journey WHERE journey = ?", journey) == [("no",)]


@both_widths
def test_the_request_form_works_with_the_keyboard_alone_and_shows_where_it_is(visit, seat):
    visitor = visit(seat)
    page = visitor.go(f"/services/{SERVICE}/request")

    def focused() -> tuple[str, bool]:
        return tuple(page.evaluate(
            """() => {
              const e = document.activeElement;
              const marks = e => { const s = getComputedStyle(e);
                return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== 'none'; };
              const seen = e.labels && e.labels.length ? [e, ...e.labels] : [e];
              return [e.id || (e.getAttribute('class') || e.tagName), seen.some(marks)];
            }"""))

    def tab_to(wanted: str) -> None:
        # A date is one field with several stops; the browser itself marks the last of them, its calendar button.
        marked: dict[str, bool] = {}
        for _ in range(40):
            page.keyboard.press("Tab")
            place, is_marked = focused()
            marked[place] = is_marked or marked.get(place, False)
            if place == wanted:
                unmarked = [name for name, shown in marked.items() if not shown]
                assert not unmarked, f"nothing shows that these have the focus: {unmarked}"
                return
        raise AssertionError(f"the Tab key never comes to {wanted}")

    page.keyboard.press("Tab")
    assert focused() == ("skip", True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to("q_name")
    page.keyboard.type("Rosa Quill")
    tab_to("q_email")
    page.keyboard.type("rosa@example.org")
    tab_to("q_reason-expiring")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("#q_reason-lost")
    tab_to("q_office-downtown")
    page.keyboard.press("Space")
    tab_to("btn btn--big")
    page.keyboard.press("Enter")
    page.wait_for_selector(".quote time")
    tab_to("btn btn--big")
    page.keyboard.press("Enter")
    page.wait_for_url("**/track/*?sent=1")
