"""IAM tag condition uses a wildcard with StringEquals.

What: `StringEquals`, `StringNotEquals`, or one of their variants, on a tag, with a value that has a `*` in it.
Why: only `StringLike` and `StringNotLike` know wildcards. `StringEquals` asks for the very text, which tags do not
    have: what was to be allowed for any value is allowed for none, and a `Deny` for all but some denies everything.
Remedy: name the operator that knows wildcards, or ask only that the tag is there::

        condition {
          test     = "StringLike"
          variable = "aws:RequestTag/CostCenter"
          values   = ["cc-*"]
        }

        condition {
          test     = "Null"
          variable = "aws:RequestTag/Owner"
          values   = ["false"]
        }
Limitations: conditions on tags only (of the request, the resource and the caller, and `aws:TagKeys`). `${*}`, which
    is how
    IAM writes a star that is meant, is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement
from plainwork_core.model.rendering import render
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.text import enumeration
from plainwork_policies.conditions.keys import TagTest, hidden_condition, tag_tests, with_tag_conditions
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_MEANT = "${*}"


@policy(
    "PLW_COND_002",
    "iam-condition-literal-wildcard",
    aliases=("tag-wildcard-taken-literally",),
    severity="medium",
    subjects=with_tag_conditions(),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",),
)
def iam_condition_literal_wildcard(statement: Statement) -> Iterator[Finding]:
    """Judge the values of each condition on tags."""
    path = statement.path("Condition")
    if (hidden := hidden_condition(statement)) is not None:
        yield not_evaluated(path, hidden)
    for test in tag_tests(statement):
        if not test.operator.exact:
            continue
        if stars := _with_star(test):
            yield _failure(path, test, stars)
        elif (unknown := _unread(test)) is not None:
            yield not_evaluated(path, unknown)


def _with_star(test: TagTest) -> list[str]:
    texts = [text for value in test.condition.values if (text := render(value))]
    return [text for text in texts if "*" in text.replace(_MEANT, "")]


def _unread(test: TagTest) -> Unknown | None:
    """A value of which nothing is known may have a star; a part of one hardly has."""
    values = test.condition.values
    return next((each for each in values if isinstance(each, Unknown) and not isinstance(each, PartialString)), None)


def _failure(path: str, test: TagTest, stars: list[str]) -> Finding:
    like = "StringNotLike" if test.operator.negated else "StringLike"
    prefix = f"{first}:" if (first := str(test.condition.operator).rpartition(":")[0]) else ""
    suffix = "IfExists" if test.operator.if_exists else ""
    return fail(
        path,
        f"compares `{test.name}` with {enumeration(stars)} letter by letter: to "
        f"`{test.condition.operator}` a `*` is no wildcard",
        value=stars,
        remedy=f"write `{prefix}{like}{suffix}`",
    )
