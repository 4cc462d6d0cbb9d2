"""One line of the comparison of two versions of a stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plainwork_core.access.levels import levels_of_names
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location
from plainwork_core.text import enumeration

Kind = Literal["permission", "trust", "limit", "network"]
Direction = Literal["gained", "lost", "unknown"]

_MOST_ACTIONS = 12
_VERBS: Mapping[str, Mapping[str, str]] = {
    "deny": {"gained": "is no longer denied", "lost": "is denied"},
    "limit": {"gained": "also permits", "lost": "no longer permits"},
    "network": {"gained": "accepts", "lost": "no longer accepts"},
    "permission": {"gained": "may", "lost": "may no longer"},
    "trust": {"gained": "may", "lost": "may no longer"},
}


@frozen(kw_only=True)
class AccessChange:
    """What one version of a stack allows one principal and the other does not.

    Args:
        kind: `permission` of an identity or by the policy of a resource; `trust` policy of a role; `limit`: a boundary,
            an SCP or RCP, or an endpoint policy; `network`: an opening.
        change: `gained`, `lost`, or `unknown` with a `reason`: it is neither gained nor lost.
        principal: the address of an identity of the stack, the principal as the policy has it, or the source of
            connections, `*` for what is public; of a limit, the address of the policy or endpoint.
        actions: folded, such as `s3:Get* except s3:GetObject`; of an opening, the protocol and ports.
        resources: as the policy has them; the address of the role of a trust, and of the resource of an opening.
        conditions: of the statement, for people.
        is_deny: whether it is a `Deny`: gained is *no longer denied*, lost is *newly denied*.
        via: the AWS managed policy that has the statement, or `""`.
        address: of the block with the statement or rule, in the version that has it.
        location: of the statement or rule.
        reason: why it is unknown; or what is gained or lost without actions, such as the members of a group.
    """

    kind: Kind
    change: Direction
    principal: str
    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    is_deny: bool = False
    via: str = ""
    address: str = ""
    location: Location = Location("")
    reason: str = ""

    @property
    def what(self) -> str:
        """What the principal gains or loses, on one line: `s3:GetObject on arn:aws:s3:::data/* if ...`."""
        if self.reason and (self.change == "unknown" or not self.actions):
            return self.reason
        if self.kind == "network":
            return f"{', '.join(self.actions)} to {', '.join(self.resources)}"
        denied = ("no longer denied: " if self.change == "gained" else "denied: ") if self.is_deny else ""
        on = f" on {', '.join(self.resources)}" if self.resources else ""
        via = f" ({self.via})" if self.via else ""
        return f"{denied}{self._actions}{on}{self._if}{via}"

    @property
    def text(self) -> str:
        """One sentence."""
        name = f"`{self.principal}`"
        if self.change == "unknown":
            return f"what {name} may do is not known: {self.reason}"
        if not self.actions:
            return f"{name} {self.change}: {self.reason}"
        actions = enumeration(self.actions) if len(self.actions) <= _MOST_ACTIONS else self._actions
        verb = _VERBS["deny" if self.is_deny else self.kind][self.change]
        if self.kind == "network" and self.principal == "*":
            verb = "opens" if self.change == "gained" else "no longer opens"
            return f"{enumeration(self.resources)} {verb} {actions}"
        if self.kind == "network":
            return f"{enumeration(self.resources)} {verb} {actions} from {name}"
        on = f" on {enumeration(self.resources)}" if self.resources else ""
        return f"{name} {verb} {actions}{on}{self._if}"

    @property
    def _actions(self) -> str:
        """The actions; of many, their access levels and the number of their services."""
        if len(self.actions) <= _MOST_ACTIONS:
            return ", ".join(self.actions)
        levels, services = levels_of_names(self.actions)
        if services > 1:
            return f"{', '.join(levels)} of {services} services"
        return f"{', '.join(self.actions[:_MOST_ACTIONS])} and {len(self.actions) - _MOST_ACTIONS} more"

    @property
    def _if(self) -> str:
        return f" if {' and '.join(self.conditions)}" if self.conditions else ""
