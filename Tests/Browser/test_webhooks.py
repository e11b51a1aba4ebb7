"""An administrator adds an address that is told of promises, pauses it, changes its secret and removes it."""

from __future__ import annotations

from conftest import widths_and_spanish


@widths_and_spanish
def test_an_address_is_added_paused_changed_and_removed(staff, server, seat):
    office = staff(seat)
    url = f"https://hooks.example.gov/{seat.name}"
    page = office.go("/staff/webhooks")
    office.looks_at("webhooks")
    office.awaits("422")
    page.fill("#url", "https://10.0.0.1/x")
    page.click("main form button[type=submit]")
    assert office.text("webhook_problem_private") in page.locator("#url-error").inner_text()
    page.fill("#url", url)
    page.select_option("#about", index=1)
    page.click("main form button[type=submit]")
    secret = page.locator("[role=status] code").inner_text()
    assert secret.startswith("whsec_")
    office.looks_at("webhook-new")
    page = office.go("/staff/webhooks")
    page.get_by_role("link", name=url).click()
    page.wait_for_url("**/staff/webhooks/*")
    assert "whsec_" not in page.content()
    page.click("button[value=pause]")
    page.wait_for_load_state()
    assert office.text("webhook_paused_text") in page.locator("main").inner_text()
    office.looks_at("webhook-paused")
    page.click("button[value=rotate]")
    page.wait_for_selector("[role=status] code")
    assert page.locator("[role=status] code").inner_text() != secret
    done = [row[0] for row in server.rows("SELECT detail FROM audit WHERE detail LIKE 'webhook%' ORDER BY number")]
    assert done[-3:] == ["webhook", "webhook paused", "webhook secret changed"]
    page.click("button[value=remove]")
    page.wait_for_url("**/staff/webhooks")
    assert page.get_by_role("link", name=url).count() == 0
