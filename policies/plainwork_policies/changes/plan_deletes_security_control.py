"""Plan deletes a security control.

What: A change that deletes a public access block, the versioning of a bucket, a trail, a flow log, a backup plan, a
    detector or another resource that protects or records what happens to others; or one that removes the permissions
    boundary of a role or user.
Why: What it protected remains, and is open, not recorded or not backed up from then on. The deletion is one line in a
    plan, often the side effect of a renamed module or of a `count` that became 0.
Remedy: Keep the resource, or list its address in `[plan] allow_destroy` if another control replaces it.
Limitations: Only plans are checked, and only the types in a list. A control that is deleted with the resource that it
    protects, replaced, or followed by another one of its type for the same resource passes. A control in another state
    or made by AWS Organizations is not in the plan. Lock tables are not checked, because a plan has no backend:
    `plan-destroys-stateful-resource` checks all tables. An update that weakens a control is not checked.
"""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.model.conversion import text_of
from plainwork_core.model.stack import Change, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.api import Findings, NotEvaluated, fail, policy
from plainwork_policies.changes.security_controls import CONTROLS, Control
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.subjects import CHANGES

_BOUNDARY = "permissions_boundary"
_IDENTITIES = ("aws_iam_role", "aws_iam_user")
_NAMES = ("id", "arn", "name", "bucket")
"""The attributes by which the argument of a control names its target."""


@policy(
    "PLW_CHANGE_005",
    "plan-deletes-security-control",
    severity="high",
    on=CHANGES,
    links=(
        "https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-security-controls/security-control-types.html",
    ),
    settings=("allow_destroy",),
)
def plan_deletes_security_control(change: Change, stack: Stack, settings: PlanSettings) -> Findings:
    """Check deletions of controls and updates of identities."""
    if change.address in settings.allow_destroy:
        return
    if change.type in _IDENTITIES and _removes_boundary(change):
        yield fail(
            _BOUNDARY,
            f"the plan removes `{_BOUNDARY}`; the policies of the identity are no longer limited by it",
            value=look_up(change.before, _BOUNDARY),
            remedy=f"Keep `{_BOUNDARY}`.",
        )
    control = CONTROLS.get(change.type)
    if control and change.destroys and not change.replaces and not _is_obsolete(change, control, stack):
        yield fail(
            "",
            f"the plan deletes the control; {control.effect}",
            value=list(change.actions),
            remedy=f'Keep the resource, or set `allow_destroy = ["{change.address}"]` under `[plan]` in '
            "`plainwork.toml` if another control replaces it.",
        )


def _removes_boundary(change: Change) -> bool:
    is_update = change.actions == ("update",)
    return is_update and bool(look_up(change.before, _BOUNDARY)) and look_up(change.after, _BOUNDARY) is None


def _is_obsolete(change: Change, control: Control, stack: Stack) -> bool:
    """Return whether the protected resource is deleted, too, or another control of the type protects it.

    Raises:
        NotEvaluated: another control may protect it.
    """
    type_, target = _target(change.before, control)
    if (type_, target) in _destroyed(stack):
        return True
    others = [_target(other.values, control)[1] for other in stack.managed(change.type)]
    if target in others:
        return True
    unknown = [other for other in others if isinstance(other, Unknown)]
    if unknown:
        raise NotEvaluated(unknown[0])
    return False


def _target(values: Mapping[str, Value], control: Control) -> tuple[str, Value]:
    """Return type and name of what a control protects; `None` for the account."""
    found = ((type_, text_of(values.get(argument), argument)) for argument, type_ in control.targets.items())
    return next(((type_, name) for type_, name in found if isinstance(name, Unknown) or name), ("", None))


@cached_per_stack
def _destroyed(stack: Stack) -> frozenset[tuple[str, str]]:
    """Return types and names of the resources that the plan deletes or replaces."""
    destroyed = (change for change in stack.changes if change.destroys)
    named = ((change.type, look_up(change.before, name)) for change in destroyed for name in _NAMES)
    return frozenset((type_, name) for type_, name in named if isinstance(name, str))
