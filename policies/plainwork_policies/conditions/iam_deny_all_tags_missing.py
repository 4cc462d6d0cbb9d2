"""IAM Deny statement applies only when all required tags are missing.

What: A `Deny` statement with `Null` = `true` for two or more `aws:RequestTag/...` keys, or for one such key together
    with `StringNotEquals` or `StringNotLike` on the same key.
Why: A statement applies only if all its conditions are true. With two keys, a request with one of the tags is not
    denied. With `Null` and `StringNot...` on one key, the value is never tested: a tag may have any value.
Remedy: Use one statement for each tag, and one for its values.
Limitations: `StringNotLike` with `*` counts as `Null`. Keys that differ only in case are one key. `StringNotEquals` on
    several keys without `Null` passes, because it may be an exception for requests with one of the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations

from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, all_conditions, is_certain, policy, some
from plainwork_policies.conditions.subjects import (
    TagCondition,
    known_tag_conditions,
    require_known_conditions,
    statements_on_tags,
)
from plainwork_policies.reading.statement import Statement

Pair = tuple[TagCondition, TagCondition]


@policy(
    "PLW_COND_007",
    "iam-deny-all-tags-missing",
    aliases=("deny-only-when-all-tags-missing",),
    severity="medium",
    on=statements_on_tags(),
    links=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_tagging.html",
    ),
)
def iam_deny_all_tags_missing(statement: Statement) -> Findings:
    """Check each pair of conditions on tags of the request."""
    if statement.owner.effect == "Allow" or not some(_pairs(statement), _is_fault):
        return
    if statement["Effect"].string() == "Deny":
        first, second = next(pair for pair in _pairs(statement) if is_certain(partial(_is_fault, pair)))
        conditions = known_tag_conditions(statement, "request")
        absent = {one.key.lower(): one.key for one in conditions if is_certain(one.requires_absence)}
        if len(absent) > 1:
            keys = sorted(absent.values())
            tags = enumeration(keys)
            message = f"`Condition` requires that {tags} are all missing; a request with one of them is not denied"
            yield first.fail(message, value=keys, remedy="Use one `Deny` statement for each tag.")
        else:
            operators = f"`{first.operator}` and `{second.operator}`"
            message = f"{operators} on `{first.key}` are in one statement; the value of the tag is never tested"
            remedy = f"Use one statement for `{first.operator}` and one for `{second.operator}`."
            yield first.fail(message, value=first.key, remedy=remedy)


def _pairs(statement: Statement) -> Iterator[Pair]:
    """Yield each ordered pair of conditions on tags of the request; an unknown condition may be one of another pair."""
    yield from permutations(known_tag_conditions(statement, "request"), 2)
    require_known_conditions(statement)


def _is_fault(pair: Pair) -> bool:
    """Return whether both tags must be missing, or the tag must be missing and have another value."""
    first, second = pair
    if not first.has_key_of(second):
        return all_conditions(first.requires_absence, second.requires_absence)
    return second.parts.is_negated and all_conditions(first.requires_absence, lambda: not second.requires_absence())
