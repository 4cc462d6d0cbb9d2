"""Addresses and paths in two versions of one stack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plainwork_core.addresses import without_keys

_INDEX = re.compile(r"(?<=\.)\d+(?=\.|$)")


def moved(address: str, moves: Sequence[tuple[str, str]]) -> str:
    """Return what *address* is after *moves*, which may follow each other; each is made once."""
    left = list(moves)
    while found := next(((move, after) for move in left if (after := _after(address, move))), None):
        left.remove(found[0])
        address = found[1]
    return address


def _after(address: str, move: tuple[str, str]) -> str:
    """Return what *address* is after one *move*; `""` if that is of another resource, or was made before.

    A resource may have no key because its instances are not known; the move of an instance is then its move.
    """
    before, after = move
    if is_within(address, before):
        rest = address[len(before) :]
        is_made = is_within(after, before) and is_within(address, after)
        is_other_instance = rest.startswith("[") and after.endswith("]")
        return "" if is_made or is_other_instance else after + rest
    before, after = map(without_keys, move)
    is_without_key = before != move[0] and (address == before or address.startswith(f"{before}."))
    return after + address[len(before) :] if is_without_key else ""


def is_within(address: str, other: str) -> bool:
    """Return whether *address* is *other*, an instance of it, or in it, if it is a module."""
    return address == other or address.startswith((f"{other}.", f"{other}["))


def is_in_module(address: str, call: str) -> bool:
    """Return whether *address* is in the module of *call*, not the call itself."""
    return without_keys(address).startswith(f"{without_keys(call)}.")


def without_indices(path: str) -> str:
    """Return the *path* of an argument without the positions in lists, which change when a member is added."""
    return _INDEX.sub("*", path)
