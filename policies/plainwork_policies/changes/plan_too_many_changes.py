"""Plan changes or destroys too many resources.

What: a plan that changes, replaces or deletes more existing resources than `most_touched`, or replaces or deletes more
    than `most_destroyed`. What is only created counts for neither.
Why: nobody reads two hundred changes. A renamed module, another provider version or the wrong workspace shows as a long
    plan of things that look alike, and among them goes the one that should not.
Remedy: plan in parts that can be read, and move what was only renamed::

        moved {
          from = module.network
          to   = module.vpc
        }

    A plan that is meant to be this large is judged with higher limits in a settings file of its own (`--config`).
Limitations: plans only. Every resource counts as one, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.subjects import WholePlan, listed, whole_plan
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_CHANGE_001",
    "plan-too-many-changes",
    aliases=("plan-touches-many",),
    severity="medium",
    subjects=whole_plan,
    links=("https://developer.hashicorp.com/terraform/language/modules/develop/refactoring",),
)
def plan_too_many_changes(plan: WholePlan, settings: PlanSettings) -> Iterator[Finding]:
    """Count what *plan* touches."""
    destroyed = [change for change in plan.touching if change.destroys]
    for done, changes, setting in (
        ("touches", list(plan.touching), "max_changed"),
        ("destroys", destroyed, "max_destroyed"),
    ):
        most = getattr(settings, setting)
        if len(changes) > most:
            yield fail(
                "",
                f"{done} {len(changes)} existing resources, more than {most}: {listed(changes)}",
                value=len(changes),
                remedy=f"plan less at once, or raise `{setting}` for this plan",
            )
