"""All functions of HCL that are evaluated; any other is unknown by name.

Only those are here whose result is exact: none that reads the clock or a random number, no regular expressions, whose
dialect is Go's. See https://developer.hashicorp.com/terraform/language/functions.
"""

from __future__ import annotations

import base64
import hashlib
import math
from decimal import Decimal
from functools import reduce
from urllib.parse import quote_plus

from plainwork_core.hcl.read.conversions import to_boolean, to_integer, to_list, to_number, to_text
from plainwork_core.hcl.read.encoding import json_decode, json_encode
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.functions_collections import FUNCTIONS as COLLECTIONS
from plainwork_core.hcl.read.functions_files import FUNCTIONS as FILES
from plainwork_core.hcl.read.functions_networks import FUNCTIONS as NETWORKS
from plainwork_core.hcl.read.functions_text import FILLS
from plainwork_core.hcl.read.functions_text import FUNCTIONS as TEXT
from plainwork_core.hcl.read.gaps import filled
from plainwork_core.hcl.read.operators import EXACT
from plainwork_core.hcl.read.references import Scope
from plainwork_core.hcl.read.signature import Convert, Function, any_value
from plainwork_core.model.conversion import exact
from plainwork_core.model.values import JsonText, Unknown, Value

_LONGEST_RANGE = 1024
_LONGEST_INTEGER = 100


def call(name: str, arguments: list[Value], scope: Scope) -> Value:
    """Return the value of `name(arguments)`, an unknown where it cannot be known or is not evaluated.

    Raises:
        Rejected: arguments that Terraform would not take.
    """
    plain = name.removeprefix("core::")
    match plain, arguments:
        case "jsondecode", [JsonText(document=document)]:
            return document
    if plain not in _FUNCTIONS:
        return Unknown(f"the function `{name}` is not evaluated; check a plan")
    function = _FUNCTIONS[plain]
    if plain in FILLS and arguments and FILLS[plain](*arguments):
        return filled(lambda values: function(name, values, scope), arguments)
    return function(name, arguments, scope)


def _sum(members: list[Value]) -> Value:
    if not members:
        raise Rejected("the list has no members")
    return exact(reduce(EXACT.add, (Decimal(repr(to_number(member))) for member in members)))


def _whole(value: Value) -> int:
    number = to_number(value)
    if isinstance(number, int):
        return number
    raise Unsupported("on fractions")


def _range(first: int, *others: int) -> list[int]:
    start, end, *step = (first, *others) if others else (0, first)
    by = step[0] if step else 1 if end >= start else -1
    if by == 0 or (end - start) * by < 0:
        raise Rejected("the step does not lead from the start to the end")
    if abs(end - start) > _LONGEST_RANGE * abs(by):
        raise Rejected(f"the list would have more than {_LONGEST_RANGE} members")
    return list(range(start, end, by))


def _parseint(digits: str, base: int) -> int:
    if len(digits) > _LONGEST_INTEGER:
        raise Unsupported(f"on more than {_LONGEST_INTEGER} digits")
    try:
        return int(digits if digits.isalnum() or digits.startswith("-") else "", base)
    except ValueError:
        raise Rejected(f"the text is no whole number to the base {base}") from None


def _or_null(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _digest(algorithm: str) -> Function:
    return Function(lambda text: hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest(), (to_text,))


_FUNCTIONS = {
    **TEXT,
    **COLLECTIONS,
    **FILES,
    **NETWORKS,
    "abs": Function(abs, (to_number,)),
    "base64encode": Function(lambda text: base64.b64encode(text.encode()).decode(), (to_text,)),
    "ceil": Function(math.ceil, (to_number,)),
    "floor": Function(math.floor, (to_number,)),
    "jsondecode": Function(json_decode, (to_text,)),
    "jsonencode": Function(json_encode, (any_value,), whole=True),
    "max": Function(max, (to_number,), rest=to_number),
    "md5": _digest("md5"),
    "min": Function(min, (to_number,), rest=to_number),
    "nonsensitive": Function(any_value, (any_value,), partial=True),
    "parseint": Function(_parseint, (to_text, to_integer)),
    "range": Function(_range, (_whole,), rest=_whole),
    "sensitive": Function(any_value, (any_value,), partial=True),
    "sha1": _digest("sha1"),
    "sha256": _digest("sha256"),
    "sha512": _digest("sha512"),
    "signum": Function(lambda number: (number > 0) - (number < 0), (to_number,)),
    "sum": Function(_sum, (to_list,)),
    "tobool": Function(any_value, (_or_null(to_boolean),)),
    "tonumber": Function(any_value, (_or_null(to_number),)),
    "tostring": Function(any_value, (_or_null(to_text),)),
    "urlencode": Function(quote_plus, (to_text,)),
}
