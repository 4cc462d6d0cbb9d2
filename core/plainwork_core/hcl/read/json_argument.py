"""The value of an argument that is JSON text, such as a policy document or container definitions."""

from __future__ import annotations

import json

from plainwork_core.hcl.read.gaps import json_problem
from plainwork_core.hcl.read.json_template import TRAILING_COMMA
from plainwork_core.model.conversion import type_name
from plainwork_core.model.values import DEEPEST, JsonText, PartialString, Unknown, Value, is_deep
from plainwork_core.surrogates import without_half_pairs


def json_argument(text: Value, name: str) -> Value:
    """Return the value of *text*; an `Unknown` with the reason where it is unknown or not JSON.

    Args:
        text: a string, also one of which parts are unknown.
        name: of the argument, for the reason.
    """
    if isinstance(text, JsonText):
        return text.document
    if isinstance(text, PartialString) and (problem := json_problem(text)):
        return Unknown(f"{name} is not JSON: {problem}")
    if isinstance(text, Unknown):
        return text
    if not isinstance(text, str):
        return Unknown(f"{name} is {type_name(text)}, not JSON")
    return _parsed(text, name)


def _parsed(text: str, name: str) -> Value:
    try:
        found = json.loads(without_half_pairs(text))
    except json.JSONDecodeError as error:
        is_comma = text[: error.pos].rstrip().endswith(",") and text[error.pos :].lstrip()[:1] in ("]", "}")
        problem = TRAILING_COMMA if is_comma else error.msg
        return Unknown(f"{name} is not JSON: {problem} in line {error.lineno}")
    except ValueError:
        return Unknown(f"{name} has a number of too many digits")
    except RecursionError:
        return Unknown(f"{name} is nested too deeply")
    return Unknown(f"{name} has more than {DEEPEST} levels") if is_deep(found) else found
