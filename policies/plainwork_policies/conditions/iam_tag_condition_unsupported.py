"""IAM condition tests tags that the action's resource types do not support.

What: `aws:ResourceTag/...` in a statement about an action that works on no resource, such as `ec2:DescribeInstances`,
    or on types whose tags IAM does not look at; or a `Deny` of an Amazon EC2 action that wants a tag in the request of
    resource types which that request cannot tag, such as the image and the subnet of `ec2:RunInstances`.
Why: the key is never there. An `Allow` then allows nothing. Amazon EC2 decides on each resource of a request by itself,
    so a `Deny` for what has no tag, on `*`, denies every launch, tagged or not: the subnet never has one.
Remedy: name the resource types that the request can tag; leave what takes no resource to a statement without tags::

        resources = [
          "arn:aws:ec2:*:*:instance/*",
          "arn:aws:ec2:*:*:volume/*",
        ]
Limitations: which types have tags is the AWS Service Authorization Reference's. Of requests, only Amazon EC2's
    `Deny` is
    judged by type; an `Allow` on more types than can be tagged may be completed by another statement. A pattern fails
    if all actions that it matches do. An `Allow` that a missing tag satisfies does not depend on it, and passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement
from plainwork_core.iam.actions import Action, expand
from plainwork_core.text import enumeration
from plainwork_policies.conditions.keys import tag_tests, with_tag_conditions
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.conditions.support import creates_all, required_without_request_tags, sees_tags
from plainwork_policies.conditions.unseen import judge_unseen
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_COND_005",
    "iam-tag-condition-unsupported",
    aliases=("tag-condition-unsupported",),
    severity="high",
    subjects=with_tag_conditions(),
    links=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html",),
)
def iam_tag_condition_unsupported(statement: Statement) -> Iterator[Finding]:
    """Judge each condition on tags by the resource types of the statement's actions."""

    def blind(action: Action) -> bool:
        return not sees_tags(action, statement) and not creates_all(action, statement)

    because = "which works on nothing whose tags IAM looks at"
    remedy = "move it into a statement without a condition on tags"
    yield from judge_unseen(statement, ("resource",), blind, because, remedy)
    if statement.effect == "Deny":
        yield from _of_the_request(statement)


def _of_the_request(statement: Statement) -> Iterator[Finding]:
    for test in tag_tests(statement):
        if test.about not in ("request", "keys") or without_key(test.condition) is not True:
            continue
        for pattern in statement.actions:
            actions = expand(pattern) if isinstance(pattern, str) else ()
            if len(actions) == 1 and (types := required_without_request_tags(actions[0], statement)):
                yield fail(
                    statement.path("Resource"),
                    f"denies every `{actions[0]}`: it also names {enumeration(types)}, for which the request never has "
                    f"`{test.name}`",
                    value=list(map(str, statement.resources)),
                    remedy="name only the resource types that the request tags, such as `instance/*`",
                )
