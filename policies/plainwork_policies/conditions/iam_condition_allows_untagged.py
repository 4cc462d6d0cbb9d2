"""IAM tag condition allows requests without the tag.

What: an `Allow` whose condition on `aws:TagKeys`, `aws:RequestTag/...` or `aws:ResourceTag/...` has `ForAllValues:`
    and no other condition that wants the tag to be there; or a `Deny` with `ForAnyValue:StringNot...` on one tag.
Why: `ForAllValues` is true where there is no value at all, so what was to be created with the right tags only can also
    be created with none; `ForAnyValue` is false there, so the `Deny` passes over what has no such tag.
Remedy: want the keys to be there as well; and ask for one tag without a set operator::

        condition {
          test     = "ForAllValues:StringEquals"
          variable = "aws:TagKeys"
          values   = ["Environment", "Owner"]
        }

        condition {
          test     = "Null"
          variable = "aws:TagKeys"
          values   = ["false"]
        }
Limitations: a condition in the same statement that needs a tag, of the request or the resource, guards `aws:TagKeys`
    too.
    Actions that do nothing but tag always send keys, and session tags are optional by design (`sts:AssumeRole`): both
    are left out. An operator that asks for other values (`ForAllValues:StringNot...`) is taken as meant.
    `ForAllValues` in a `Deny` is too strict rather than too wide, and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement
from plainwork_core.iam.actions import Action, expand
from plainwork_core.model.values import Unknown
from plainwork_policies.conditions.keys import TagTest, hidden_condition, tag_tests, with_tag_conditions
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.conditions.support import sends_tags
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_SUBJECTS = with_tag_conditions("identity", "resource", "organization", "unused")


@policy(
    "PLW_COND_001",
    "iam-condition-allows-untagged",
    aliases=("untagged-request-allowed",),
    severity="medium",
    subjects=_SUBJECTS,
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html",
    ),
)
def iam_condition_allows_untagged(statement: Statement) -> Iterator[Finding]:
    """Judge each condition on tags by its set operator."""
    path = statement.path("Condition")
    if (hidden := hidden_condition(statement)) is not None:
        yield not_evaluated(path, hidden)
        return
    tests = list(tag_tests(statement))
    for test in tests:
        if not lets_through(statement, test) or _is_guarded(test, tests):
            continue
        if isinstance(doubt := _doubt(statement, test), str):
            yield not_evaluated(path, doubt)
        elif doubt:
            yield fail(
                path,
                f"lets through what has no `{test.name}`: `{test.condition.operator}` does not need it to be there",
                value=test.condition.operator,
                remedy=_remedy(test),
            )


def lets_through(statement: Statement, test: TagTest) -> bool:
    """Tell whether *test*, alone, lets a request without its key through although its values are asked for."""
    quantifier, negated = test.operator.quantifier, test.operator.negated
    if statement.effect == "Deny":
        return test.about in ("request", "resource") and quantifier == "foranyvalue" and negated
    return test.about != "principal" and quantifier == "forallvalues" and not negated and not test.operator.if_exists


def _is_guarded(test: TagTest, tests: list[TagTest]) -> bool:
    return any(_guards(other, test) for other in tests if without_key(other.condition) is False)


def _guards(other: TagTest, test: TagTest) -> bool:
    if test.about == "keys":
        return other.about != "principal"
    return other.about == test.about and other.name.lower() == test.name.lower() and other is not test


def _doubt(statement: Statement, test: TagTest) -> str | bool:
    """Whether some action may come without tags; in words, why nobody can tell."""
    if isinstance(statement.effect, Unknown):
        return statement.effect.reason
    if test.about != "keys" or statement.not_actions:
        return True
    known = [action for pattern in statement.actions if isinstance(pattern, str) for action in expand(pattern)]
    if any(map(_tags_are_optional, known)):
        return True
    return next((action.reason for action in statement.actions if isinstance(action, Unknown)), False)


def _tags_are_optional(action: Action) -> bool:
    return action.level != "Tagging" and action.service != "sts" and sends_tags(action)


def _remedy(test: TagTest) -> str:
    if test.about == "keys":
        return "add a condition `Null` of `aws:TagKeys` with `false`"
    return f"write `{str(test.condition.operator).partition(':')[2]}`: a tag has one value, and needs no set operator"
