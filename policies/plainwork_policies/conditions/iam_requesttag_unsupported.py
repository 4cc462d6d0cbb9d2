"""IAM condition tests aws:RequestTag on an action that does not accept tags.

What: `aws:RequestTag/...` or `aws:TagKeys` in a statement about an action whose request carries no tags, such as
    `ec2:TerminateInstances`, `s3:DeleteBucket` or `iam:CreateAccessKey`; or a `Deny` for what has no tag, of a pattern
    that matches such an action too, such as `ec2:*`.
Why: the key is never there. An `Allow` then allows nothing; a `Deny` with `Null` or `StringNotEquals`, the usual way to
    require tags in a service control policy, denies the action to everyone, and one with `StringEquals` to no one.
Remedy: for a resource that exists, ask for its own tags, and keep what takes tags in a statement of its own::

        condition {
          test     = "StringEquals"
          variable = "aws:ResourceTag/Team"
          values   = ["&{aws:PrincipalTag/Team}"]
        }
Limitations: which requests carry tags is the AWS Service Authorization Reference's, of the version that `plainwork`
    ships.
    Actions that do nothing but tag are not judged, as for some old services the reference does not list their keys,
    nor are those of AWS STS, which decides on several of them with the tags of one session. A
    pattern in an `Allow`, or beside a condition that may spare the others, fails if all actions that it matches do;
    `NotAction` is not judged; an action that is not in the reference is not evaluated. An `Allow` that a missing tag
    satisfies does not depend on it, and passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement
from plainwork_core.iam.actions import Action, expand
from plainwork_core.iam.patterns import is_any
from plainwork_policies.conditions.keys import TagTest, tag_tests, with_tag_conditions
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.conditions.support import sends_tags
from plainwork_policies.conditions.unseen import judge_unseen
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.policy import policy

_REQUEST = ("request", "keys")
_OF_THE_CALLER = "aws:principal"
_ONE_OF_ALL = "ec2:DescribeInstances"


@policy(
    "PLW_COND_004",
    "iam-requesttag-unsupported",
    aliases=("request-tag-never-sent",),
    severity="high",
    subjects=with_tag_conditions(),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag",
    ),
)
def iam_requesttag_unsupported(statement: Statement) -> Iterator[Finding]:
    """Judge each condition on the request's tags by the statement's actions."""
    because = "whose request carries no tags"
    remedy = "ask for `aws:ResourceTag/...`, or take the action out of the statement"
    yield from judge_unseen(statement, _REQUEST, _never_sends, because, remedy)
    yield from _denied_besides(statement)


def _never_sends(action: Action) -> bool:
    return action.level != "Tagging" and action.service != "sts" and not sends_tags(action)


def _denied_besides(statement: Statement) -> Iterator[Finding]:
    """Judge the patterns of a statement that denies what has no tag, whatever it is."""
    tests = [test for test in tag_tests(statement) if test.about in _REQUEST]
    if statement.effect != "Deny" or not tests or not _hold_without_tags(statement, tests):
        return
    for pattern in statement.actions:
        if isinstance(pattern, str) and (other := _also_matched(pattern)):
            message = f"denies `{pattern}` where `{tests[0].name}` is missing, and so always `{other}`, for one"
            remedy = "name the actions that take tags"
            yield fail(statement.path("Action"), message, value=pattern, remedy=remedy)


def _hold_without_tags(statement: Statement, tests: list[TagTest]) -> bool:
    """Whether all conditions hold for a request without tags; one on the caller may hold for some."""
    others = [each for each in statement.conditions if all(each is not test.condition for test in tests)]
    callers = [str(each.key).lower().startswith(_OF_THE_CALLER) for each in others]
    return all(callers) and all(without_key(test.condition) is True for test in tests)


def _also_matched(pattern: str) -> str | None:
    """Return an action without tags that *pattern* matches beside some with tags."""
    if is_any(pattern.partition(":")[0]):
        return _ONE_OF_ALL
    actions = expand(pattern)
    without = [action for action in actions if _never_sends(action)]
    return str(without[0]) if 0 < len(without) < len(actions) else None
