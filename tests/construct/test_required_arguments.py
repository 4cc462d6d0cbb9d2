"""The numbers of arguments in docs/constructs.md are those of the signatures."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import plainwork

PAGE = (Path(__file__).parents[2] / "docs" / "constructs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| \[`(\w+)`\]\([^)]+\) \| (\d+) \| \d* \| (\d+) \|", PAGE, re.MULTILINE)
LIMITS = {
    "S3StateBackend": 2,
    "FileSystem": 3,
    "ValkeyReplicationGroup": 7,
    "ValkeyServerless": 6,
    "DnsCanary": 5,
    "TargetGroupCanary": 6,
}


def keywords(construct: str) -> list[inspect.Parameter]:
    parameters = inspect.signature(getattr(plainwork, construct).__init__).parameters.values()
    return [parameter for parameter in parameters if parameter.kind is inspect.Parameter.KEYWORD_ONLY]


@pytest.mark.parametrize(("construct", "required", "optional"), ROWS)
def test_the_page_has_the_numbers_of_the_signature(construct: str, required: str, optional: str) -> None:
    without_default = [parameter for parameter in keywords(construct) if parameter.default is parameter.empty]
    assert (len(without_default), len(keywords(construct)) - len(without_default)) == (int(required), int(optional))


@pytest.mark.parametrize("construct", LIMITS)
def test_a_common_call_stays_short(construct: str) -> None:
    required = {name: int(number) for name, number, _ in ROWS}
    assert required[construct] <= LIMITS[construct]
