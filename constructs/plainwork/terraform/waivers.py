"""Waivers in Python: the findings of policies that resources and constructs accept, for the metadata of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.errors import ArgumentsError
from plainwork_core.waivers import Waiver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plainwork.terraform.addresses import NamingScope
    from plainwork.terraform.registry import AddressRegistry


def of_block(address: str, waive: Iterable[Waiver]) -> Iterator[dict[str, str]]:
    """Yield the waivers of one block.

    Raises:
        ArgumentsError: one is not a `Waiver`, or has an argument or a path.
    """
    for waiver in waive:
        _check(address, waiver)
        yield _row(waiver, waiver.address)


def register(registry: AddressRegistry, ids: tuple[str, ...], waive: Iterable[Waiver]) -> None:
    """Keep the waivers of the construct with *ids* for the first block in it.

    A waiver without an address is about each block of the construct, whose names begin with the ids.

    Raises:
        ArgumentsError: as for `of_block`.
    """
    name = "_".join(ids)
    rows = []
    for waiver in waive:
        _check(f"construct {name}", waiver)
        rows.append(_row(waiver, waiver.address or f"*.{name},*.{name}_*"))
    if rows:
        registry.waivers[ids] = rows


def of_constructs(naming: NamingScope) -> Iterator[dict[str, str]]:
    """Yield the waivers of the constructs around a block that no earlier block has."""
    for depth in range(1, len(naming.ids) + 1):
        yield from naming.registry.waivers.pop(naming.ids[:depth], ())


def _check(owner: str, waiver: Waiver) -> None:
    if not isinstance(waiver, Waiver):
        raise ArgumentsError(owner, [f"`waive` has {waiver!r}; use plainwork.Waiver"])
    if waiver.argument or waiver.path:
        problem = f"the waiver of {waiver.policy} has `argument` or `path`; write it as [[waivers]] in plainwork.toml"
        raise ArgumentsError(owner, [problem])


def _row(waiver: Waiver, address: str) -> dict[str, str]:
    row = {
        "policy": waiver.policy,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
    }
    return {**row, "address": address} if address else row
