"""Plan combines tag changes with other changes.

What: a plan in which of at least `tag_changes` resources only the tags change, and which also updates, replaces or
    deletes something for another reason.
Why: after the tenth `tags_all` nobody reads on. A change of `default_tags` is approved for what it is, and what came in
    with it (another image, a replaced table) is approved with it.
Remedy: apply the tags alone, then the rest::

        terraform apply -target=module.network

    or from two commits, one after the other.
Limitations: plans only. What is created beside the tags is not counted. An argument that is known only after apply
    may or
    may not change: that is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Change
from plainwork_core.model.values import Unknown, unknowns
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.subjects import WholePlan, listed, whole_plan
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_TAGS = ("tags", "tags_all")


@policy(
    "PLW_CHANGE_004",
    "plan-mixes-tag-changes",
    aliases=("tags-hide-other-changes",),
    severity="low",
    subjects=whole_plan,
    links=("https://developer.hashicorp.com/terraform/internals/json-format#change-representation",),
    settings=("tag_only_threshold",),
)
def plan_mixes_tag_changes(plan: WholePlan, settings: PlanSettings) -> Iterator[Finding]:
    """Tell the changes of tags in *plan* from the others."""
    more = {change.address: _more_than_tags(change) for change in plan.touching}
    tags = [change for change in plan.touching if more[change.address] is False]
    others = [change for change in plan.touching if more[change.address] is True]
    hidden = [answer for answer in more.values() if isinstance(answer, Unknown)]
    if len(tags) < settings.tag_only_threshold:
        return
    if others:
        yield fail(
            "",
            f"changes nothing but tags of {len(tags)} resources, and more than that of {listed(others)}",
            value=[change.address for change in others],
            remedy="apply the tags in a plan of their own",
        )
    elif hidden:
        yield not_evaluated("", hidden[0])


def _more_than_tags(change: Change) -> bool | Unknown:
    if change.destroys:
        return True
    before = {key: value for key, value in change.before.items() if value is not None}
    names = sorted((before.keys() | change.after.keys()) - set(_TAGS))
    changed = [name for name in names if before.get(name) != change.after.get(name)]
    hidden = [unknown for name in changed for unknown in unknowns(change.after.get(name))]
    is_known = any(not list(unknowns(change.after.get(name))) for name in changed)
    return True if is_known else hidden[0] if hidden else False
