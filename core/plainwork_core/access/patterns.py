"""Texts of policies as patterns of which some parts are unknown.

The same unknown part in two texts is one value. Any other unknown part decides nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from plainwork_core.frozen import frozen
from plainwork_core.iam.overlap import overlap
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import quote
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.wildcards import covers

_BEGIN, _END = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_BEGIN}[^{_END}]*{_END}")
_PARTITION = re.compile(rf"^arn:(?:aws(?:-[a-z]+)*|{_TOKEN.pattern}):")
_ATTRIBUTE = re.compile(
    rf"([^{_BEGIN}]*){_BEGIN}((?:module\.[^.]+\.)*)(data\.)?([a-z][a-z0-9]*_\w+\.[^.{_END}]+)\.[^{_END}]*{_END}"
)
"""The text before an attribute of a resource or data source, its module, mode, and address there."""
Resolve = Callable[[Unknown], str]
"""Returns the text of an unknown part; `""` if it has none."""


@frozen(slots=True)
class Pattern:
    """A text of a policy.

    Args:
        text: that is compared. It has a token in place of each unknown part.
        shown: for people, as `${aws_s3_bucket.data.arn}/*`.
    """

    text: str
    shown: str


def pattern_of(text: Text, resolve: Resolve) -> Pattern:
    """Return *text* as a pattern. All partitions are one: a stack is in one of them."""
    if not isinstance(text, Unknown):
        return Pattern(_PARTITION.sub("arn:aws:", text), text)
    parts = text.parts if isinstance(text, PartialString) else (text,)
    compared = "".join(part if isinstance(part, str) else resolve(part) or token(part) for part in parts)
    return Pattern(_PARTITION.sub("arn:aws:", compared), shown(text))


def shown(text: Text) -> str:
    """Return *text* for people; of a value that refers to several others, the first of them."""
    quoted = quote(text)
    if isinstance(text, Unknown) and text.references and quoted == "${...}":
        return f"${{{text.references[0]}, ...}}"
    return quoted


def token(part: Unknown) -> str:
    """Return what is in place of an unknown part: its references, or the reason why it is unknown."""
    return token_of(", ".join(part.references) or part.reason)


def token_of(name: str) -> str:
    """Return the token of *name*, such as the address of a resource."""
    return f"{_BEGIN}{name}{_END}"


def without_tokens(text: str) -> str:
    """Return *text*, of a `Pattern`, with a wildcard in place of each unknown part."""
    return _TOKEN.sub("*", text)


def is_partly_unknown(text: str) -> bool:
    """Return whether *text*, of a `Pattern`, has an unknown part."""
    return _BEGIN in text


@lru_cache(maxsize=65536)
def includes(wide: str, narrow: str) -> bool | None:
    """Return whether *wide* matches all that *narrow* matches; `None` if their unknown parts decide."""
    if wide == narrow or covers(wide, narrow):
        return True
    if _BEGIN not in wide and _BEGIN not in narrow:
        return False
    return None if may_overlap(wide, narrow) else False


@lru_cache(maxsize=65536)
def may_overlap(one: str, other: str) -> bool:
    """Return whether some text may match both patterns.

    Attributes of two resources, or of two data sources, are two texts. A data source may have read a resource.
    """
    return not _are_of_two(one, other) and overlap(without_tokens(one), without_tokens(other))


def _are_of_two(one: str, other: str) -> bool:
    mine, theirs = _ATTRIBUTE.match(one), _ATTRIBUTE.match(other)
    if mine is None or theirs is None or mine.group(1, 3) != theirs.group(1, 3):
        return False
    return mine.group(2, 4) != theirs.group(2, 4)
