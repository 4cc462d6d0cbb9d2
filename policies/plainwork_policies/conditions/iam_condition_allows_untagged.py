"""IAM tag condition allows requests without the tag.

What: An `Allow` statement with `ForAllValues:` on `aws:TagKeys`, `aws:RequestTag/...` or `aws:ResourceTag/...`, and
    without another condition that requires the tag; or a `Deny` statement with `ForAnyValue:StringNot...` on one tag.
Why: `ForAllValues` is true for a request without any value, so a resource that requires certain tags can be created
    without tags. `ForAnyValue` is false for such a request, so the statement does not deny it.
Remedy: Add a condition that requires the tag, and test a single tag without a set operator.
Limitations: Another condition of the same statement that requires a tag, of the request or of the resource, also covers
    `aws:TagKeys`. Two kinds of actions are not checked on `aws:TagKeys`: those that only set tags always have keys, and
    session tags are optional (`sts:AssumeRole`). An operator for other values (`ForAllValues:StringNot...`) passes.
    `ForAllValues` in a `Deny` statement denies too much instead of too little, and passes.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.iam.authorization_reference import confirmed, has_request_tags
from plainwork_core.model.ternary import any_of
from plainwork_policies.api import Findings, all_conditions, check_each, policy, some
from plainwork_policies.conditions.subjects import TagCondition, statements_on_tags, tag_conditions
from plainwork_policies.reading.statement import Statement

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
    conditions = list(tag_conditions(statement))
    yield from check_each(conditions, partial(_check, conditions))


def _check(conditions: list[TagCondition], condition: TagCondition) -> Findings:
    statement, effect = condition.statement, ineffective_in(condition)
    if not effect or not all_conditions(
        lambda: statement["Effect"].string() == effect,
        lambda: not some(conditions, partial(_requires_tag_of, condition)),
        lambda: condition.about != "keys" or _may_have_no_tags(statement),
    ):
        return
    operator, absence = f"`{condition.operator}` on `{condition.key}`", _ABSENCE[condition.about]
    if effect == "Allow":
        message = f"{operator} is true if {absence}"
    else:
        message = f"{operator} in a `Deny` statement is false if {absence}, so the request is not denied"
    yield condition.fail(message, value=condition.operator, remedy=_remedy(condition))


def ineffective_in(condition: TagCondition) -> str:
    """Return the effect with which *condition* alone does not require the tag that it tests; `""` if there is none."""
    parts = condition.parts
    if parts.set_operator == "foranyvalue" and parts.is_negated and condition.about in ("request", "resource"):
        return "Deny"
    if parts.set_operator == "forallvalues" and not parts.is_negated and not parts.if_exists:
        return "" if condition.about == "principal" else "Allow"
    return ""


def _requires_tag_of(condition: TagCondition, other: TagCondition) -> bool:
    if condition.about == "keys":
        return other.about != "principal" and other.requires_key()
    return other is not condition and other.has_key_of(condition) and other.requires_key()


def _may_have_no_tags(statement: Statement) -> bool:
    """Return whether tags are optional in a request of one of the actions."""
    if statement.owner.not_actions:
        return True

    def may_have_no_tags(pattern: str) -> bool:
        answers = (confirmed(action, _has_optional_tags) for action in expand(pattern))
        return statement.resolve("Action", any_of(answers))

    return some(statement["Action"].strings(), may_have_no_tags)


def _has_optional_tags(action: Action) -> bool:
    return action.level != "Tagging" and action.service != "sts" and has_request_tags(action)


def _remedy(condition: TagCondition) -> str:
    if condition.about == "keys":
        return "Add the condition `Null` on `aws:TagKeys` with the value `false`."
    return f"Use `{condition.operator.partition(':')[2]}`; a tag has one value."
