from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examples import invalid
from plainwork import PlainworkError
from tools.examples_hcl import examples, hcl

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.parent.name)
def test_the_hcl_beside_an_example_is_what_it_gives(example: Path) -> None:
    assert example.with_suffix(".tf").read_text(encoding="utf-8") == hcl(example), "run python -m tools.examples_hcl"


def test_each_mistake_of_the_example_is_an_error_with_a_remedy() -> None:
    messages = []
    for mistake in invalid.MISTAKES:
        with pytest.raises(PlainworkError) as error:
            mistake()
        messages.append(str(error.value))
    assert "did you mean `versioning_configuration`?" in messages[0]
    assert "did you mean `arn`?" in messages[1]
    assert "use another bucket, or set environments=" in messages[2]
    assert "set the execute bit, as in '750'" in messages[3]
    assert "percent must be one of the steps 0, 5, 25, 50, 100" in messages[4]
