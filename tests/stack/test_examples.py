from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.examples_hcl import examples, hcl

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.parent.name)
def test_the_hcl_beside_an_example_is_what_it_gives(example: Path) -> None:
    assert example.with_suffix(".tf").read_text(encoding="utf-8") == hcl(example), "run python -m tools.examples_hcl"
