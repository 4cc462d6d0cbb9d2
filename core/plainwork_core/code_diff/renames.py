"""Blocks with the same content and another address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from plainwork_core.code_diff.declared import Declared
from plainwork_core.diff.pairs import form

_Key = TypeVar("_Key")
_NOT_RENAMED = ("moved", "removed", "import", "provider", "terraform", "backend", "cloud", "variables file")
"""Blocks without a name, or whose name has a meaning."""
_ADDRESS = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+")
_MOST_COMPARED = 400
"""Pairs of equal blocks whose names are compared; more are paired in their order."""


def renames(gone: Mapping[_Key, Declared], added: Mapping[_Key, Declared]) -> dict[_Key, _Key]:
    """Return the key in *gone* of each block of *added* that is the same under another address.

    Two blocks are the same if their arguments are equal, wherever they refer to blocks that are gone or added.
    """
    before, after = _by_content(gone), _by_content(added)
    found: dict[_Key, _Key] = {}
    for content, keys in after.items():
        if former := before.get(content):
            found.update(_nearest(former, keys, gone, added))
    return found


def _by_content(blocks: Mapping[_Key, Declared]) -> dict[str, list[_Key]]:
    addresses = {block.address for block in blocks.values()}
    found: dict[str, list[_Key]] = defaultdict(list)
    for key, block in blocks.items():
        if block.kind not in _NOT_RENAMED:
            content = _ADDRESS.sub(lambda match: _without_name(match[0], addresses), form(block.values))
            found[f"{block.kind} {block.type} {content}"].append(key)
    return found


def _without_name(reference: str, addresses: set[str]) -> str:
    """Return *reference* without the name of the block, if it is one of *addresses*."""
    steps = reference.split(".")
    for length in (2, 3):
        if ".".join(steps[:length]) in addresses:
            return ".".join((*steps[: length - 1], "*", *steps[length:]))
    return reference


def _nearest(
    former: list[_Key], keys: list[_Key], gone: Mapping[_Key, Declared], added: Mapping[_Key, Declared]
) -> dict[_Key, _Key]:
    """Return the pairs of equal blocks, those with the most similar names first."""
    if len(former) * len(keys) > _MOST_COMPARED:
        return dict(zip(keys, former, strict=False))
    ranked = sorted(
        ((_likeness(gone[old], added[new]), -place, old, new) for old in former for place, new in enumerate(keys)),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    found: dict[_Key, _Key] = {}
    for _, _, old, new in ranked:
        if new not in found and old not in found.values():
            found[new] = old
    return found


def _likeness(one: Declared, other: Declared) -> float:
    return SequenceMatcher(None, one.name, other.name).ratio()
