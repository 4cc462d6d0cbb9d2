"""Names in AWS that a construct has by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.terraform.addresses import naming_scope

if TYPE_CHECKING:
    from plainwork.terraform import Construct


def default_name(scope: Construct, *ids: str) -> str:
    """Return the ids of the stack, of the constructs and of *ids* in them, such as `shop-files`."""
    naming = naming_scope(scope)
    return "-".join((naming.registry.stack, *naming.ids, *map(str, ids)))
