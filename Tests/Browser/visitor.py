"""A person at a browser, and what every page must be like."""

from __future__ import annotations

import itertools
import json
import pathlib
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from server import TEMPLATES, Server

SHOTS = pathlib.Path(__file__).parent / "shots"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
NARROWEST = 320
PATIENCE = 30_000
WORDS = {
    language: json.loads((TEMPLATES / "words" / f"{language}.json").read_text()) for language in ("en", "es")
}

_addresses = itertools.count(1)


class Visitor:
    """One browser context at one width and in one language, watched for everything that must not happen."""

    def __init__(
        self, browser: Browser, server: Server, *, size: dict = DESKTOP, language: str = "en",
        script: bool = True, state: dict | None = None,
    ):
        self.server = server
        self.size = size
        self.language = language
        self.words = WORDS[language]
        self.problems: list[str] = []
        self.awaited: list[str] = []
        n = next(_addresses)
        self.context = browser.new_context(
            viewport=size, locale={"en": "en-US", "es": "es-US"}[language], java_script_enabled=script,
            storage_state=state, base_url=server.address, reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": f"198.18.{n // 250}.{n % 250 + 1}"})
        self.context.set_default_timeout(PATIENCE)
        if script:
            self.context.add_init_script(
                "document.addEventListener('securitypolicyviolation', e => console.error("
                "'CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI))")
        self.context.on("request", self._asked)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        self.page: Page = self.context.new_page()

    def _asked(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("data", "blob"):
            return
        if f"{address.scheme}://{address.netloc}" != self.server.address:
            self.problems.append(f"request to another host: {request.url}")

    def _said(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def awaits(self, *fragments: str) -> None:
        """What the browser is going to complain of because the test provokes it, such as an answer 422."""
        self.awaited += fragments

    def unawaited(self) -> list[str]:
        return [line for line in self.problems if not any(part in line for part in self.awaited)]

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def text(self, key: str, **values) -> str:
        text = self.words[key]
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def close(self) -> None:
        self.context.close()

    # What holds for every page.

    def looks_at(self, name: str) -> None:
        """Checks the page as it stands, and takes its picture."""
        page = self.page
        wide = self.size["width"]
        if self.language == "en" or wide == PHONE["width"]:
            SHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SHOTS / f"{name}-{wide}-{self.language}.png", full_page=True)
        assert page.locator("html").get_attribute("lang") == self.language, f"{name}: the page's language"
        assert page.title().strip(), f"{name}: a page needs a title"
        seen = [one for one in page.locator("h1").all() if one.is_visible()]
        assert len(seen) == 1, f"{name}: {len(seen)} headings of the first level"
        assert seen[0].inner_text().strip(), f"{name}: an empty heading"
        self._fits(name, wide)
        self._reads(name)
        self._is_in_order(name)
        self._speaks_its_language(name)
        if wide == PHONE["width"]:
            page.set_viewport_size({"width": NARROWEST, "height": 640})
            self._fits(name, NARROWEST)
            page.set_viewport_size(self.size)
        found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        grave = [
            f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:160]}"
            for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"][:3]
        ]
        assert not grave, f"{name} at {wide} in {self.language}:\n" + "\n".join(grave)
        assert not self.unawaited(), f"{name}: {self.unawaited()}"

    def _fits(self, name: str, wide: int) -> None:
        over = self.page.evaluate(
            """() => {
              const wide = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= wide) { return []; }
              const scrolls = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
                if (getComputedStyle(p).overflowX !== 'visible') { return true; } } return false; };
              return [document.documentElement.scrollWidth + ' px'].concat(
                [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > wide + 0.5 && !scrolls(e)).slice(0, 5)
                  .map(e => e.tagName.toLowerCase() + '.' + (e.getAttribute('class') || '') + '#' + e.id));
            }""")
        assert not over, f"{name} scrolls sideways at {wide} px: {over}"

    def _reads(self, name: str) -> None:
        """Words in pictures are as large on the screen as words elsewhere may be small."""
        small = self.page.evaluate(
            """() => [...document.querySelectorAll('svg text')].filter(e => e.checkVisibility()).map(e => {
              const scale = e.getScreenCTM();
              return [parseFloat(getComputedStyle(e).fontSize) * Math.min(Math.abs(scale.a), Math.abs(scale.d)),
                      e.textContent];
            }).filter(([size]) => size < 11.95).slice(0, 5)""")
        assert not small, f"{name} at {self.size['width']}: words too small in a picture: {small}"

    def _is_in_order(self, name: str) -> None:
        """Headings step down one level at a time, and there is one main part to skip to."""
        levels = self.page.evaluate(
            """() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(e => e.checkVisibility())
                .map(e => Number(e.tagName[1]))""")
        for before, after in zip(levels, levels[1:]):
            assert after <= before + 1, f"{name}: a heading of level {after} under one of level {before}: {levels}"
        assert self.page.locator("main#main").count() == 1, f"{name}: no main part"

    def _speaks_its_language(self, name: str) -> None:
        """None of the site's own texts stands on the page in another language than the page's."""
        other = WORDS["es" if self.language == "en" else "en"]
        foreign = {
            text for key, text in other.items()
            if text != self.words.get(key) and "{" not in text and len(text.split()) > 1
        } - set(self.words.values())
        seen = self.page.evaluate(
            """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
              while (walk.nextNode()) { if (!walk.currentNode.parentElement.closest('[lang]:not(html)')) {
                found.push(walk.currentNode.textContent.trim()); } } return found; }""")
        wrong = sorted(foreign.intersection(seen))
        assert not wrong, f"{name} in {self.language}: {wrong[:5]}"
