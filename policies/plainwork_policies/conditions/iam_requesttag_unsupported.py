"""IAM condition tests aws:RequestTag on an action that does not accept tags.

What: `aws:RequestTag/...` or `aws:TagKeys` on an action whose request has no tags, such as `ec2:TerminateInstances`,
    `s3:DeleteBucket` or `iam:CreateAccessKey`; or a `Deny` statement for requests without a tag on a pattern that also
    matches such an action, such as `ec2:*`.
Why: The key is never present. An `Allow` statement then allows nothing. A `Deny` statement with `Null` or
    `StringNotEquals`, the usual way to require tags in a service control policy, always denies the action, and one with
    `StringEquals` never does.
Remedy: For an existing resource, test its own tags. Keep the actions that accept tags in a separate statement.
Limitations: The AWS Service Authorization Reference, in the version that plainwork contains, defines which requests
    have tags. Actions that only set tags are not checked, because the reference omits their keys for some old services.
    Nor are actions of AWS STS, several of which use the tags of one session. An action that only one of two sources of
    the reference describes in this way is not evaluated. A pattern in an `Allow` statement, or in a statement with
    another condition, fails if all its actions do. `NotAction` is not checked. An action that is not in the reference
    is not evaluated. An `Allow` statement that is true without the tag passes, and so does a `Deny` statement with a
    condition on the organization, account or network, in which the tag only exempts. A finding on an `Allow` statement
    is medium.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.authorization_reference import confirmed, has_request_tags
from plainwork_core.model.ternary import Ternary
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, all_conditions, check_each, every, policy
from plainwork_policies.conditions.absent_keys import AbsentKey, check_absent_key
from plainwork_policies.conditions.subjects import (
    REQUEST,
    TagCondition,
    is_perimeter,
    known_tag_conditions,
    statements_on_tags,
    tag_conditions,
)
from plainwork_policies.reading.statement import Statement

_OF_THE_CALLER = "aws:principal"
_EXAMPLE_OF_ALL = "ec2:DescribeInstances"


def _has_no_tags(action: Action) -> bool:
    return action.level != "Tagging" and action.service != "sts" and not has_request_tags(action)


@cache
def _certainly_has_no_tags(action: Action) -> Ternary:
    return confirmed(action, _has_no_tags)


def _lacks_tags(action: Action, _statement: ModelStatement) -> Ternary:
    return _certainly_has_no_tags(action)


_MESSAGE = "`{key}` is never present for {actions}, whose request has no tags"
_ONE_TAG = AbsentKey(
    _lacks_tags,
    message=_MESSAGE,
    remedy="Test `aws:ResourceTag/{tag}`, or move {actions} to a statement without the condition.",
)
_ALL_KEYS = AbsentKey(_lacks_tags, message=_MESSAGE, remedy="Move {actions} to a statement without the condition.")


@policy(
    "PLW_COND_004",
    "iam-requesttag-unsupported",
    aliases=("request-tag-never-sent",),
    severity="high",
    on=statements_on_tags(),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag",
    ),
)
def iam_requesttag_unsupported(statement: Statement) -> Findings:
    """Check each condition on the request's tags, and each pattern of a statement that denies requests without them."""
    yield from check_each(tag_conditions(statement, *REQUEST), _check_condition)
    yield from check_each(statement["Action"].certain_strings(), partial(_check_pattern, statement))


def _check_condition(condition: TagCondition) -> Findings:
    return check_absent_key(condition, _ALL_KEYS if condition.about == "keys" else _ONE_TAG)


def _check_pattern(statement: Statement, pattern: str) -> Findings:
    conditions = known_tag_conditions(statement, *REQUEST)
    other = _action_without_tags(pattern)
    if other and conditions and _denies_without_tags(statement, conditions):
        yield statement["Action"].fail(
            f"`{pattern}` is denied without `{conditions[0].key}`, so the statement always denies `{other}`, "
            "whose request has no tags",
            value=pattern,
            remedy="List the actions that accept tags.",
        )


def _denies_without_tags(statement: Statement, conditions: list[TagCondition]) -> bool:
    """Return whether it denies every request without tags; a condition on the caller may be true for some callers."""
    on_tags = [condition.condition for condition in conditions]
    others = [condition for condition in statement.owner.conditions if condition not in on_tags]
    return all_conditions(
        lambda: not is_perimeter(statement),
        lambda: all(str(condition.key).lower().startswith(_OF_THE_CALLER) for condition in others),
        lambda: statement["Effect"].string() == "Deny",
        lambda: every(conditions, TagCondition.is_true_without_key),
    )


@lru_cache(maxsize=1024)
def _action_without_tags(pattern: str) -> str | None:
    """Return an action whose request has no tags, if *pattern* also matches actions whose request has."""
    if is_any(pattern.partition(":")[0]):
        return _EXAMPLE_OF_ALL
    actions = expand(pattern)
    without = [action for action in actions if _certainly_has_no_tags(action) is True]
    return str(without[0]) if without and any(map(has_request_tags, actions)) else None
