"""Stacks whose file or directory has another name in the base."""

from __future__ import annotations

from plainwork_policies.compare.base import Stacks

_LEAST_COMMON = 0.5
"""Of the addresses of both versions, the part that is common if they are one stack."""


def renamed_stacks(stacks: Stacks, base: Stacks) -> dict[str, str]:
    """Return the path in *base* of each of *stacks* that is not there under its own path.

    A stack is renamed if its former path is gone and most addresses are common, or if both versions have one stack.
    """
    added, gone = [path for path in stacks if path not in base], [path for path in base if path not in stacks]
    if len(stacks) == len(base) == len(added) == 1:
        return dict(zip(added, gone, strict=True))
    pairs = ((_common(stacks[path], base[former]), path, former) for path in added for former in gone)
    found: dict[str, str] = {}
    for common, path, former in sorted(pairs, reverse=True):
        if common >= _LEAST_COMMON and path not in found and former not in found.values():
            found[path] = former
    return found


def _common(addresses: frozenset[str], others: frozenset[str]) -> float:
    every = addresses | others
    return len(addresses & others) / len(every) if every else 0
