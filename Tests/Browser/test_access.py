"""Coming in and going out."""

from __future__ import annotations

from conftest import both_widths


def sign_in(page, name: str, password: str) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("main button[type=submit]")


@both_widths
def test_the_first_link_works_only_once(visit, server, administrator, seat):
    visitor = visit(seat)
    visitor.awaits("404", "410", "403")
    page = visitor.go(server.first_link)
    assert page.locator("h1").inner_text() == visitor.text("error_link_used_title")
    assert page.locator("#password").count() == 0
    visitor.looks_at("link-used")


@both_widths
def test_staff_sign_in_with_the_right_password_only_and_out_again(visit, administrator, seat):
    visitor = visit(seat)
    visitor.awaits("422", "401")
    page = visitor.go("/staff/services/passport-renewal")
    assert page.locator("#password").is_visible(), "a staff page opens to somebody who has not signed in"
    sign_in(page, administrator.name, "not the password at all")
    assert visitor.text("sign_in_refused") in page.locator("[role=alert]").inner_text()
    assert page.input_value("#password") == ""
    visitor.looks_at("sign-in-refused")
    sign_in(page, administrator.name, administrator.password)
    page.wait_for_url("**/staff/services/passport-renewal")
    page.get_by_role("button", name=visitor.text("sign_out")).click()
    assert visitor.text("sign_in_out") in page.locator("[role=status]").inner_text()
    visitor.go("/staff")
    assert page.locator("#password").is_visible()


@both_widths
def test_an_invited_viewer_chooses_a_password_and_may_not_manage_accounts(staff, visit, seat):
    inviting = staff(seat)
    name, password = f"viewer.{seat.name}", "three otters and a rowing boat"
    page = inviting.go("/staff/accounts")
    page.fill("#name", name)
    page.select_option("#role", "viewer")
    page.click("section.narrow button[type=submit]")
    inviting.looks_at("accounts-link")
    link = page.locator("a.code").get_attribute("href")

    invited = visit(seat)
    page = invited.go(link)
    page.fill("#password", password)
    page.fill("#again", "something else entirely")
    invited.awaits("422", "403")
    page.click("main button[type=submit]")
    assert invited.text("set_up_differ") in page.locator("[role=alert]").inner_text()
    page.fill("#password", password)
    page.fill("#again", password)
    page.click("main button[type=submit]")
    sign_in(page, name, password)
    page.wait_for_url("**/staff")
    assert page.locator(".glance").count() > 0
    page.goto("/staff/accounts")
    assert page.locator("h1").inner_text() == invited.text("error_not_allowed_title")


@both_widths
def test_a_password_is_changed_by_the_old_one_and_the_old_one_then_fails(staff, visit, seat):
    inviting = staff(seat)
    name, first, second = f"changer.{seat.name}", "a kettle full of quiet moths", "nine paper boats in a row"
    page = inviting.go("/staff/accounts")
    page.fill("#name", name)
    page.select_option("#role", "viewer")
    page.click("section.narrow button[type=submit]")
    link = page.locator("a.code").get_attribute("href")
    row = page.locator("tr", has_text=name)
    assert inviting.text("account_invited") in row.inner_text()

    person = visit(seat)
    person.awaits("422")
    page = person.go(link)
    page.fill("#password", first)
    page.fill("#again", first)
    page.click("main button[type=submit]")
    sign_in(page, name, first)
    page.wait_for_url("**/staff")
    page.click(".who__name")
    person.looks_at("password")
    for old, expected in (("not that one, surely", "password_wrong"), (first, "sign_in_set")):
        page.fill("#old", old)
        page.fill("#password", second)
        page.fill("#again", second)
        page.click("main button[type=submit]")
        assert person.text(expected) in page.locator("[role=alert], [role=status]").first.inner_text()
    sign_in(page, name, first)
    assert person.text("sign_in_refused") in page.locator("[role=alert]").inner_text()
    sign_in(page, name, second)
    page.wait_for_url("**/staff")
