"""Resource-based policy allows an entire account.

What: a statement of the policy of a key, queue, topic, file system or secret allows something to an account
    (`arn:aws:iam::123456789012:root` or `123456789012`), without a condition that narrows who.
Why: it hands the decision to that account's administrators: any of its roles may be given it, and nobody here sees it.
Remedy: name the roles that use it, or the accounts that you trust as a whole in `plainwork.toml`::

        principals {
          type        = "AWS"
          identifiers = ["arn:aws:iam::444455556666:role/order-sender"]
        }
Limitations: the account of the stack itself passes, because there IAM policies decide anyway. It is known where it
    is read
    from `aws_caller_identity`, as the provider's `allowed_account_ids`, and in a key policy as the account that may
    rewrite it (`kms:*` is AWS's own default); any other is told in `[privileges] accounts`. Buckets that an account
    reads are `s3-bucket-policy-broad-read`'s. Other resources are not judged: policies of log destinations,
    repositories and vaults name accounts as a rule. `NotPrincipal` is `resource-policy-public-access`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam import Principal, Statement, statements
from plainwork_core.iam.conditions import narrowed
from plainwork_core.iam.principals import is_account
from plainwork_core.iam.reach import names_action
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.resources import noun_of
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.who import NARROWER_THAN_AN_ACCOUNT, shut_out

_JUDGED = ("file system", "key", "queue", "secret", "topic")
_CALLER = re.compile(r"(?:.*\.)?data\.aws_caller_identity\.")


def judged_statements(stack: Stack) -> list[Statement]:
    """Return the statements of policies on resources for which naming a whole account is a choice."""
    return [statement for statement in statements(stack) if noun_of(statement) in _JUDGED]


@policy(
    "PLW_PRIV_011",
    "resource-policy-account-principal",
    aliases=("account-allowed",),
    severity="medium",
    subjects=judged_statements,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",),
    settings=("trusted_accounts",),
)
def resource_policy_account_principal(statement: Statement, stack: Stack, settings: IamSettings) -> Iterator[Finding]:
    """Judge one statement by each of its principals."""
    if statement.effect == "Deny":
        return
    narrow = narrowed(statement, lambda key: key.startswith(NARROWER_THAN_AN_ACCOUNT))
    for principal in statement.principals if narrow is not True else ():
        account = is_account(principal)
        if account is False or _is_own(principal, statement, stack, settings):
            continue
        path = statement.path("Principal")
        if doubt := statement.doubt(account, narrow) or shut_out(statement, stack):
            yield not_evaluated(path, doubt)
            continue
        who = render(principal.value)
        remedy = "name the roles that use it, or add the account to `[privileges] accounts`"
        yield fail(path, f"lets the whole account `{who}` use the {noun_of(statement)}", value=who, remedy=remedy)


def _is_own(principal: Principal, statement: Statement, stack: Stack, settings: IamSettings) -> bool:
    """Whether the account is the stack's own, or one that is trusted as a whole."""
    value = principal.value
    if isinstance(value, Unknown) and any(_CALLER.match(reference) for reference in value.references):
        return True
    number = _number(value)
    trusted = {*settings.trusted_accounts, *_allowed(stack)}
    return number in trusted or (statement.address, number) in _keepers(stack)


def _allowed(stack: Stack) -> list[str]:
    found = [provider.get("allowed_account_ids") for provider in stack.providers]
    return [str(number) for numbers in found if isinstance(numbers, list) for number in numbers]


def _number(value: str | Unknown) -> str:
    text = render(value) or ""
    arn = parse_arn(text)
    return arn.account if arn else text


@cached_per_stack
def _keepers(stack: Stack) -> set[tuple[str, str]]:
    """Address of each key, with the accounts that may rewrite its policy."""
    return {
        (statement.address, _number(principal.value))
        for statement in statements(stack)
        if statement.document.owner.type.startswith("aws_kms") and statement.effect == "Allow"
        if any(names_action(action, "kms:putkeypolicy") is True for action in statement.actions)
        for principal in statement.principals
    }
