"""Plan changes or destroys too many resources.

What: A plan that updates, replaces or deletes more existing resources than `max_changed`, or replaces or deletes more
    than `max_destroyed`. Created resources do not count.
Why: A review does not find the one wrong change among two hundred. A renamed module, another provider version or the
    wrong workspace all show as a long plan of similar changes.
Remedy: Split the plan, and use `moved` blocks for renamed modules and resources.
Limitations: Only plans are checked. Every resource counts as one, whatever its type. For a plan that is intended to be
    this large, use a settings file with higher limits (`--config`).
"""

from __future__ import annotations

from plainwork_policies.api import Findings, fail, policy
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.subjects import WHOLE_PLAN, WholePlan, addresses


@policy(
    "PLW_CHANGE_001",
    "plan-too-many-changes",
    severity="medium",
    on=WHOLE_PLAN,
    aliases=("plan-touches-many",),
    links=("https://developer.hashicorp.com/terraform/language/modules/develop/refactoring",),
    settings=("max_changed", "max_destroyed"),
    requires=("max_changed", "max_destroyed"),
)
def plan_too_many_changes(plan: WholePlan, settings: PlanSettings) -> Findings:
    """Compare the numbers of changed and destroyed resources with their limits."""
    destroyed = [change for change in plan.changes if change.destroys]
    for verb, changes, setting, limit in (
        ("changes", plan.changes, "max_changed", settings.max_changed),
        ("destroys", destroyed, "max_destroyed", settings.max_destroyed),
    ):
        if limit is not None and len(changes) > limit:
            yield fail(
                "",
                f"the plan {verb} {len(changes)} existing resources ({addresses(changes)}); "
                f"`[plan] {setting}` is {limit}",
                value=len(changes),
                remedy="Split the plan, use `moved` blocks for renamed resources, or check it with a higher limit "
                "(`--config`).",
            )
