"""Valid values of single arguments, which Terraform's schema does not have and the provider does not check.

The table is `data/value_rules.json`, made from botocore and pages of AWS by `tools/value_rules.py`. Enumerations are as
of the date of its stamp.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from plainwork_core.data_files import FOLDER
from plainwork_core.errors import did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.model.conversion import as_number, as_string
from plainwork_core.text import enumeration

_DATA = FOLDER / "value_rules.json"
_MAX_SHOWN = 7


@frozen(slots=True)
class Problem:
    """A value that AWS rejects.

    Args:
        argument: its name, or its path in the block.
        message: such as `` `min_capacity` is `4`; the maximum is 2 ``.
        remedy: such as `` Set `min_capacity` to 2. ``
    """

    argument: str
    message: str
    remedy: str


@frozen(slots=True)
class ValueRule:
    """The rule of one argument.

    Args:
        source: a shape of botocore, or the address of a page.
        each: whether the argument is a list or set, of which each member has the rule.
        enum: the valid values.
        min: the least number.
        max: the greatest number.
        max_length: of a string.
        pattern: that a whole string matches.
        form: the pattern in words.
        example: a string that matches.
    """

    source: str
    each: bool = False
    enum: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    max_length: int | None = None
    pattern: str = ""
    form: str = ""
    example: str = ""

    def problem(self, name: str, value: Any) -> Problem | None:
        """Return what is wrong with a known *value* of the argument *name*; `""` and 0 can mean that it is not set."""
        text = as_string(value)
        if not text:
            return None
        rule, remedy = self._text_rule(name, text) if self.min is None else self._number_rule(name, as_number(value))
        shown = text if len(text) <= _MAX_SHOWN**2 else f"{text[: _MAX_SHOWN**2]}..."
        return Problem(name, f"`{name}` is `{shown}`; {rule}", remedy) if rule else None

    def _number_rule(self, name: str, number: float | None) -> tuple[str, str]:
        least, most = self.min or 0, self.max
        if number is None or (number == 0 and least > 0):
            return "", ""
        if most is None:
            return (f"the minimum is {least}", f"Set `{name}` to at least {least}.") if number < least else ("", "")
        is_valid = least <= number <= most
        rule = f"the range is {least} to {most}", f"Set `{name}` to a number from {least} to {most}."
        return ("", "") if is_valid else rule

    def _text_rule(self, name: str, text: str) -> tuple[str, str]:
        if self.enum and text not in self.enum:
            if len(self.enum) > _MAX_SHOWN:
                return "AWS has no such value", f"Set `{name}` to a value of AWS{did_you_mean(text, self.enum)}"
            values = enumeration(self.enum, "or")
            return f"valid values are {values}", f"Set `{name}` to {values}."
        if self.max_length is not None and len(text) > self.max_length:
            limit = f"the maximum length is {self.max_length} characters"
            return limit, f"Shorten `{name}`; {limit}."
        if self.pattern and not re.fullmatch(self.pattern, text):
            return f"AWS requires {self.form}", f'Set `{name}` to a value such as `"{self.example}"`.'
        return "", ""


def value_rules(type_: str) -> Mapping[str, ValueRule]:
    """Return the rules of a resource type, by the path of the argument without indices: `health_check.port`."""
    return _rules().get(type_, {})


def types_with_value_rules() -> tuple[str, ...]:
    """Return the resource types with a rule."""
    return tuple(_rules())


@cache
def _rules() -> dict[str, dict[str, ValueRule]]:
    table = json.loads(_DATA.read_text(encoding="utf-8"))["rules"]
    return {type_: {path: _rule(row) for path, row in rows.items()} for type_, rows in table.items()}


def _rule(row: Mapping[str, Any]) -> ValueRule:
    return ValueRule(**{**row, "enum": tuple(row.get("enum", ()))})
