"""A real Chromium for tests, in which whatever breaks a page's rules fails the test."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pace import GENEROUS

CHROMIUM = shutil.which("chromium")
SECONDS = 30.0


def launched() -> Iterator[Browser]:
    """Chromium, until the tests are over."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        yield browser
        browser.close()


class Tabs:
    """Opens pages; closing them fails the test where they broke their security policy, or a script of theirs failed."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._faults: list[str] = []

    def open(self, width: int = 1100, dark: bool = False, scripts: bool = True) -> Page:
        """A page."""
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.set_default_timeout(SECONDS * GENEROUS * 1000)
        page.on("console", lambda message: self._faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._faults.append(str(error)))
        return page

    def close(self) -> None:
        """Close them all, and see what was wrong."""
        for context in self._browser.contexts:
            context.close()
        assert self._faults == []
