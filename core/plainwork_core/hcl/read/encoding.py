"""JSON as Terraform's `jsonencode` writes and `jsondecode` reads it."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.model.conversion import number
from plainwork_core.model.values import JsonText, PartialMap, Unknown, Value, merged, unknowns
from plainwork_core.surrogates import without_half_pairs

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
        return json.loads(without_half_pairs(text), parse_float=number, parse_int=number, parse_constant=_reject)
    except RecursionError:
        raise Unsupported("on JSON that is nested so deeply") from None
    except ValueError as error:
        raise Rejected(f"it is not JSON: {error}") from None


def _reject(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")
