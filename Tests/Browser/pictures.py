"""Makes the pictures of the documentation from the program itself. usage: .venv/bin/python Tests/Browser/pictures.py"""

from __future__ import annotations

import os
import sys

from playwright.sync_api import sync_playwright

from server import ROOT, serving

PICTURES = ROOT / "Docs" / "Pictures"
LIMIT = 400_000
WIDTH = 1280
PASSWORD = "a lighthouse at the end of the pier"


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with serving(size="0.3", seed="1") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("THROUGHLINE_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"] if as_root else [])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 900}, locale="en-US", base_url=server.address,
            reduced_motion="reduce")
        page.set_default_timeout(60_000)

        def save(name: str, height: int) -> None:
            page.evaluate("document.fonts.ready.then(() => true)")
            whole = page.evaluate("document.documentElement.scrollHeight")
            page.screenshot(
                path=PICTURES / name, full_page=True,
                clip={"x": 0, "y": 0, "width": WIDTH, "height": min(height, whole)})

        page.goto("/services/passport-renewal")
        save("service.png", 1180)
        page.goto(server.first_link)
        page.fill("#name", "administrator")
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.click("main button[type=submit]")
        page.fill("#name", "administrator")
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/staff")
        page.goto("/staff/services/passport-renewal")
        save("staff-service.png", 1900)
        browser.close()
    for name in ("service.png", "staff-service.png"):
        size = (PICTURES / name).stat().st_size
        print(f"{PICTURES / name}: {size:,} bytes")
        if size > LIMIT:
            print(f"{name} is larger than {LIMIT:,} bytes; show less of the page.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
