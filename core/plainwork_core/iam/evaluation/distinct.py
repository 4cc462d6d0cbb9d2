"""References to the ARNs, IDs and names of different resources of one stack, which are not equal."""

from __future__ import annotations

import re

from plainwork_core.addresses import KEY

_IDENTITY = re.compile(
    rf"(?P<module>(?:module\.[\w-]+(?:{KEY.pattern})?\.)*)(?P<type>[a-z][a-z0-9]*_\w+)\.(?P<name>[\w-]+)"
    rf"(?:{KEY.pattern})?\.(?P<attribute>arn|bucket|id|key_id|name|url|zone_id)"
)


def are_distinct(one: str, other: str) -> bool:
    """Return whether two references are the same attribute of two managed resources of one type.

    Two instances of one block are not compared: their keys may be expressions.
    """
    mine, theirs = _IDENTITY.fullmatch(one), _IDENTITY.fullmatch(other)
    if mine is None or theirs is None or _kind(mine) != _kind(theirs):
        return False
    return (mine["module"], mine["name"]) != (theirs["module"], theirs["name"])


def _kind(reference: re.Match[str]) -> tuple[str, str]:
    return reference["type"], reference["attribute"]
