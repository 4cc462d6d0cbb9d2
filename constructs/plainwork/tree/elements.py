"""The constructs of a tree of plain Python, except stacks and apps."""

from __future__ import annotations

from typing import Any

from plainwork.errors import AddressError
from plainwork.tree.node import Node, missing_member


class Construct:
    """A node of the tree."""

    node: Node

    def __init__(self, scope: Any, id_: str) -> None:
        self.__dict__["node"] = Node(self, scope, id_)

    def to_string(self) -> str:
        """Return the path."""
        return self.node.path or "<root>"

    def __getattr__(self, name: str) -> Any:
        raise missing_member(self, name)


class TerraformElement(Construct):
    """A construct with a fragment of the configuration."""

    def to_terraform(self) -> dict[str, Any]:
        """Return the fragment."""
        return {}

    def to_metadata(self) -> dict[str, Any]:
        """Return the fragment of the metadata of the stack."""
        return {}

    @property
    def cdktf_stack(self) -> Any:
        """The stack of the element."""
        return stack_of(self)


class _Attributes(TerraformElement):
    """A resource or data source: its type, and references under the names that CDKTF has."""

    terraform_resource_type: str
    address: str

    def __init__(self, scope: Any, id_: str, *, terraform_resource_type: str) -> None:
        super().__init__(scope, id_)
        self.__dict__["terraform_resource_type"] = terraform_resource_type

    @property
    def fqn(self) -> str:
        """A reference to the whole resource."""
        return f"${{{self.address}}}"

    def interpolation_for_attribute(self, terraform_attribute: str) -> str:
        """Return a reference to an attribute."""
        return f"${{{self.address}.{terraform_attribute}}}"

    get_string_attribute = get_number_attribute = get_boolean_attribute = get_any_map_attribute = (
        interpolation_for_attribute
    )
    get_list_attribute = get_string_map_attribute = get_number_list_attribute = interpolation_for_attribute


class TerraformResource(_Attributes):
    """A resource."""


class TerraformDataSource(_Attributes):
    """A data source."""


class TerraformProvider(TerraformElement):
    """A provider configuration."""

    def __init__(self, scope: Any, id_: str, *, terraform_resource_type: str) -> None:
        super().__init__(scope, id_)
        self.__dict__["terraform_resource_type"] = terraform_resource_type


class TerraformOutput(TerraformElement):
    """An output value."""

    friendly_unique_id: str

    def __init__(self, scope: Any, id_: str, **_config: Any) -> None:
        super().__init__(scope, id_)


class TerraformBackend(TerraformElement):
    """A backend."""

    def __init__(self, scope: Any, id_: str, name: str) -> None:
        super().__init__(scope, id_)
        self.name = name

    def to_metadata(self) -> dict[str, Any]:
        """Return the name of the backend."""
        return {"backend": self.name}


class Stack(Construct):
    """A part of the tree with a configuration of its own."""


def stack_of(construct: Construct) -> Any:
    """Return the stack that contains a construct.

    Raises:
        AddressError: there is none.
    """
    for scope in reversed(construct.node.scopes):
        if isinstance(scope, Stack):
            return scope
    raise AddressError(f"{type(construct).__name__} {construct.node.path!r} is not in a stack")
