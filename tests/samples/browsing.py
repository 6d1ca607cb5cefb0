"""Chromium and axe as the tests call them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_MISSING = (
    "Prohlížeč Chromium tu není, stránku nelze ověřit. Nainstalujte jej příkazem "
    "`sudo apt-get install chromium` a spusťte zkoušku znovu."
)
WIDE, NARROW = 1280, 320

#: WCAG 2.2 AA and what axe calls best practice.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def opened(browser: Browser, file: Path, width: int = WIDE, **context: bool) -> Page:
    """The page of ``file`` in a window of this width."""
    page = browser.new_page(viewport={"width": width, "height": 800}, **context)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    return page


def violations(page: Page) -> str:
    """axe's report of what is wrong with the page; empty when nothing is."""
    result = Axe().run(page, options=_RULES)
    return result.generate_report() if result.violations_count else ""


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
