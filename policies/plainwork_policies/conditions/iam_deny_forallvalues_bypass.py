"""IAM Deny statement with ForAllValues does not apply to a request with another tag key.

What: A `Deny` statement with `ForAllValues:StringEquals` or `ForAllValues:StringLike` on `aws:TagKeys`.
Why: `ForAllValues` is true only if all keys of the request are among the values. A caller who adds one more key to the
    request may set or remove the protected tags. The statement also denies requests without tags.
Remedy: Use `ForAnyValue`, which is true if one of the keys is among the values.
Limitations: `ForAllValues:StringNot...` passes: it requires one of the keys. A value that matches every key passes.
"""

from __future__ import annotations

from plainwork_core.model.rendering import render
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, all_conditions, check_each, policy
from plainwork_policies.conditions.subjects import TagCondition, statements_on_tags, tag_conditions
from plainwork_policies.reading.statement import Statement


@policy(
    "PLW_COND_009",
    "iam-deny-forallvalues-bypass",
    severity="medium",
    on=statements_on_tags(),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    ),
)
def iam_deny_forallvalues_bypass(statement: Statement) -> Findings:
    """Check the set operator of each condition on the keys of all tags."""
    yield from check_each(tag_conditions(statement, "keys"), _check)


def _check(condition: TagCondition) -> Findings:
    parts, statement = condition.parts, condition.statement
    if parts.set_operator != "forallvalues" or parts.is_negated or not parts.name.startswith("string"):
        return
    if all_conditions(lambda: statement["Effect"].string() == "Deny", lambda: not _matches_every_key(condition)):
        yield condition.fail(
            f"`{condition.operator}` on `{condition.key}` is false for a request with another key; "
            "the statement does not deny it",
            value=condition.operator,
            remedy=f"Use `ForAnyValue:{condition.operator.rpartition(':')[2]}`.",
        )


def _matches_every_key(condition: TagCondition) -> bool:
    texts = {value: render(value) for value in condition.condition.values}
    if any(text is not None and is_any(text) for text in texts.values()):
        return not condition.parts.is_literal
    for value, text in texts.items():
        if text is None:
            raise condition.not_evaluated(value)
    return False
