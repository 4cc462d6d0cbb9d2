"""The page of the API calls is up to date."""

from __future__ import annotations

from tools.api_calls_page import PAGE, page


def test_the_page_is_that_of_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.api_calls_page"
