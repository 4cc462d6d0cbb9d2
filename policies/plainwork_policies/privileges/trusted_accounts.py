"""Accounts that a policy may allow as a whole: those of the stack, and `[iam] trusted_accounts`."""

from __future__ import annotations

from collections.abc import Collection

from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam import statements
from plainwork_core.iam.principals import account_of, is_account, is_caller_account
from plainwork_core.iam.reach import matches_action
from plainwork_core.iam.statement import Principal
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.reading.statement import Statement

_ACCOUNT_KEY = "aws:principalaccount"


def untrusted_principals(statement: Statement, settings: IamSettings) -> list[Principal]:
    """Return the principals of *statement* without those of the stack's own accounts and of trusted ones."""
    trusted = {*settings.trusted_accounts, *_own_accounts(statement.stack)}
    return [
        principal
        for principal in statement.owner.principals
        if not _is_trusted(principal, trusted)
        if account_of(principal) != _key_owner(statement, trusted)
    ]


def is_limited_to_trusted_accounts(statement: Statement, settings: IamSettings) -> bool:
    """Return whether a condition on `aws:PrincipalAccount` lists only the stack's own accounts and trusted ones."""
    trusted = {*settings.trusted_accounts, *_own_accounts(statement.stack)}
    return any(
        all(_is_trusted(Principal("AWS", value), trusted) for value in condition.values)
        for condition in statement.owner.conditions
        if isinstance(condition.key, str) and condition.key.lower() == _ACCOUNT_KEY
    )


def is_known_account(principal: Principal) -> Ternary:
    """Return yes if the account ID is known; an unknown one may be that of the stack or a trusted one."""
    if is_account_id(account_of(principal)) or not isinstance(principal.value, Unknown):
        return True
    return Unknown(f"the account ID is unknown ({principal.value.reason})", principal.value.references)


def _is_trusted(principal: Principal, trusted: Collection[str]) -> bool:
    return is_caller_account(principal) or account_of(principal) in trusted


def has_known_account(statement: Statement) -> bool:
    """Return whether the account of the resource is known: an account of the stack, or one that owns the KMS key."""
    return bool(_own_accounts(statement.stack) or _key_administrators(statement.stack).get(statement.address))


@cached_per_stack
def _own_accounts(stack: Stack) -> frozenset[str]:
    """Return the account IDs in `allowed_account_ids`, in the roles of providers, and in the ARNs of resources."""
    allowed = [provider.get("allowed_account_ids") for provider in stack.providers]
    accounts = [str(account) for members in allowed if isinstance(members, list) for account in members]
    arns = [provider.get("assume_role.0.role_arn") for provider in stack.providers]
    arns += [resource.get("arn") for resource in stack.managed()]
    parsed = [parse_arn(arn) for arn in arns if isinstance(arn, str)]
    return frozenset(filter(is_account_id, [*accounts, *(arn.account for arn in parsed if arn)]))


def _key_owner(statement: Statement, trusted: Collection[str]) -> str | None:
    """Return the account of a KMS key: the first that may change its policy, if no trusted account may.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    administrators = _key_administrators(statement.stack).get(statement.address, [])
    if any(_is_trusted(principal, trusted) for principal in administrators):
        return None
    return next((account_of(principal) for principal in administrators), None)


@cached_per_stack
def _key_administrators(stack: Stack) -> dict[str, list[Principal]]:
    """Return the accounts that may change the policy of each key, by its address."""
    found: dict[str, list[Principal]] = {}
    for statement in statements(stack):
        if statement.document.owner.type.startswith("aws_kms") and _changes_policy(statement):
            accounts = (principal for principal in statement.principals if is_account(principal) is not False)
            found.setdefault(statement.address, []).extend(accounts)
    return found


def _changes_policy(statement: ModelStatement) -> bool:
    actions = (matches_action(action, "kms:putkeypolicy") for action in statement.actions)
    return statement.effect == "Allow" and any_of(actions) is True
