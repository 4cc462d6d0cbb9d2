"""IAM policy with tag-based access also allows changing the tags.

What: an identity policy allows actions on what has a certain tag (`aws:ResourceTag/...`), and in another statement,
    without any condition, to set tags on the same type of resource, such as `ec2:CreateTags` or `ec2:Create*` on `*`.
Why: whoever holds it sets the tag on anything and then does to it what the first statement allows: the condition on the
    tag protects nothing.
Remedy: let it tag only what it is creating, or what already has the tag::

        statement {
          actions   = ["ec2:CreateTags"]
          resources = ["arn:aws:ec2:*:*:instance/*"]

          condition {
            test     = "StringEquals"
            variable = "ec2:CreateAction"
            values   = ["RunInstances"]
          }
        }
Limitations: both statements stand in one document. The tagging fails where its `Resource` is `*` or the very one of the
    other statement; anything narrower, and any condition, is taken as meant. A `Deny` elsewhere is not seen, and a
    `Resource` that is not known is taken as narrower. `ec2:*` and `*` are `iam-wildcard-action`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds, statements
from plainwork_core.iam.actions import Action, expand
from plainwork_core.iam.patterns import is_any
from plainwork_core.iam.reach import is_service_wide
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_policies.conditions.keys import tag_tests
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.conditions.support import reached, sends_tags
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_TAKES_AWAY = ("untag", "remove", "delete")


@cached_per_stack
def tagging_statements(stack: Stack) -> list[Statement]:
    """Return the statements of identity policies that may set tags without a condition."""
    return [each for each in of_kinds("identity", "unused")(stack) if not each.conditions and _tagging(each)]


@cached_per_stack
def _by_document(stack: Stack) -> dict[tuple[str, str], list[Statement]]:
    table: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements(stack):
        table.setdefault(_document(statement), []).append(statement)
    return table


def _document(statement: Statement) -> tuple[str, str]:
    return statement.address, statement.document.argument


@policy(
    "PLW_COND_008",
    "iam-abac-tagging-unrestricted",
    aliases=("retagging-unrestricted",),
    severity="medium",
    subjects=tagging_statements,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",),
)
def iam_abac_tagging_unrestricted(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge a statement that sets tags by what the others of its document make of them."""
    if statement.effect == "Deny":
        return
    for other in _by_document(stack)[_document(statement)]:
        if other.effect == "Deny" or not (name := _by_tag(other)):
            continue
        for action in _tagging(statement):
            if not _same_resources(action, statement, other):
                continue
            path = statement.path("Action")
            if doubt := statement.doubt(other.effect):
                yield not_evaluated(path, doubt)
                return
            message = f"allows `{action}` without a condition, and `Statement.{other.index}` goes by `{name}`"
            remedy = "limit the tagging to what is being created, or to what already has the tag"
            yield fail(path, message, value=str(action), remedy=remedy)
            return


def _tagging(statement: Statement) -> list[Action]:
    """Return the actions of *statement* that set tags; a whole service (`ec2:*`) is `iam-wildcard-action`'s."""
    patterns = [each for each in statement.actions if isinstance(each, str) and not is_service_wide(each)]
    return [action for pattern in patterns for action in expand(pattern) if _sets(action)]


def _sets(action: Action) -> bool:
    return action.level == "Tagging" and sends_tags(action) and not action.name.lower().startswith(_TAKES_AWAY)


def _by_tag(statement: Statement) -> str | None:
    """Return the resource's tag without which *statement* does not apply."""
    tests = (test for test in tag_tests(statement) if test.about == "resource")
    return next((test.name for test in tests if without_key(test.condition) is False), None)


def _same_resources(tagging: Action, statement: Statement, other: Statement) -> bool:
    if not any(_covers(mine, theirs) for mine in statement.resources for theirs in other.resources):
        return False
    types = reached(tagging, statement).keys()
    found = [action for pattern in other.actions if isinstance(pattern, str) for action in expand(pattern)]
    return any(
        types & reached(action, other).keys()
        for action in found
        if action.service == tagging.service and action.level != "Tagging"
    )


def _covers(mine: str | Unknown, theirs: str | Unknown) -> bool:
    text = render(mine)
    return text is not None and (is_any(text) or text == render(theirs))
