"""A part of the configuration that CDKTF merges into the stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork.arguments.json_body import json_body
from plainwork.errors import ArgumentsError
from plainwork.terraform.overrides import override
from plainwork.terraform.registry import AddressRegistry
from plainwork.terraform.target import features
from plainwork.tree import Construct, TerraformElement
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.type_constraints import type_problem
from plainwork_core.schema import BlockSchema

_TYPED = ("output", "variable")
_BLOCKS = {**LANGUAGE, "encryption": LANGUAGE["terraform"].blocks["encryption"]}


class Element(TerraformElement):
    """Plain data in Terraform's JSON syntax, as a construct of its own.

    Args:
        scope: a stack, or a construct in a stack.
        node_id: the id of the construct.
        fragment: the configuration from its top-level key downwards: `{"locals": {"port": 443}}`.
    """

    def __init__(self, scope: Construct, node_id: str, fragment: dict[str, Any]) -> None:
        self._fragment = fragment
        super().__init__(scope, node_id)

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        return self._fragment

    def add_override(self, path: str, value: Any) -> None:
        """Set a value without checks at a dotted path from the top-level key; None removes the value."""
        override(self._fragment, path, value)


def language_body(
    registry: AddressRegistry, kind: str, address: str, arguments: Mapping[str, Any], schema: BlockSchema
) -> dict[str, Any]:
    """Return the body of a block of Terraform itself in JSON syntax, and require the versions that have its parts.

    Args:
        registry: of the stack.
        kind: of the block, such as `output`.
        address: of the block, for errors.
        arguments: by Terraform's names; None means absent.
        schema: of the block.

    Raises:
        ArgumentsError: the arguments do not match the schema, or the target of the app does not have one.
    """
    body = checked_body(address, arguments, schema)
    problems = registry.require(features(_BLOCKS[kind], body, kind))
    if kind in _TYPED and isinstance(body.get("type"), str) and (problem := type_problem(body["type"])):
        problems.append(problem)
    if problems:
        raise ArgumentsError(address, problems)
    return body


def checked_body(address: str, arguments: Mapping[str, Any], schema: BlockSchema) -> dict[str, Any]:
    """Return the body of a block in Terraform's JSON syntax.

    Raises:
        ArgumentsError: the arguments do not match the schema.
    """
    checked = json_body(arguments, schema)
    if checked.problems:
        raise ArgumentsError(address, checked.problems)
    return checked.body
