"""IAM policy requires tags on creation but does not allow the tagging action.

What: a statement of an identity policy allows to create something under a condition that needs tags in the request
    (`aws:RequestTag/...`), and no identity policy of the stack allows the action that AWS asks for on top where tags
    come along: `ec2:CreateTags` with `ec2:RunInstances`, `elasticfilesystem:TagResource` with
    `elasticfilesystem:CreateFileSystem`, `elasticache:AddTagsToResource` with `elasticache:CreateReplicationGroup`,
    `s3:TagResource` or `s3:PutBucketTagging` with `s3:CreateBucket`.
Why: without tags the condition refuses the request, and with them the second permission is missing: whoever holds the
    policy can create nothing, and the error names an action that nobody called.
Remedy: allow the tagging, for what is being created only::

        statement {
          actions   = ["ec2:CreateTags"]
          resources = ["arn:aws:ec2:*:*:instance/*"]

          condition {
            test     = "StringEquals"
            variable = "ec2:CreateAction"
            values   = ["RunInstances"]
          }
        }
Limitations: which action needs which is the AWS Service Authorization Reference's, and the user guide's for Amazon
    S3. Any
    identity policy of the stack that allows the second action counts, whoever holds it. A policy from elsewhere may
    allow it too: where the stack attaches one to the same identity, this is not evaluated. Service control policies
    and policies of resources are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, statements
from plainwork_core.iam.actions import Action, expand
from plainwork_core.iam.patterns import matches
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.conditions.holders import foreign_policy
from plainwork_policies.conditions.keys import hidden_condition, tag_tests, with_tag_conditions
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.conditions.support import tagging_actions
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_SUBJECTS = with_tag_conditions("identity", "unused")


@policy(
    "PLW_COND_006",
    "iam-tagging-permission-missing",
    aliases=("tagging-action-missing",),
    severity="medium",
    subjects=_SUBJECTS,
    links=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html",),
)
def iam_tagging_permission_missing(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge each action of *statement* that creates, by what the stack's identity policies allow besides."""
    if statement.effect == "Deny":
        return
    if not _needs_tags(statement):
        if (hidden := hidden_condition(statement)) is not None:
            yield not_evaluated(statement.path("Condition"), hidden)
        return
    for pattern in statement.actions:
        for action in expand(pattern) if isinstance(pattern, str) else ():
            wanted = tagging_actions(action)
            allowed = _allowed(stack, wanted)
            if wanted and allowed is not True:
                yield _judge(statement, stack, action, wanted, allowed=allowed)


def _needs_tags(statement: Statement) -> bool:
    tests = (test for test in tag_tests(statement) if test.about in ("request", "keys"))
    return any(without_key(test.condition) is False for test in tests)


def _allowed(stack: Stack, wanted: tuple[str, ...]) -> bool | Unknown:
    """Whether an identity policy of *stack* allows one of *wanted*; the `Unknown` that might."""
    answers = _answers(stack)
    if wanted not in answers:
        answers[wanted] = _work_out(stack, wanted)
    return answers[wanted]


@cached_per_stack
def _answers(_stack: Stack) -> dict[tuple[str, ...], bool | Unknown]:
    return {}


def _work_out(stack: Stack, wanted: tuple[str, ...]) -> bool | Unknown:
    hidden: list[Unknown] = []
    for statement in statements(stack):
        if statement.kind not in ("identity", "unused") or statement.effect == "Deny":
            continue
        if any(_names(statement, action) for action in wanted):
            return True
        unread = (statement.effect, *statement.actions, *statement.not_actions)
        hidden += [each for each in unread if isinstance(each, Unknown)]
    return hidden[0] if hidden else False


def _names(statement: Statement, action: str) -> bool:
    def named(patterns: tuple[str | Unknown, ...]) -> bool:
        return any(isinstance(each, str) and matches(each.lower(), action.lower()) for each in patterns)

    return not named(statement.not_actions) if statement.not_actions else named(statement.actions)


def _judge(
    statement: Statement, stack: Stack, action: Action, wanted: tuple[str, ...], *, allowed: bool | Unknown
) -> Finding:
    doubt = statement.doubt(allowed, hidden_condition(statement)) or foreign_policy(statement.document.owner, stack)
    path = statement.path("Action")
    if doubt:
        return not_evaluated(path, doubt)
    either = enumeration(wanted, "or")
    message = f"allows `{action}` only with tags in the request, and nothing allows {either}, which those tags need"
    return fail(path, message, value=str(action), remedy=f"allow {either} too, limited to what is being created")
