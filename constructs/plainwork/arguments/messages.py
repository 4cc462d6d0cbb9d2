"""Messages about arguments, which the modules of this package share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork_core.errors import did_you_mean
from plainwork_core.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterable


_FEW = 3
"""The number of names up to which a message lists all that a block has."""


def unsupported(path: str, value: Any, name: str, known: Iterable[str], difference: str = "") -> str:
    """Return the message for an argument that the block does not have, or only in another version (*difference*)."""
    names = list(known)
    hint = f"; {difference}" if difference else did_you_mean(name, names)
    if not hint and 0 < len(names) <= _FEW:
        hint = f"; supported: {enumeration(names)}"
    return f"unsupported argument `{path}` (value {value!r}){hint}"


def wrong_value(path: str, value: Any, expected: str) -> str:
    """Return the message for a value of the wrong type or form."""
    return f"`{path}` must be {expected} (value {value!r}{_hint(value, expected)})"


def _hint(value: Any, expected: str) -> str:
    if hasattr(value, "reference"):
        return "; use its value, such as variable.reference"
    if hasattr(value, "address"):
        return "; use one of its attributes, such as resource['arn']"
    if isinstance(value, Mapping) and expected == "of type string":
        return "; for JSON use `jsonencode` of `plainwork.functions`"
    return ""
