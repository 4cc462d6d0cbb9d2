"""A condition asks for tags in a request that has none.

What: `aws:RequestTag/...` or `aws:TagKeys` in a statement about an action whose request carries no tags, such as
    `ec2:TerminateInstances`, `s3:DeleteBucket` or `iam:CreateAccessKey`.
Why: the key is never there. An `Allow` then allows nothing; a `Deny` with `Null` or `StringNotEquals`, the usual way to
    require tags in a service control policy, denies the action to everyone, and one with `StringEquals` to no one.
Fix: for a resource that exists, ask for its own tags, and keep what takes tags in a statement of its own::

        condition {
          test     = "StringEquals"
          variable = "aws:ResourceTag/Team"
          values   = ["&{aws:PrincipalTag/Team}"]
        }
Limits: which requests carry tags is the AWS Service Authorization Reference's, of the version that `plainwork` ships.
    Actions that do nothing but tag are not judged: for some old services the reference does not list their keys. A
    pattern fails if all actions that it matches do; an action that is not in the reference is not evaluated. An `Allow`
    that a missing tag satisfies does not depend on it, and passes.
Link: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.iam import Statement
from plainwork_policies.iam.actions import Action
from plainwork_policies.model import Stack
from plainwork_policies.policy import Finding, policy
from plainwork_policies.settings import Settings
from plainwork_policies.tag_conditions.keys import with_tag_conditions
from plainwork_policies.tag_conditions.support import sends_tags
from plainwork_policies.tag_conditions.unseen import judge_unseen


@policy("PLW_COND_004", "request-tag-never-sent", severity="high", subjects=with_tag_conditions())
def request_tag_never_sent(statement: Statement, _stack: Stack, _settings: Settings) -> Iterator[Finding]:
    """Judge each condition on the request's tags by the statement's actions."""
    because = "whose request carries no tags"
    remedy = "ask for `aws:ResourceTag/...`, or take the action out of the statement"
    yield from judge_unseen(statement, ("request", "keys"), _never_sends, because, remedy)


def _never_sends(action: Action) -> bool:
    return action.level != "Tagging" and not sends_tags(action)
