"""Change allows new access.

What: A change that allows a principal an action, on a resource or without a condition, that no policy of the former
    version allows; that opens a security group or makes a resource public; or that removes a `Deny`, a permissions
    boundary or a block of public access. A plan is compared with its state, other inputs with the base of
    `plainwork check --against`. The setting `fail_on_new_access` enables the policy.
Why: One added wildcard in a document of a hundred lines is easy to overlook. Each permission that a principal gains is
    one that it can use by mistake, and that an attacker has with its credentials.
Remedy: Remove what is not needed, or accept the finding with a waiver after a review.
Limitations: A statement that is split or moved to another policy of a principal, and a wildcard that is written out, is
    no new access. An attached policy that is not in the stack, and a value that is known in one version only, is not
    evaluated. Roles that a principal may assume, and egress rules, are not followed. Without `--against`, HCL and CDKTF
    JSON have no former version; a baseline and a saved report have none either.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location, Stack, cached_per_stack
from plainwork_policies.api import Findings, Subjects, fail, policy
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.engine.finding import not_evaluated

if TYPE_CHECKING:
    from plainwork_core.access import AccessChange


@frozen()
class ChangedAccess:
    """A block with what it newly allows and no longer allows."""

    address: str
    changes: tuple[AccessChange, ...]

    @property
    def location(self) -> Location:
        """The location of the first change."""
        return self.changes[0].location

    def at(self, _path: str) -> Location:
        """Return the location of the first change; the findings have their own."""
        return self.location


@cached_per_stack
def _changed(stack: Stack) -> tuple[ChangedAccess, ...]:
    if stack.format != "plan" and stack.former is None:
        return ()
    from plainwork_core.access import access_changes, state_before  # noqa: PLC0415  few runs compare two versions

    former = state_before(stack) if stack.format == "plan" else stack.former
    by_address: dict[str, list[AccessChange]] = {}
    for change in () if former is None else access_changes(former, stack):
        by_address.setdefault(change.address, []).append(change)
    return tuple(ChangedAccess(address, tuple(changes)) for address, changes in by_address.items())


@policy(
    "PLW_CHANGE_006",
    "new-access",
    severity="high",
    on=Subjects(("change", "resource"), _changed),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-custom-policy-checks.html",),
    settings=("fail_on_new_access",),
    requires="fail_on_new_access",
)
def new_access(block: ChangedAccess, settings: PlanSettings) -> Findings:
    """Report what is gained, and what is not known."""
    if settings.fail_on_new_access:
        yield from _findings(block)


def _findings(block: ChangedAccess) -> Findings:
    for change in block.changes:
        if change.change == "unknown":
            yield replace(not_evaluated("", change.text), location=change.location)
        elif change.change == "gained":
            yield replace(
                fail(
                    "",
                    f"{change.text}, which the former version does not allow",
                    value=list(change.actions),
                    remedy="Remove what is not needed, or accept it with a waiver after a review.",
                ),
                location=change.location,
            )
