"""Access in a stack: what principals may do, what the network may reach, and what a change allows or removes."""

from plainwork_core.access.before import state_before
from plainwork_core.access.change import AccessChange
from plainwork_core.access.difference import access_changes
from plainwork_core.access.listing import PrincipalAccess, access_of
from plainwork_core.access.openings import Opening, openings_of

__all__ = [
    "AccessChange",
    "Opening",
    "PrincipalAccess",
    "access_changes",
    "access_of",
    "openings_of",
    "state_before",
]
