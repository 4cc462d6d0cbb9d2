"""The page of settings is generated from their types."""

from tools import settings_page


def test_the_page_of_settings_is_up_to_date():
    assert settings_page.main(["--check"]) == 0
