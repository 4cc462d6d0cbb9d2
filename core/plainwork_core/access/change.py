"""One line of the comparison of two versions of a stack."""

from __future__ import annotations

from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location
from plainwork_core.text import enumeration

Kind = Literal["permission", "trust", "limit", "network"]
Direction = Literal["gained", "lost", "unknown"]


@frozen(kw_only=True)
class AccessChange:
    """What one version of a stack allows one principal and the other does not.

    Args:
        kind: `permission` of an identity or by the policy of a resource; `trust` policy of a role; `limit`: a boundary,
            an SCP or RCP, or an endpoint policy; `network`: an opening.
        change: `gained`, `lost`, or `unknown` with a `reason`: it is neither gained nor lost.
        principal: the address of an identity of the stack, the principal as the policy has it, or the source of
            connections.
        actions: folded, such as `s3:Get* except s3:GetObject`; of an opening, the protocol and ports.
        resources: as the policy has them; the address of the role of a trust, and of the resource of an opening.
        conditions: of the statement, for people.
        is_deny: whether it is a `Deny`: gained is *no longer denied*, lost is *newly denied*.
        via: the AWS managed policy that has the statement, or `""`.
        address: of the block with the statement or rule, in the version that has it.
        location: of the statement or rule.
        reason: why it is unknown.
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
        """Actions, resources and conditions on one line: `s3:GetObject on arn:aws:s3:::data/* if ...`."""
        if self.kind == "network":
            return f"{', '.join(self.actions)} to {', '.join(self.resources)}"
        if self.change == "unknown":
            return self.reason
        denied = ("no longer denied: " if self.change == "gained" else "denied: ") if self.is_deny else ""
        on = f" on {', '.join(self.resources)}" if self.resources else ""
        condition = f" if {' and '.join(self.conditions)}" if self.conditions else ""
        via = f" ({self.via})" if self.via else ""
        return f"{denied}{', '.join(self.actions)}{on}{condition}{via}"

    @property
    def text(self) -> str:
        """One sentence."""
        name = f"`{self.principal}`"
        if self.change == "unknown":
            return f"what {name} may do is not known: {self.reason}"
        actions, resources = enumeration(self.actions), enumeration(self.resources)
        conditions = f" if {' and '.join(self.conditions)}" if self.conditions else ""
        if self.kind == "network":
            return f"{resources} {'accepts' if self.change == 'gained' else 'no longer accepts'} {actions} from {name}"
        if self.is_deny:
            verb = "is no longer denied" if self.change == "gained" else "is denied"
        else:
            verb = "may" if self.change == "gained" else "may no longer"
        return f"{name} {verb} {actions} on {resources}{conditions}"
