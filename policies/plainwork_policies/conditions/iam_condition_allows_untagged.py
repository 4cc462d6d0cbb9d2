"""IAM tag condition allows requests without the tag.

What: An `Allow` statement with `ForAllValues:` on `aws:TagKeys`, `aws:RequestTag/...` or `aws:ResourceTag/...`, or with
    `...IfExists` on one of the latter two, and without another condition that requires the tag; or a `Deny` statement
    with `ForAnyValue:StringNot...` on one tag.
Why: `ForAllValues` and `...IfExists` are true for a request without any value, so a resource that requires certain tags
    can be created without tags, and every resource without the tag can be changed. `ForAnyValue` is false for such a
    request, so the statement does not deny it.
Remedy: Add a condition that requires the tag, and test a single tag without a set operator and without `IfExists`.
Limitations: Another condition of the same statement that requires a tag, of the request or of the resource, also covers
    `aws:TagKeys` and `...IfExists`. Two kinds of actions are not checked on tags of the request: those that only set
    tags always have keys, and session tags are optional (`sts:AssumeRole`). An operator for other values
    (`ForAllValues:StringNot...`) passes. A tag may be optional by intent: a finding on `...IfExists` is low.
    `iam-deny-forallvalues-bypass` checks `ForAllValues` in a `Deny` statement.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.iam.authorization_reference import confirmed, has_request_tags, has_resource_tags
from plainwork_core.model.ternary import any_of
from plainwork_policies.api import Findings, all_conditions, check_each, policy, some
from plainwork_policies.conditions.subjects import About, TagCondition, statements_on_tags, tag_conditions
from plainwork_policies.engine.severity import Severity
from plainwork_policies.reading.statement import Statement

_TESTED: tuple[About, ...] = ("keys", "request", "resource")
_ABSENCE = {
    "keys": "the request has no tags",
    "request": "the request has no such tag",
    "resource": "the resource has no such tag",
}


@policy(
    "PLW_COND_001",
    "iam-condition-allows-untagged",
    aliases=("untagged-request-allowed",),
    severity="medium",
    on=statements_on_tags("identity", "resource", "organization", "unused"),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html",
    ),
)
def iam_condition_allows_untagged(statement: Statement) -> Findings:
    """Check the set operator of each condition on tags."""
    conditions = list(tag_conditions(statement, *_TESTED))
    yield from check_each(conditions, partial(_check, conditions))


def _check(conditions: list[TagCondition], condition: TagCondition) -> Findings:
    statement, effect = condition.statement, ineffective_in(condition)
    if not effect or not all_conditions(
        lambda: statement["Effect"].string() == effect,
        lambda: not some(conditions, partial(_requires_tag_of, condition)),
        lambda: _is_optional(condition),
    ):
        return
    operator, absence = f"`{condition.operator}` on `{condition.key}`", _ABSENCE[condition.about]
    if effect == "Allow":
        message = f"{operator} is true if {absence}"
    else:
        message = f"{operator} in a `Deny` statement is false if {absence}, so the request is not denied"
    severity: Severity | None = "low" if condition.parts.if_exists else None
    yield condition.fail(message, value=condition.operator, remedy=_remedy(condition), severity=severity)


def ineffective_in(condition: TagCondition) -> str:
    """Return the effect with which *condition* alone does not require the tag that it tests; `""` if there is none."""
    parts, is_of_one_tag = condition.parts, condition.about in ("request", "resource")
    if parts.set_operator == "foranyvalue" and parts.is_negated and is_of_one_tag:
        return "Deny"
    if not parts.is_negated and (is_of_one_tag if parts.if_exists else parts.set_operator == "forallvalues"):
        return "Allow"
    return ""


def _requires_tag_of(condition: TagCondition, other: TagCondition) -> bool:
    if condition.about == "keys" or condition.parts.if_exists:
        return other.requires_key()
    return other is not condition and other.has_key_of(condition) and other.requires_key()


def _is_optional(condition: TagCondition) -> bool:
    """Return whether a request of one of the actions may be without the tag and would have it otherwise."""
    statement = condition.statement
    if statement.owner.not_actions or not (condition.about == "keys" or condition.parts.if_exists):
        return True
    if condition.about == "resource":
        return some(statement["Action"].strings(), partial(_is_on_tagged, statement))
    return some(statement["Action"].strings(), partial(_may_have_no_tags, statement))


def _may_have_no_tags(statement: Statement, pattern: str) -> bool:
    answers = (confirmed(action, _has_optional_tags) for action in expand(pattern))
    return statement.resolve("Action", any_of(answers))


def _is_on_tagged(statement: Statement, pattern: str) -> bool:
    answers = (confirmed(action, lambda one: has_resource_tags(one, statement.owner)) for action in expand(pattern))
    return statement.resolve("Resource", any_of(answers))


def _has_optional_tags(action: Action) -> bool:
    return action.level != "Tagging" and action.service != "sts" and has_request_tags(action)


def _remedy(condition: TagCondition) -> str:
    if condition.about == "keys":
        return "Add the condition `Null` on `aws:TagKeys` with the value `false`."
    operator = condition.operator.rpartition(":")[2]
    if condition.parts.if_exists:
        return f"Use `{operator[: -len('IfExists')]}`, or list the actions without the tag in a separate statement."
    return f"Use `{operator}`; a tag has one value."
