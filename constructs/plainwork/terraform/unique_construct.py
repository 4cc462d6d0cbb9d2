"""The base of the constructs of this library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.errors import AddressError
from plainwork.terraform.addresses import naming_scope, set_region
from plainwork.terraform.waivers import register
from plainwork.tree import Construct
from plainwork_core.hcl.expressions import scan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plainwork_core.waivers import Waiver


class UniqueConstruct(Construct):
    """A construct in a stack. CDKTF's error for a duplicate id is a JavaScript stack; this one is a sentence.

    Args:
        scope: a stack, or a construct in a stack.
        id_: the id, which the names of the construct's resources begin with.
        region: the Region of its resources, which get the argument `region` if the provider is in another one.
        waive: the findings of `plainwork check` on the construct's resources that are accepted.

    Raises:
        AddressError: the scope is not in a stack, or contains this id already.
    """

    def __init__(self, scope: Construct, id_: str, *, region: str | None = None, waive: Iterable[Waiver] = ()) -> None:
        class_ = type(self).__name__
        naming_scope(scope).name(id_, class_)
        if existing := scope.node.try_find_child(id_):
            raise AddressError(
                f"duplicate id {id_!r} in {scope.node.path!r}: {type(existing).__name__} and {class_}; "
                "change one of the ids"
            )
        super().__init__(scope, id_)
        if region is not None and not scan(region).interpolates:
            set_region(self, region)
        naming = naming_scope(self)
        register(naming.registry, naming.ids, waive)
