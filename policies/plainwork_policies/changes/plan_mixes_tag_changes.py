"""Plan combines tag changes with other changes.

What: A plan that changes only the tags of at least `tag_only_threshold` resources, and also updates other arguments of
    a resource, or replaces or deletes one.
Why: A review does not find another change (a new image, a replaced table) among many changes of `tags_all`, so that it
    is approved together with the change of `default_tags`.
Remedy: Apply the tag changes in a separate plan: from a commit of their own, or with `terraform apply -target`.
Limitations: Only plans are checked. Created resources do not count. An argument that is known only after apply may be
    unchanged: if only such arguments decide, the plan is not evaluated.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Change
from plainwork_core.model.values import unknowns
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, fail, is_certain, policy, some
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.subjects import VERBS, WHOLE_PLAN, WholePlan, addresses, verb_of

_TAGS = ("tags", "tags_all")


@policy(
    "PLW_CHANGE_004",
    "plan-mixes-tag-changes",
    severity="low",
    on=WHOLE_PLAN,
    aliases=("tags-hide-other-changes",),
    links=("https://developer.hashicorp.com/terraform/internals/json-format#change-representation",),
    settings=("tag_only_threshold",),
    requires="tag_only_threshold",
)
def plan_mixes_tag_changes(plan: WholePlan, settings: PlanSettings) -> Findings:
    """Separate the tag changes from the others."""
    tag_only = [change for change in plan.changes if is_certain(partial(_is_tag_only, change))]
    if len(tag_only) >= settings.tag_only_threshold and some(plan.changes, _is_other):
        others = [change for change in plan.changes if is_certain(partial(_is_other, change))]
        yield fail(
            "",
            f"the plan changes only tags of {len(tag_only)} resources and also {_actions(others)}",
            value=[change.address for change in others],
            remedy="Apply the tag changes in a separate plan.",
        )


def _is_tag_only(change: Change) -> bool:
    return not _is_other(change)


def _is_other(change: Change) -> bool:
    """Return whether *change* changes more than tags.

    Raises:
        NotEvaluated: it changes tags and arguments that are known only after apply.
    """
    if change.destroys:
        return True
    before = {name: value for name, value in change.before.items() if value is not None}
    names = sorted((before.keys() | change.after.keys()) - set(_TAGS))
    changed = [change.after.get(name) for name in names if before.get(name) != change.after.get(name)]
    hidden = [unknown for value in changed for unknown in unknowns(value)]
    if any(next(unknowns(value), None) is None for value in changed):
        return True
    if hidden:
        raise NotEvaluated(hidden[0])
    return False


def _actions(changes: list[Change]) -> str:
    """Return the actions of the plan with their resources: `updates a, b and deletes c`."""
    by_verb = {verb: [change for change in changes if verb_of(change) == verb] for verb in VERBS}
    return enumeration((f"{verb} {addresses(group)}" for verb, group in by_verb.items() if group), mark="")
