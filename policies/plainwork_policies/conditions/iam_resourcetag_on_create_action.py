"""IAM condition tests aws:ResourceTag on an action that creates the resource.

What: `aws:ResourceTag/...`, or a service's own such as `ec2:ResourceTag/...`, in a statement about an action that
    creates every resource that the statement names, such as `lambda:CreateFunction`, or `ec2:RunInstances` on
    `instance/*`.
Why: what is about to be created has no tags, so the condition never sees one. An `Allow` then allows nothing, and a
    `Deny` that wants a tag denies everything, whatever is in the request.
Remedy: ask for the tags that the request brings along::

        condition {
          test     = "StringEquals"
          variable = "aws:RequestTag/Team"
          values   = ["&{aws:PrincipalTag/Team}"]
        }
Limitations: which action creates what, and sees which tags, is the AWS Service Authorization Reference's; an action
    that
    also works on something that exists, such as the subnet of `ec2:RunInstances`, fails only where `Resource` leaves
    that out. A pattern fails if all actions that it matches do. An `Allow` that a missing tag satisfies (`Null` with
    `true`, `...IfExists`, `StringNot...`) does not depend on the tag, and passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement
from plainwork_core.iam.actions import Action
from plainwork_policies.conditions.keys import with_tag_conditions
from plainwork_policies.conditions.support import creates_all, sees_tags
from plainwork_policies.conditions.unseen import judge_unseen
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_COND_003",
    "iam-resourcetag-on-create-action",
    aliases=("resource-tag-on-create",),
    severity="high",
    subjects=with_tag_conditions(),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",),
)
def iam_resourcetag_on_create_action(statement: Statement) -> Iterator[Finding]:
    """Judge each condition on the resource's tags by the statement's actions."""

    def too_early(action: Action) -> bool:
        return creates_all(action, statement) and not sees_tags(action, statement)

    because = "which creates what it names"
    remedy = "ask for `aws:RequestTag/...`, in a statement of its own for what creates"
    yield from judge_unseen(statement, ("resource",), too_early, because, remedy)
