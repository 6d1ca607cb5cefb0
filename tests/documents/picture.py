"""The picture that the README shows: ``python -m tests.documents.picture``."""

from __future__ import annotations

import shutil

from playwright.sync_api import sync_playwright

from tests.conftest import ROOT
from tests.samples.browsing import CHROMIUM_MISSING, opened

REPORT = ROOT / "reports" / "2022-2023" / "zprava-o-naplnovani.html"
PICTURE = ROOT / "reports" / "nahled.png"


def main() -> None:
    """Take the picture anew."""
    executable = shutil.which("chromium")
    if executable is None:
        raise SystemExit(CHROMIUM_MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        opened(browser, REPORT).screenshot(
            path=str(PICTURE), full_page=True, clip={"x": 0, "y": 0, "width": 1280, "height": 1340}
        )
        browser.close()


if __name__ == "__main__":
    main()
