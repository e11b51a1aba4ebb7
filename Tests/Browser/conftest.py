"""What the browser tests stand on: one server, one browser, and as many visitors as a test asks for."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, os.path.dirname(__file__))

from server import serving  # noqa: E402
from visitor import DESKTOP, PHONE, Visitor  # noqa: E402

SEATS = {
    "phone-en": (PHONE, "en"), "phone-es": (PHONE, "es"),
    "desktop-en": (DESKTOP, "en"), "desktop-es": (DESKTOP, "es"),
}
every_seat = pytest.mark.parametrize("seat", SEATS, indirect=True)
both_widths = pytest.mark.parametrize("seat", ["phone-en", "desktop-en"], indirect=True)
widths_and_spanish = pytest.mark.parametrize("seat", ["phone-en", "desktop-en", "phone-es"], indirect=True)


@pytest.fixture(scope="session")
def server():
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Containers and build machines often run as root, where the browser's own sandbox can't start.
        options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        running = playwright.chromium.launch(
            executable_path=os.environ.get("THROUGHLINE_CHROMIUM", "/usr/bin/chromium"),
            args=[*options, "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def seat(request):
    size, language = SEATS[request.param]
    return SimpleNamespace(name=request.param, size=size, language=language)


@pytest.fixture
def visit(server, browser):
    """Makes visitors; at the end each must have met no error, no policy violation and no other host."""
    met: list[Visitor] = []

    def make(seat=None, **options) -> Visitor:
        if seat is not None:
            options = {"size": seat.size, "language": seat.language} | options
        met.append(Visitor(browser, server, **options))
        return met[-1]

    yield make
    problems = [line for one in met for line in one.unawaited()]
    for one in met:
        one.close()
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="session")
def administrator(server, browser):
    """The first administrator, made by the link the server printed; signed in once for all staff tests."""
    account = SimpleNamespace(name="ada.first", password="a lighthouse at the end of the pier")
    first = Visitor(browser, server)
    page = first.go(server.first_link)
    first.looks_at("set-up")
    page.fill("#name", account.name)
    page.fill("#password", account.password)
    page.fill("#again", account.password)
    page.click("main button[type=submit]")
    assert first.text("sign_in_set") in page.locator("[role=status]").inner_text()
    page.fill("#name", account.name)
    page.fill("#password", account.password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/staff")
    account.state = first.context.storage_state()
    problems = first.unawaited()
    first.close()
    assert not problems, problems
    return account


@pytest.fixture
def staff(visit, administrator):
    """Makes visitors who are signed in."""
    return lambda seat=None, **options: visit(seat, state=administrator.state, **options)
