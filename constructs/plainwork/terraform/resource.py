"""Resources and data sources of any type, with Terraform's own argument names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.errors import PlainworkError
from plainwork.terraform.declaration import declare
from plainwork.terraform.declared import Declared
from plainwork.tree import Construct, TerraformDataSource, TerraformResource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plainwork_core.waivers import Waiver


def _not_supported(alternative: str) -> Any:
    """Return a method of CDKTF that would have no effect, because a block of its own has replaced it."""

    def method(self: Declared, *_arguments: Any, **_named: Any) -> None:
        raise PlainworkError(f"{self.address}: this method of CDKTF is not supported; use plainwork.{alternative}")

    return method


class Resource(Declared, TerraformResource):
    """A resource: `Resource(scope, "aws_s3_bucket", "state", bucket=..., tags=...)`.

    Args:
        scope: a stack, or a construct in a stack.
        type_: the resource type.
        id_: the resource's own part of its name; optional inside a construct.
        waive: the findings of `plainwork check` on the resource that are accepted.
        arguments: arguments, nested blocks (a dict, or a list of dicts) and meta-arguments (`lifecycle`,
            `depends_on`, `count`, `for_each`, `provider`, `provisioner`, `connection`, `dynamic`), by Terraform's
            names. None means absent.

    Raises:
        AddressError: the name is not a Terraform identifier, or the stack has this address already.
        ArgumentsError: Terraform would reject the arguments; the error has all reasons.
    """

    def __init__(
        self, scope: Construct, type_: str, id_: str | None = None, /, *, waive: Iterable[Waiver] = (), **arguments: Any
    ) -> None:
        self._declaration = declare("resource", scope, type_, id_, arguments, waive=waive)
        super().__init__(scope, self._declaration.node_id, terraform_resource_type=type_)

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        declaration = self._declaration
        return {"resource": {declaration.type: {declaration.name: declaration.body}}}

    add_move_target = move_from_id = move_to = move_to_id = _not_supported("Moved")
    import_from = _not_supported("Import")


class DataSource(Declared, TerraformDataSource):
    """A data source: `DataSource(scope, "aws_iam_policy_document", "read", statement=[...])`.

    Arguments and errors are those of `Resource`. The meta-arguments are `depends_on`, `count`, `for_each`,
    `provider`, `dynamic`, and `lifecycle` with `precondition` and `postcondition`.
    """

    def __init__(
        self, scope: Construct, type_: str, id_: str | None = None, /, *, waive: Iterable[Waiver] = (), **arguments: Any
    ) -> None:
        self._declaration = declare("data", scope, type_, id_, arguments, waive=waive)
        super().__init__(scope, self._declaration.node_id, terraform_resource_type=type_)

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        declaration = self._declaration
        return {"data": {declaration.type: {declaration.name: declaration.body}}}
