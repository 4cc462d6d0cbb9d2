"""Actions of any type, with Terraform's own argument names."""

from __future__ import annotations

from typing import Any

from plainwork.terraform.declaration import declare
from plainwork.terraform.declared import Instance
from plainwork.terraform.element import Element
from plainwork.tree import Construct


class Action(Element):
    """An action of a provider: `Action(scope, "aws_lambda_invoke", "notify", config={"function_name": ...})`.

    `terraform apply -invoke=action.aws_lambda_invoke.notify` runs it, or a resource whose `lifecycle` refers to it:
    `lifecycle={"action_trigger": [{"events": ["after_create"], "actions": [notify]}]}`. Actions require Terraform 1.14;
    OpenTofu has none. See https://developer.hashicorp.com/terraform/language/block/action.

    Args:
        scope: a stack, or a construct in a stack.
        type_: the type of the action.
        id_: the action's own part of its name; optional inside a construct.
        arguments: `config` (the provider's arguments and nested blocks), `count`, `for_each` and `provider`.

    Raises:
        AddressError: the name is not a Terraform identifier, or the stack has this address already.
        ArgumentsError: Terraform would reject the arguments, or the app is for OpenTofu.
    """

    def __init__(self, scope: Construct, type_: str, id_: str | None = None, /, **arguments: Any) -> None:
        self._declaration = declaration = declare("action", scope, type_, id_, arguments)
        super().__init__(scope, declaration.node_id, {"action": {type_: {declaration.name: declaration.body}}})

    @property
    def address(self) -> str:
        """The address in Terraform: `action.aws_lambda_invoke.notify`."""
        return self._declaration.address

    def instance(self, key: int | str) -> Instance:
        """Return one of several instances.

        Args:
            key: an index with `count`; with `for_each` a key, or an expression such as `${each.key}`.
        """
        return Instance(self.address, key, self._declaration.schema)
