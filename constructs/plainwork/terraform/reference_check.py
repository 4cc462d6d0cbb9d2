"""The check of all references of a synthesized stack, in every app that contains it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork.errors import UndefinedReferenceError
from plainwork.terraform.addresses import other_registries
from plainwork.terraform.backend import READ_THERE
from plainwork.terraform.invalid_references import invalid_references
from plainwork.terraform.synthesized_blocks import blocks
from plainwork.terraform.undefined_references import NAMED, declared, escaped_references, undefined_references
from plainwork.tree import TerraformStack, add_validation
from plainwork_core.errors import did_you_mean
from plainwork_core.text import enumeration

_USE_TERRAFORM_FUNCTION = (
    "which CDKTF escapes; use Terraform's function in a string '${...}', or resource.get_string_attribute('...')"
)


def check_references(stack: TerraformStack, config: Mapping[str, Any]) -> None:
    """Check the references of a stack.

    Args:
        stack: the stack.
        config: its configuration in Terraform's JSON syntax.

    Raises:
        UndefinedReferenceError: Terraform would reject a reference; the error has all reasons.
    """
    problems = _reference_problems(stack, config)
    if problems:
        raise UndefinedReferenceError("\n  ".join([f"stack {stack.node.id!r} cannot be synthesized:", *problems]))


def validate_references(stack: TerraformStack) -> None:
    """Make the synthesis of an app that is not a `plainwork.App` check the references of *stack*."""
    if not getattr(stack.node.root, "checks_references", False):
        add_validation(stack, lambda: _reference_problems(stack, stack.to_terraform()))


def _reference_problems(stack: TerraformStack, config: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each reference that Terraform would reject."""
    stacks_by_address: dict[str, list[str]] = {}
    for registry in other_registries(stack):
        for address in registry.addresses:
            stacks_by_address.setdefault(address, []).append(registry.stack)
    read = blocks(config)
    known, undefined = declared(config), undefined_references(config, read, stacks_by_address)
    return [
        *(
            _undefined(address, block, stacks_by_address.get(address, []), known)
            for address, block in undefined.items()
        ),
        *dict.fromkeys(invalid_references(config, read)),
        *(
            f"{block} has {address} in a function of CDKTF, {_USE_TERRAFORM_FUNCTION}"
            for address, block in escaped_references(config, read).items()
        ),
    ]


def _undefined(address: str, block: str, stacks: list[str], known: set[str]) -> str:
    reference, kind = f"{block} refers to {address}", address.partition(".")[0]
    if stacks:
        named = enumeration((f"stack {stack!r}" for stack in stacks), mark="")
        return f"{reference}, which is declared in {named}: {READ_THERE}"
    if kind not in NAMED:
        return f"{reference}, which no stack of the app declares"
    similar = did_you_mean(address, (other for other in known if other.startswith(f"{kind}.")))
    return f"{reference}, which the stack does not declare{similar}"
