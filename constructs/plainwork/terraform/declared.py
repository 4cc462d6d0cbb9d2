"""What resources, data sources and ephemeral resources have in common: address, references and overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import references
from plainwork.errors import PlainworkError, UndefinedReferenceError
from plainwork.terraform.overrides import override

if TYPE_CHECKING:
    from plainwork.references import Reference
    from plainwork.terraform.declaration import Declaration
    from plainwork_core.schema import BlockSchema


class Instance:
    """One instance of a resource or a module call with `count` or `for_each`.

    Args:
        block: the address of the block.
        key: of the instance.
        schema: of the block; None if its attributes are not known.

    Attributes:
        address: such as `aws_instance.web[0]`.
    """

    def __init__(self, block: str, key: int | str, schema: BlockSchema | None) -> None:
        self.address = f"{block}[{references.instance_key(key)}]"
        self._schema = schema

    def __getitem__(self, path: str) -> Reference:
        """Return a reference to an attribute of this instance; see `plainwork.references.attribute`."""
        return references.attribute(self.address, path, self._schema)


class Declared:
    """Address, references and overrides of a resource, data source or ephemeral resource."""

    _declaration: Declaration

    @property
    def address(self) -> str:
        """The address in Terraform: `aws_s3_bucket.state`, `data.aws_region.current`."""
        return self._declaration.address

    @property
    def block_type(self) -> str:
        """The type of the resource or data source, such as `aws_s3_bucket`."""
        return self._declaration.type

    def __repr__(self) -> str:
        return self._declaration.address

    def __getitem__(self, path: str) -> Reference:
        """Return a reference to an attribute, such as `bucket["arn"]`; see `plainwork.references.attribute`.

        Raises:
            UndefinedReferenceError: the type has no such attribute, or the resource has `count` or `for_each`.
        """
        return self.attribute(path)

    def attribute(self, path: str) -> Reference:
        """Return what `resource[path]` returns, for a path that is not in the stub of the type: `tags["Name"]`.

        Raises:
            UndefinedReferenceError: the type has no such attribute, or the resource has `count` or `for_each`.
        """
        if repeated := self._repeated_by():
            raise UndefinedReferenceError(
                f"{self.address} has `{repeated}`; use resource.instance(...)[{path!r}] or resource.every({path!r})"
            )
        return references.attribute(self.address, path, self._declaration.schema)

    if not TYPE_CHECKING:  # a type checker would accept every name

        def __getattr__(self, name: str) -> Any:
            declaration = self.__dict__.get("_declaration")
            if declaration is None or declaration.schema is None or name not in declaration.schema.names:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            raise AttributeError(f"{self.address} has no Python attribute {name!r}; use resource[{name!r}]")

    def instance(self, key: int | str) -> Instance:
        """Return one of several instances.

        Args:
            key: an index with `count`; with `for_each` a key, or an expression such as `${each.key}`.

        Raises:
            UndefinedReferenceError: the resource has neither `count` nor `for_each`.
        """
        if not self._repeated_by():
            raise UndefinedReferenceError(f"{self.address} has neither `count` nor `for_each`; use resource['arn']")
        return Instance(self.address, key, self._declaration.schema)

    def every(self, path: str) -> Reference:
        """Return a list of an attribute of every instance.

        Raises:
            UndefinedReferenceError: the resource has neither `count` nor `for_each`, or its type has no such attribute.
        """
        checked = references.checked_path(self.address, path, self._declaration.schema)
        match self._repeated_by():
            case "count":
                return references.expression(f"{self.address}[*].{checked}")
            case "for_each":
                return references.expression(f"values({self.address})[*].{checked}")
        raise UndefinedReferenceError(f"{self.address} has neither `count` nor `for_each`; use resource[{path!r}]")

    @property
    def friendly_unique_id(self) -> str:
        """The last part of the address, under the name that CDKTF reads."""
        return self._declaration.name

    def add_override(self, path: str, value: Any) -> None:
        """Set a value without checks at a dotted path, such as `rule.0.status`; None removes the value."""
        override(self._declaration.body, path, value)

    def override_logical_id(self, _new_logical_id: str) -> None:
        """Not supported: the address consists of the ids of the constructs.

        Raises:
            PlainworkError: always.
        """
        raise PlainworkError(f"the address {self.address} consists of construct ids; change the id of the resource")

    def to_hcl_terraform(self) -> Any:
        """Not supported: CDKTF's own HCL would contain an empty block.

        Raises:
            PlainworkError: always.
        """
        raise PlainworkError(
            f"{self.address}: CDKTF's own HCL lacks the arguments; synthesize JSON and run `plainwork render`"
        )

    def _repeated_by(self) -> str | None:
        return next((name for name in ("count", "for_each") if name in self._declaration.body), None)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _CDKTF_ARGUMENTS:
            raise PlainworkError(f"{self.address}.{name} cannot be changed; pass it when the resource is created")
        super().__setattr__(name, value)


_CDKTF_ARGUMENTS = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners"}
