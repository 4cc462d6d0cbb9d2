"""JSON as Terraform's `jsonencode` writes and `jsondecode` reads it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import NoReturn

from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.syntax.literals import whole
from plainwork_core.model.values import JsonText, PartialMap, Unknown, Value, merged, unknowns

_SPECIAL = re.compile("[<>&\u2028\u2029]")


def json_text(value: Value) -> str:
    """Return *value*, all known, as compact JSON with sorted keys, in which `<`, `>` and `&` are escaped."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(key)}:{json_text(member)}" for key, member in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(json_text(member) for member in value) + "]"
    if isinstance(value, str):
        return _SPECIAL.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(value, ensure_ascii=False))
    return "null" if value is None else to_text(value)


def json_encode(value: Value) -> Value:
    """Return the JSON text of *value*, or a `JsonText` where part of it is unknown."""
    hidden = list(unknowns(value))
    if not hidden:
        return json_text(value)
    whole_text = merged(hidden)
    if isinstance(value, Unknown) and not isinstance(value, PartialMap):
        return whole_text
    return JsonText(whole_text.reason, whole_text.references, value)


def json_decode(text: str) -> Value:
    """Return the value of the JSON *text*.

    Raises:
        Rejected: *text* is not JSON.
    """
    try:
        return json.loads(text, parse_float=_number, parse_constant=_reject)
    except (ValueError, RecursionError) as error:
        raise Rejected(f"it is not JSON: {error}") from None


def _number(digits: str) -> int | float:
    return whole(Decimal(digits))


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")
