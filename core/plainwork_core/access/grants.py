"""The permissions in a stack: one grant for each statement and principal.

An identity has the grants of all its policies. A resource-based policy grants to the principals that it names; one of
them that is an identity of the stack has these grants, too.
"""

from __future__ import annotations

from typing import Literal

from plainwork_core.access.actions import ActionSet
from plainwork_core.access.conditions import Limit
from plainwork_core.access.patterns import Pattern
from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import Statement
from plainwork_core.model.stack import Location

Plane = Literal["identity", "resource", "trust", "limit"]


@frozen(slots=True)
class ResourceSet:
    """The resources of one entry of `Resource`, or of a whole `NotResource`.

    Args:
        pattern: of the ARNs; `*` of a `NotResource`.
        excluded: the patterns of a `NotResource`.
    """

    pattern: Pattern
    excluded: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The text for people."""
        return self.pattern.shown


@frozen()
class Grant:
    """What one statement allows or denies one principal.

    Args:
        plane: the kind of the policy: `identity`, `resource`, `trust`; `limit` for a boundary, an SCP or RCP, and an
            endpoint policy, which grant nothing by themselves.
        principal: the address of an identity of the stack, or the principal as the policy has it.
        actions: that it includes.
        resources: that it includes; the address of the owner if the policy has no resources of its own.
        limits: its conditions.
        target: of a resource-based policy or a limit, the address of the resource that it is for; otherwise `""`.
        statement: its origin.
        is_deny: whether the effect is `Deny`.
        via: the AWS managed policy of the statement, if any.
        unknown: why nothing else of it is known; `""` otherwise.
    """

    plane: Plane
    principal: Pattern
    actions: tuple[ActionSet, ...]
    resources: tuple[ResourceSet, ...]
    limits: tuple[Limit, ...]
    target: str
    statement: Statement
    is_deny: bool = False
    via: str = ""
    unknown: str = ""

    @property
    def location(self) -> Location:
        """The location of the statement."""
        return self.statement.location

    @property
    def address(self) -> str:
        """The address of the block with the statement."""
        return self.statement.address


@frozen(slots=True)
class Missing:
    """A policy that a principal holds and whose document is not in the stack."""

    principal: str
    policy: str
    reason: str
    address: str
    location: Location
