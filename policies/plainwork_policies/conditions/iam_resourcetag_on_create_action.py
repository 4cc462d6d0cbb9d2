"""IAM condition tests aws:ResourceTag on an action that creates the resource.

What: `aws:ResourceTag/...`, or the key of a service such as `ec2:ResourceTag/...`, on an action that creates every
    resource of the statement, such as `lambda:CreateFunction`, or `ec2:RunInstances` on `instance/*`.
Why: A resource has no tags before it is created, so the key is never present. An `Allow` statement then allows nothing,
    and a `Deny` statement that requires a tag denies everything, whatever the tags of the request are.
Remedy: Test the tags of the request.
Limitations: The AWS Service Authorization Reference defines what an action creates. An action that also works on an
    existing resource, such as the subnet of `ec2:RunInstances`, fails only if `Resource` excludes that type. A pattern
    fails if all its actions do. An `Allow` statement that is true without the tag (`Null` with `true`, `...IfExists`,
    `StringNot...`) does not depend on the tag, and passes. A finding on an `Allow` statement is medium.
"""

from __future__ import annotations

from plainwork_core.aws.iam_actions import Action
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.authorization_reference import confirmed, creates_all, has_resource_tags
from plainwork_core.model.ternary import Ternary, all_of, negation
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.conditions.absent_keys import AbsentKey, check_absent_key
from plainwork_policies.conditions.subjects import TagCondition, statements_on_tags, tag_conditions
from plainwork_policies.reading.statement import Statement


def _creates_only(action: Action, statement: ModelStatement) -> Ternary:
    return confirmed(
        action, lambda one: all_of((creates_all(one, statement), negation(has_resource_tags(one, statement))))
    )


_FAULT = AbsentKey(
    _creates_only,
    message="`{key}` is never present for {actions}, whose resource does not exist yet",
    remedy="Test `aws:RequestTag/{tag}` instead, in a statement for {actions}.",
)


@policy(
    "PLW_COND_003",
    "iam-resourcetag-on-create-action",
    aliases=("resource-tag-on-create",),
    severity="high",
    on=statements_on_tags(),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",),
)
def iam_resourcetag_on_create_action(statement: Statement) -> Findings:
    """Check each condition on the resource's tags."""
    yield from check_each(tag_conditions(statement, "resource"), _check)


def _check(condition: TagCondition) -> Findings:
    return check_absent_key(condition, _FAULT)
