"""Resources and data sources of any type, with Terraform's own argument names."""

from __future__ import annotations

from typing import Any

from plainwork import references
from plainwork._cdktf import Construct, TerraformDataSource, TerraformResource, construct
from plainwork.errors import PlainworkError, UndefinedReferenceError
from plainwork.references import Reference
from plainwork.terraform.declaration import Declaration, declare
from plainwork.terraform.overrides import override


class Instance:
    """One instance of a resource with `count` or `for_each`.

    Attributes:
        address: as `aws_instance.web[0]`.
    """

    def __init__(self, declaration: Declaration, key: int | str) -> None:
        self.address = f"{declaration.address}[{references.key(key)}]"
        self._schema = declaration.schema

    def __getitem__(self, path: str) -> Reference:
        return references.attribute(self.address, path, self._schema)


class _Declared:
    """What can be done with a resource or data source once it is made."""

    _declaration: Declaration

    @property
    def address(self) -> str:
        """What Terraform calls it: `aws_s3_bucket.state`, `data.aws_region.current`."""
        return self._declaration.address

    def __getitem__(self, path: str) -> Reference:
        """A reference to an attribute, as `bucket["arn"]`; see `plainwork.references.attribute`.

        Raises:
            UndefinedReferenceError: the type has no such attribute, or there are many instances and none is named.
        """
        if repeated := self._repeated_by():
            raise UndefinedReferenceError(
                f"{self.address} has {repeated}: write resource.instance(...)[{path!r}] or resource.every({path!r})"
            )
        return references.attribute(self.address, path, self._declaration.schema)

    def instance(self, key: int | str) -> Instance:
        """One of many instances.

        Args:
            key: an index with `count`; with `for_each` a key, or an expression such as `${each.key}`.

        Raises:
            UndefinedReferenceError: there is neither `count` nor `for_each`.
        """
        if not self._repeated_by():
            raise UndefinedReferenceError(f"{self.address} has neither count nor for_each: write resource['arn']")
        return Instance(self._declaration, key)

    def every(self, path: str) -> Reference:
        """A list of an attribute of every instance.

        Raises:
            UndefinedReferenceError: there is neither `count` nor `for_each`, or the type has no such attribute.
        """
        checked = references.checked_path(self.address, path, self._declaration.schema)
        match self._repeated_by():
            case "count":
                return references.expression(f"{self.address}[*].{checked}")
            case "for_each":
                return references.expression(f"values({self.address})[*].{checked}")
        raise UndefinedReferenceError(f"{self.address} has neither count nor for_each: write resource[{path!r}]")

    @property
    def friendly_unique_id(self) -> str:
        """The last part of the address; CDKTF asks for it under this name."""
        return self._declaration.name

    def add_override(self, path: str, value: Any) -> None:
        """Write a value that no check has seen, at a dotted path; None removes what is there."""
        override(self._declaration.body, path, value)

    def override_logical_id(self, _new_logical_id: str) -> None:
        """Refused: the address is made of the ids of the constructs."""
        raise PlainworkError(f"{self.address} is named by its id: give it another one when it is made")

    def to_hcl_terraform(self) -> Any:
        """Refused: CDKTF's own HCL would hold an empty block."""
        raise PlainworkError(
            f"{self.address}: CDKTF's own HCL loses what is in it; write JSON, and run `plainwork render`"
        )

    def _repeated_by(self) -> str | None:
        return next((name for name in ("count", "for_each") if name in self._declaration.body), None)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _CDKTF_ARGUMENTS:
            raise PlainworkError(f"{self.address}.{name} cannot be set later: give it when the resource is made")
        super().__setattr__(name, value)


_CDKTF_ARGUMENTS = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners"}


def _refused(instead: str) -> Any:
    """A method of CDKTF's that would be lost without a word, because Terraform has a block for what it does."""

    def refuse(self: _Declared, *_arguments: Any, **_named: Any) -> None:
        raise PlainworkError(
            f"{self.address}: this method of CDKTF is not supported; make a plainwork.{instead} in its place"
        )

    return refuse


class Resource(_Declared, TerraformResource):
    """A plain resource: `Resource(scope, "aws_s3_bucket", "state", bucket=..., tags=...)`.

    Args:
        scope: a stack, or a construct in one.
        type_: the resource type.
        id_: the resource's own part of its name; inside a construct it may be left out.
        arguments: the arguments, nested blocks (a dict, or a list of dicts) and meta-arguments (`lifecycle`,
            `depends_on`, `count`, `for_each`, `provider`, `provisioner`, `connection`, `dynamic`) by Terraform's own
            names. None means absent.

    Raises:
        AddressError: the name is no Terraform identifier, or the address is taken.
        ArgumentsError: Terraform would reject the arguments; all reasons are in it.
    """

    def __init__(self, scope: Construct, type_: str, id_: str | None = None, /, **arguments: Any) -> None:
        self._declaration = declare("resource", scope, type_, id_, arguments)
        construct(self, scope, self._declaration.node_id, type_)

    def to_terraform(self) -> dict[str, Any]:
        """What CDKTF writes."""
        declaration = self._declaration
        return {"resource": {declaration.type: {declaration.name: declaration.body}}}

    add_move_target = move_from_id = move_to = move_to_id = _refused("Moved")
    import_from = _refused("Import")


class DataSource(_Declared, TerraformDataSource):
    """A plain data source: `DataSource(scope, "aws_iam_policy_document", "read", statement=[...])`.

    Arguments and errors are those of `Resource`; of the meta-arguments there are `depends_on`, `count`, `for_each`,
    `provider`, `dynamic`, and `lifecycle` with its conditions.
    """

    def __init__(self, scope: Construct, type_: str, id_: str | None = None, /, **arguments: Any) -> None:
        self._declaration = declare("data", scope, type_, id_, arguments)
        construct(self, scope, self._declaration.node_id, type_)

    def to_terraform(self) -> dict[str, Any]:
        """What CDKTF writes."""
        declaration = self._declaration
        return {"data": {declaration.type: {declaration.name: declaration.body}}}
