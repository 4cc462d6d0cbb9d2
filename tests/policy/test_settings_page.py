"""The page of settings is generated from their types."""

from tools.settings_page import PAGE, page


def test_the_page_of_settings_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.settings_page"
