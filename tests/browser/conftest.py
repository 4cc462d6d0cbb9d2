"""Pages in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import CHROMIUM, Browser, Page, running_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; tests are skipped if there is none, unless `PLAINWORK_REQUIRE_BROWSER` is set."""
    if CHROMIUM is None:
        if os.environ.get("PLAINWORK_REQUIRE_BROWSER"):
            pytest.fail("Chromium is not installed; install the package `chromium`")
        pytest.skip("Chromium is not installed")
    with running_browser() as found:
        yield found


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A new tab of 1280 x 800 pixels."""
    page = browser.page()
    yield page
    page.close()


@pytest.fixture(autouse=True)
def _directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
