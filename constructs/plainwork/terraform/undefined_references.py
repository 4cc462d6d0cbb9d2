"""References in a synthesized stack to addresses that it does not declare, and references that CDKTF escaped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from plainwork.terraform.synthesized_blocks import KINDS, Block, named, resources, scoped_data
from plainwork_core.schema import Schema
from plainwork_core.schema.versions import choice_of

_ESCAPED = re.compile(r"\$\$\{((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)")
NAMED = ("var", "local", "module")
"""The first names of the addresses that only the stack itself can declare."""


def undefined_references(
    config: Mapping[str, Any], blocks: Iterable[Block], elsewhere: Collection[str]
) -> dict[str, str]:
    """Return each address that the stack refers to and does not declare, with the first block that refers to it.

    Args:
        config: a stack in Terraform's JSON syntax.
        blocks: those of the stack.
        elsewhere: the addresses that other stacks declare. Any other name is an address only if the schema has its
            type.
    """
    known, schema = declared(config), choice_of(config).schema()
    found: dict[str, str] = {}
    for block in blocks:
        for scanned in block.templates.values():
            for names in scanned.references:
                address = ".".join(names[: 3 if names[0] in KINDS else 2])
                if address not in known and (address in elsewhere or _is_address(names, schema)):
                    found.setdefault(address, block.address)
    return found


def declared(config: Mapping[str, Any]) -> set[str]:
    """Return the addresses that the stack declares."""
    values = (f"var.{name}" for name in config.get("variable", {}))
    places = (address for section in ("locals", "module") for address, _ in named(config, section))
    scoped = (address for _, address, _ in scoped_data(config))
    return {*(address for address, _ in resources(config)), *values, *places, *scoped}


def escaped_references(config: Mapping[str, Any], blocks: Iterable[Block]) -> dict[str, str]:
    """Return each declared address that a function of CDKTF has escaped, with the block that contains it.

    CDKTF escapes a `${` in the arguments of its functions: the provider would receive these characters, not the ARN.
    """
    known = {address for address, _ in resources(config)}
    return {
        address: block.address
        for block in blocks
        for text in block.templates
        if "$${" in text
        for address in _ESCAPED.findall(text)
        if address in known
    }


def _is_address(names: tuple[str, ...], schema: Schema) -> bool:
    """Return whether the names are those of a value of the stack, or of a type that the schema has."""
    match names:
        case (_, "key" | "value", *_):
            return False  # of `dynamic` blocks, which may be called `action`
        case ("ephemeral" | "action", _, _, *_):
            return True
        case ("data", type_, _, *_):
            return schema.block("data", type_) is not None
        case (first, _, *_):
            return first in NAMED or schema.block("resource", first) is not None
    return False
