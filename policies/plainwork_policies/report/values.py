"""The value of a finding in the text report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plainwork_policies.engine.plain_value import UNKNOWN, plain
from plainwork_policies.report import Row

_MAX_LENGTH = 200


def shown_value(row: Row, code: str) -> str:
    """Return the value of the argument as JSON; `""` if it adds nothing to the message and the lines of *code*."""
    value, text = plain(row.finding.value), f"{row.finding.message}\n{code}"
    if all(leaf in text for leaf in _leaves(value)):
        return ""
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _MAX_LENGTH else f"{shown[:_MAX_LENGTH]}..."


def _leaves(value: Any) -> Iterator[str]:
    """Yield the texts in *value* that may be new to a reader."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from _leaves(member)
    elif isinstance(value, list):
        for member in value:
            yield from _leaves(member)
    elif value not in (None, "", UNKNOWN):
        yield json.dumps(value, ensure_ascii=False) if isinstance(value, bool | float) else str(value)
