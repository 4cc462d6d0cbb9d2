"""The blocks `moved`, `import` and `removed`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork.arguments.language import IMPORT, MOVED, REMOVED
from plainwork.arguments.targets import address_of
from plainwork.errors import ArgumentsError
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.element import Element, language_body
from plainwork.tree import Construct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.terraform.declared import Instance
    from plainwork.terraform.resource import Resource
    from plainwork_core.schema import BlockSchema

    Addressed: TypeAlias = str | Resource | Instance
    """A resource, one of its instances, or an address in Terraform's spelling."""


class _Refactoring(Element):
    """A block that a stack can have once for each value of its first argument."""

    def __init__(self, scope: Construct, kind: str, schema: BlockSchema, arguments: dict[str, Any]) -> None:
        naming = naming_scope(scope)
        target = address_of(next(iter(arguments.values())))
        address = f"{kind} {target}"
        body = language_body(naming.registry, kind, address, arguments, schema)
        node_id = f"{kind}.{target}"
        naming.registry.register(address, naming.path(node_id))
        super().__init__(scope, node_id, {kind: [body]})


class Moved(_Refactoring):
    """A `moved` block: `Moved(stack, from_="aws_s3_bucket.old", to=bucket)`.

    Args:
        scope: a stack, or a construct in a stack.
        from_: the former address.
        to: the new address.

    Raises:
        AddressError: the stack has a `moved` block from this address already.
        ArgumentsError: `from_` or `to` is not an address.
    """

    def __init__(self, scope: Construct, *, from_: Addressed, to: Addressed) -> None:
        super().__init__(scope, "moved", MOVED, {"from": from_, "to": to})


class Import(_Refactoring):
    """An `import` block: `Import(stack, to=bucket, id="my-bucket")`, or `identity={"bucket": "my-bucket"}`.

    Args:
        scope: a stack, or a construct in a stack.
        to: the resource in the configuration.
        id: the provider's id of the existing resource.
        identity: the attributes by which the provider identifies it, in place of `id` (Terraform and OpenTofu 1.12).
        provider: the provider configuration; the resource's own by default.
        for_each: imports one instance for each element: `to` is then such as `"aws_s3_bucket.b[each.key]"`.

    Raises:
        AddressError: the stack has an `import` block to this address already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        to: Addressed,
        id: str | None = None,  # noqa: A002  Terraform's own name
        identity: Mapping[str, Any] | None = None,
        provider: Any = None,
        for_each: Any = None,
    ) -> None:
        if (id is None) == (identity is None):
            given = "neither" if id is None else "both"
            raise ArgumentsError(f"import {address_of(to)}", [f"set either `id` or `identity` (found {given})"])
        arguments = {"to": to, "id": id, "identity": identity, "provider": provider, "for_each": for_each}
        super().__init__(scope, "import", IMPORT, arguments)


class Removed(_Refactoring):
    """A `removed` block: `Removed(stack, from_="aws_s3_bucket.old", destroy=False)`.

    Args:
        scope: a stack, or a construct in a stack.
        from_: the former address, without the key of an instance.
        destroy: True destroys the resource, False only removes it from the state.

    Raises:
        AddressError: the stack has a `removed` block from this address already.
        ArgumentsError: `from_` is not an address.
    """

    def __init__(self, scope: Construct, *, from_: str, destroy: bool) -> None:
        super().__init__(scope, "removed", REMOVED, {"from": from_, "lifecycle": {"destroy": destroy}})
