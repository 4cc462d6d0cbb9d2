"""The wording of every message is kept in one generated file a family."""

import pytest

from tools.messages import files

FILES = files()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_messages_are_up_to_date(file):
    assert file.read_text(encoding="utf-8") == FILES[file], "run python -m tools.messages"
