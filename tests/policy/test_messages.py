"""The wording of every message is kept in one generated file a family."""

import pytest

from tools.messages import FAMILIES, FOLDER, messages_of


@pytest.mark.parametrize("family", FAMILIES)
def test_the_messages_are_up_to_date(family):
    kept = FOLDER / f"{family}.txt"
    assert kept.read_text(encoding="utf-8") == messages_of(family), "run python -m tools.messages"
