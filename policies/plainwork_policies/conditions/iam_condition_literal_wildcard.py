"""IAM tag condition uses a wildcard with StringEquals.

What: `StringEquals`, `StringNotEquals` or one of their variants on a tag, with a value that contains `*`.
Why: Only `StringLike` and `StringNotLike` support wildcards. `StringEquals` compares with the literal text, which no
    tag has: an `Allow` statement then allows nothing, and a `Deny` statement with `StringNotEquals` denies everything.
Remedy: Use the operator with wildcards, or test only whether the tag is present.
Limitations: Only conditions on tags are checked: of the request, the resource and the caller, and `aws:TagKeys`.
    `${*}`, the literal `*` of IAM, passes. A finding on an `Allow` statement that never matches is medium.
"""

from __future__ import annotations

from plainwork_core.model.rendering import render
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.conditions.subjects import TagCondition, statements_on_tags, tag_conditions
from plainwork_policies.reading.statement import Statement

_LITERAL_STAR = "${*}"


@policy(
    "PLW_COND_002",
    "iam-condition-literal-wildcard",
    aliases=("tag-wildcard-taken-literally",),
    severity="high",
    on=statements_on_tags(),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",),
)
def iam_condition_literal_wildcard(statement: Statement) -> Findings:
    """Check the values of each condition on tags."""
    yield from check_each(tag_conditions(statement), _check)


def _check(condition: TagCondition) -> Findings:
    if not condition.parts.is_literal:
        return
    texts = {value: render(value) for value in condition.condition.values}
    wildcards = [text for text in texts.values() if text and "*" in text.replace(_LITERAL_STAR, "")]
    if wildcards:
        never_allows = condition.statement.owner.effect == "Allow" and not condition.parts.is_negated
        yield condition.fail(
            f"`{condition.operator}` compares `{condition.key}` with {enumeration(wildcards)} literally; "
            "only `StringLike` and `StringNotLike` support wildcards",
            value=wildcards,
            remedy=f"Use `{_like(condition)}`.",
            severity="medium" if never_allows else None,
        )
    elif unknown := [value for value, text in texts.items() if text is None]:
        raise condition.not_evaluated(unknown[0])


def _like(condition: TagCondition) -> str:
    set_operator, colon, _ = condition.operator.rpartition(":")
    name = "StringNotLike" if condition.parts.is_negated else "StringLike"
    return f"{set_operator}{colon}{name}{'IfExists' if condition.parts.if_exists else ''}"
