"""Mechanical fixes: what a policy declares beside a remedy that needs no decision.

A fix is data, which `plainwork_policies.fix` applies to the text of a file for `plainwork check --fix`. Code in which a
fix has no unique place, such as a value that is a reference, stays as it is.
"""

from __future__ import annotations

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location


@frozen(slots=True)
class SetArgument:
    """Set the argument *name* of the block of type *block* around the finding to the HCL *value*."""

    block: str
    name: str
    value: str


@frozen(slots=True)
class RenameTag:
    """Give the tag key *old* at the finding the name *new*."""

    old: str
    new: str


@frozen(slots=True)
class AddDefaultTags:
    """Add *tags* to the `default_tags` of the provider block at *location*."""

    location: Location
    tags: tuple[tuple[str, str], ...]


Fix = SetArgument | RenameTag | AddDefaultTags
