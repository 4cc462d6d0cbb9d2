"""What tells Terraform about resources that moved, came from outside, or are to be forgotten.

Sources: https://developer.hashicorp.com/terraform/language/moved, .../language/import and
    .../language/resources/syntax#removing-resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork._cdktf import Construct
from plainwork.checks.addresses import INSTANCE, WHOLE, problems
from plainwork.errors import ArgumentsError
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.element import Element, checked
from plainwork.terraform.meta import address_of, normalized
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock

if TYPE_CHECKING:
    from plainwork.terraform.resource import Instance, Resource

    Addressed: TypeAlias = str | Resource | Instance
    """A resource, one of its instances, or an address as Terraform writes it."""

_ADDRESS = Attribute("string", required=True)
_MOVED = BlockSchema({"from": _ADDRESS, "to": _ADDRESS})
_IMPORT = BlockSchema(
    {
        "to": _ADDRESS,
        "id": Attribute("string", required=True),
        "provider": Attribute("string", optional=True),
        "for_each": Attribute("dynamic", optional=True),
    }
)
_DESTROY = BlockSchema({"destroy": Attribute("bool", required=True)})
_REMOVED = BlockSchema({"from": _ADDRESS}, {"lifecycle": NestedBlock("single", 1, 1, _DESTROY)})


class _Refactoring(Element):
    _spelt = INSTANCE

    def __init__(
        self, scope: Construct, kind: str, subject: str, schema: BlockSchema, arguments: dict[str, Any]
    ) -> None:
        naming = naming_scope(scope)
        address = f"{kind} {arguments[subject]}"
        pointing = [(name, arguments[name]) for name in ("from", "to") if name in arguments]
        if found := [text for name, each in pointing for text in problems(each, self._spelt, name)]:
            raise ArgumentsError(address, found)
        body = checked(address, normalized(arguments), schema)
        node_id = f"{kind}.{arguments[subject]}"
        naming.registry.register(address, naming.path(node_id))
        super().__init__(scope, node_id, {kind: [body]})


class Moved(_Refactoring):
    """A resource that had another address: `Moved(stack, from_="aws_s3_bucket.old", to=bucket)`.

    Raises:
        AddressError: the stack says already where `from_` went.
        ArgumentsError: `from_` or `to` is no address.
    """

    def __init__(self, scope: Construct, *, from_: Addressed, to: Addressed) -> None:
        super().__init__(scope, "moved", "from", _MOVED, {"from": address_of(from_), "to": address_of(to)})


class Import(_Refactoring):
    """A resource that exists already: `Import(stack, to=bucket, id="my-bucket")`.

    Args:
        scope: a stack, or a construct in one.
        to: what the resource is in the configuration.
        id: what the provider calls it.
        provider: the provider to import with, where it is not the resource's own.
        for_each: imports an instance for each element.

    Raises:
        AddressError: the stack imports to this address already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(self, scope: Construct, *, to: Addressed, id: str, provider: Any = None, for_each: Any = None) -> None:  # noqa: A002  Terraform's own name
        arguments = {"to": address_of(to), "id": id, "provider": provider, "for_each": for_each}
        super().__init__(scope, "import", "to", _IMPORT, arguments)


class Removed(_Refactoring):
    """A resource that the configuration no longer has: `Removed(stack, from_="aws_s3_bucket.old", destroy=False)`.

    Args:
        scope: a stack, or a construct in one.
        from_: the address that it had, without the key of an instance.
        destroy: whether to destroy it, or only to forget it.

    Raises:
        AddressError: the stack removes it already.
        ArgumentsError: `from_` is no address.
    """

    _spelt = WHOLE

    def __init__(self, scope: Construct, *, from_: str, destroy: bool) -> None:
        super().__init__(scope, "removed", "from", _REMOVED, {"from": from_, "lifecycle": {"destroy": destroy}})
