"""IAM Deny statement applies only when all required tags are missing.

What: one `Deny` statement with `Null` = `true` for two or more `aws:RequestTag/...` keys; or for one such key together
    with `StringNotEquals` or `StringNotLike` of the same key.
Why: all conditions of a statement must hold before it denies. With two keys, one tag is enough to pass without the
    other. With a `Null` and a `StringNot...` of one key, the second never matters: a tag that is there may have any
    value.
Remedy: write a statement for each tag, and one for its values::

        statement {
          sid       = "DenyWithoutOwner"
          effect    = "Deny"
          actions   = ["secretsmanager:CreateSecret"]
          resources = ["*"]

          condition {
            test     = "Null"
            variable = "aws:RequestTag/Owner"
            values   = ["true"]
          }
        }
Limitations: `StringNotLike` of `*` counts as `Null`. Two keys that differ only in case are one. `StringNotEquals` of
    several
    keys without a `Null` may be meant as "unless one of them has its value", and is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.conditions.keys import TagTest, hidden_condition, tag_tests, with_tag_conditions
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_COND_007",
    "iam-deny-all-tags-missing",
    aliases=("deny-only-when-all-tags-missing",),
    severity="medium",
    subjects=with_tag_conditions(),
    links=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_tagging.html",
    ),
)
def iam_deny_all_tags_missing(statement: Statement) -> Iterator[Finding]:
    """Judge a statement that denies by all its conditions on tags of the request together."""
    tests = [test for test in tag_tests(statement) if test.about == "request"]
    missing = {test.name.lower(): test.name for test in tests if _wants_absence(test)}
    wrong = {test.name.lower(): test.name for test in tests if test.operator.negated and not _wants_absence(test)}
    useless = [name for key, name in wrong.items() if key in missing]
    path = statement.path("Condition")
    hidden = hidden_condition(statement)
    if statement.effect == "Allow" or not (missing or wrong or isinstance(statement.effect, Unknown)):
        return
    several = len(missing) > 1
    if not (useless or several):
        if hidden is not None:
            yield not_evaluated(path, hidden)
    elif isinstance(statement.effect, Unknown):
        yield not_evaluated(path, statement.effect)
    else:
        yield _together(path, sorted(missing.values())) if several else _never_matters(path, useless[0])


def _wants_absence(test: TagTest) -> bool:
    """Whether *test* holds only where the key is missing."""
    if test.operator.test == "stringnotlike":
        return test.condition.values == ("*",)
    return test.operator.test == "null" and without_key(test.condition) is True


def _together(path: str, names: list[str]) -> Finding:
    return fail(
        path,
        f"denies only what lacks {enumeration(names)} all at once: one of them is enough to pass",
        value=names,
        remedy="write a statement for each tag",
    )


def _never_matters(path: str, name: str) -> Finding:
    return fail(
        path,
        f"denies only what lacks `{name}`: where the tag is there, its value is not looked at",
        value=name,
        remedy="write one statement with `Null` and one with the values",
    )
