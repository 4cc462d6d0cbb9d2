"""The page of causes and error texts is generated from the tables."""

from tools.doctor_page import PAGE, ROOT, RUNS, page


def test_the_page_of_causes_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.doctor_page"


def test_the_runs_that_the_page_names_exist() -> None:
    assert (ROOT / RUNS).is_file()
