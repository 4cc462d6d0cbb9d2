"""IAM condition tests tags that the action's resource types do not support.

What: `aws:ResourceTag/...` on an action without resource types, such as `ec2:DescribeInstances`, or with types whose
    tags IAM does not test; the tag key of another service, such as `ec2:ResourceTag/...` on `rds:DeleteDBInstance`; a
    key on object tags on an action of Amazon S3 that does not have it, such as `s3:ExistingObjectTag/...` on
    `s3:DeleteObject`; or a `Deny` statement on an Amazon EC2 action that requires a tag in the request for resource
    types that the request cannot tag, such as the image and the subnet of `ec2:RunInstances`.
Why: The key is never present. An `Allow` statement then allows nothing. Amazon EC2 authorizes each resource of a
    request separately, so a `Deny` statement for requests without a tag on `*` denies every launch: the subnet has no
    tag in the request.
Remedy: Set `Resource` to the types that the request can tag, and move actions without resource types to a statement
    without the condition. `aws:ResourceTag/...` is for all services.
Limitations: The AWS Service Authorization Reference defines which types have tags, and which actions have the key of a
    service. Conditions on the request are checked by type only in a `Deny` statement on Amazon EC2, because another
    statement may allow the other types. A pattern fails if all its actions do. An `Allow` statement that is true
    without the tag passes, and so does a `Deny` statement with a condition on the organization, account or network, in
    which the tag only exempts. A finding on an `Allow` statement is medium.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.authorization_reference import (
    confirmed,
    creates_all,
    has_resource_tags,
    lists_key,
    required_without_request_tags,
)
from plainwork_core.model.ternary import Ternary, any_of, negation
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, all_conditions, check_each, policy, some
from plainwork_policies.conditions.absent_keys import AbsentKey, check_absent_key
from plainwork_policies.conditions.subjects import (
    REQUEST,
    TagCondition,
    is_perimeter,
    statements_on_tags,
    tag_conditions,
)
from plainwork_policies.reading.statement import Statement


def _supports_no_tags(action: Action, statement: ModelStatement) -> Ternary:
    return confirmed(
        action, lambda one: negation(any_of((has_resource_tags(one, statement), creates_all(one, statement))))
    )


def _lacks(condition: TagCondition, action: Action, statement: ModelStatement) -> Ternary:
    """Return whether no request of *action* has the key of *condition*, on a tag of the resource or of an object."""
    if condition.about == "resource" and condition.service in ("aws", action.service):
        return _supports_no_tags(action, statement)
    return confirmed(action, lambda one: not lists_key(one, condition.key))


def _fault(condition: TagCondition) -> AbsentKey:
    separate = "Move {actions} to a statement without the condition."
    is_of_service = condition.about == "resource" and condition.service != "aws"
    return AbsentKey(
        partial(_lacks, condition),
        message="`{key}` is not supported by {actions}",
        remedy="Test `aws:ResourceTag/{tag}` instead." if is_of_service else separate,
    )


@policy(
    "PLW_COND_005",
    "iam-tag-condition-unsupported",
    aliases=("tag-condition-unsupported",),
    severity="high",
    on=statements_on_tags(),
    links=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html",),
)
def iam_tag_condition_unsupported(statement: Statement) -> Findings:
    """Check each condition on tags by the resource types of the statement's actions."""
    yield from check_each(tag_conditions(statement, "resource", "object", *REQUEST), _check)


def _check(condition: TagCondition) -> Findings:
    return _check_request(condition) if condition.about in REQUEST else check_absent_key(condition, _fault(condition))


def _check_request(condition: TagCondition) -> Findings:
    statement = condition.statement
    patterns = statement["Action"]
    if all_conditions(
        lambda: statement["Effect"].string() == "Deny",
        lambda: not is_perimeter(statement),
        condition.is_true_without_key,
        lambda: some(patterns.strings(), partial(_includes_untaggable, statement)),
    ):
        for pattern in patterns.certain_strings():
            types = [type_ for type_, is_included in _untaggable(statement, pattern).items() if is_included is True]
            if types:
                yield statement["Resource"].fail(
                    f"`Resource` includes {enumeration(types)}, whose part of a request never has `{condition.key}`; "
                    f"the statement denies every `{pattern}`",
                    value=list(map(str, statement.owner.resources)),
                    remedy="Set `Resource` to the resource types that the request tags, such as `instance/*`.",
                )


def _includes_untaggable(statement: Statement, pattern: str) -> bool:
    return statement.resolve("Resource", any_of(_untaggable(statement, pattern).values()))


def _untaggable(statement: Statement, pattern: str) -> dict[str, Ternary]:
    """Return the resource types of the statement that the one action of *pattern* needs and cannot tag."""
    actions = expand(pattern)
    if len(actions) != 1:
        return {}

    def types(action: Action) -> dict[str, Ternary]:
        return required_without_request_tags(action, statement.owner)

    return {type_: confirmed(actions[0], partial(_of_type, types, type_)) for type_ in types(actions[0])}


def _of_type(types: Callable[[Action], dict[str, Ternary]], type_: str, action: Action) -> Ternary:
    return types(action).get(type_, False)
