"""Access in a stack: what principals may do, what the network may reach, and what a change allows or removes."""

from plainwork_core.access.before import state_before
from plainwork_core.access.change import AccessChange
from plainwork_core.access.difference import access_changes

__all__ = ["AccessChange", "access_changes", "state_before"]
