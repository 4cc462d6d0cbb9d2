"""Module calls."""

from __future__ import annotations

from typing import Any

from plainwork import references
from plainwork.arguments.language import MODULE
from plainwork.errors import ArgumentsError, UndefinedReferenceError
from plainwork.references import Reference
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.declared import Instance
from plainwork.terraform.element import Element, language_body
from plainwork.tree import Construct

_REPEATED = ("count", "for_each")


class ModuleCall(Element):
    """A call of a module: `ModuleCall(stack, "vpc", source="terraform-aws-modules/vpc/aws", version="5.21.0", ...)`.

    The constructs of this library make plain resources; this one is for what a team has in modules already. Its outputs
    are `vpc["vpc_id"]`. The names of inputs and outputs are not checked.

    Args:
        scope: a stack, or a construct in a stack.
        id_: the call's own part of its name.
        source: a registry address, or a URL. A path is relative to the directory in which Terraform runs.
        arguments: the inputs, and `version`, `count`, `for_each`, `providers` (provider configurations by the names in
            the module) and `depends_on`.

    Raises:
        AddressError: the name is not a Terraform identifier, or the stack has this module call already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(self, scope: Construct, id_: str, /, *, source: str, **arguments: Any) -> None:
        naming = naming_scope(scope)
        name = naming.name(id_, "module")
        self.address = f"module.{name}"
        self._body = language_body(naming.registry, "module", self.address, {"source": source, **arguments}, MODULE)
        if all(name in self._body for name in _REPEATED):
            raise ArgumentsError(self.address, ["`count` and `for_each` are mutually exclusive"])
        node_id = f"module.{id_}"
        comment: dict[str, Any] = {"position": naming.registry.register(self.address, naming.path(node_id))}
        if naming.construct:
            comment["construct"] = naming.construct
        self._body["//"] = {"plainwork": comment}
        super().__init__(scope, node_id, {"module": {name: self._body}})

    def __repr__(self) -> str:
        return self.address

    def __getitem__(self, path: str) -> Reference:
        """Return a reference to an output, or to a part of it, such as `subnet_ids[0]`.

        Raises:
            UndefinedReferenceError: the path is not valid, or the call has `count` or `for_each`.
        """
        if repeated := next((name for name in _REPEATED if name in self._body), None):
            raise UndefinedReferenceError(f"{self.address} has `{repeated}`; use module.instance(...)[{path!r}]")
        return references.attribute(self.address, path, None)

    def instance(self, key: int | str) -> Instance:
        """Return one of several instances; see `Resource.instance`.

        Raises:
            UndefinedReferenceError: the call has neither `count` nor `for_each`.
        """
        if not any(name in self._body for name in _REPEATED):
            raise UndefinedReferenceError(f"{self.address} has neither `count` nor `for_each`; use module['output']")
        return Instance(self.address, key, None)
