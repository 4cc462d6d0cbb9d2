"""A piece of configuration that CDKTF merges into the stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork import emission
from plainwork._cdktf import Construct, TerraformElement
from plainwork.checks import arguments as checks
from plainwork.errors import ArgumentsError
from plainwork.terraform.overrides import override
from plainwork_core.schema import BlockSchema


class Element(TerraformElement):
    """Plain data in Terraform's JSON syntax, under a construct of its own.

    Args:
        scope: a stack, or a construct in one.
        node_id: the id of the construct.
        fragment: the configuration, from its top-level key downwards: `{"locals": {"port": 443}}`.
    """

    def __init__(self, scope: Construct, node_id: str, fragment: dict[str, Any]) -> None:
        self._fragment = fragment
        super().__init__(scope, node_id)

    def to_terraform(self) -> dict[str, Any]:
        """What CDKTF writes."""
        return self._fragment

    def add_override(self, path: str, value: Any) -> None:
        """Write a value that no check has seen, at a dotted path from the top-level key; None removes what is there."""
        override(self._fragment, path, value)


def checked(address: str, arguments: Mapping[str, Any], schema: BlockSchema) -> dict[str, Any]:
    """The body of a block in Terraform's JSON syntax.

    Raises:
        ArgumentsError: the schema does not take the arguments.
    """
    if problems := list(checks.problems(arguments, schema)):
        raise ArgumentsError(address, problems)
    return emission.block(arguments, schema)
