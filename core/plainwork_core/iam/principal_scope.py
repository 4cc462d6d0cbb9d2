"""Conditions and `Deny` statements that limit the principals of a resource-based policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from plainwork_core.iam.conditions import is_limited, requires_true
from plainwork_core.iam.documents import statements
from plainwork_core.iam.principals import is_public
from plainwork_core.iam.statement import Condition, Statement
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown

NARROWER_THAN_ACCOUNT = (
    "aws:ec2instancesourcevpc",
    "aws:principalarn",
    "aws:principalservicename",
    "aws:principaltag/",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:userid",
    "aws:username",
    "aws:vpcsourceip",
    "elasticfilesystem:accesspointarn",
    "s3:accesspointnetworkorigin",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:existingobjecttag/",
    "sns:endpoint",
)
"""Beginnings of condition keys that limit the principals of an account: principal, network, source or access point."""
_ORGANIZATION = (
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:vpceaccount",  # the endpoints of an account, which the principals of other accounts may use
    "aws:vpceorgid",
    "aws:vpceorgpaths",
)
NARROWER_THAN_PUBLIC = (*NARROWER_THAN_ACCOUNT, *_ORGANIZATION)
"""Beginnings of condition keys that limit `*` to less than accounts, to an organization, or to its networks."""
_ACCOUNTS = ("aws:principalaccount", "kms:calleraccount")
# https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
_VIA_MOUNT_TARGET = "elasticfilesystem:accessedviamounttarget"
_NEGATED = ("stringnot", "arnnot", "notipaddress", "null", "bool")


def limits_public(statement: Statement) -> Ternary:
    """Return whether a condition of *statement* limits `*`; a limit to an account counts."""
    by_key = _limits_to_account(statement)
    return any_of((by_key, requires_true(statement, _VIA_MOUNT_TARGET, "aws:principalisawsservice")))


def limits_public_to_account(statement: Statement) -> Ternary:
    """Return whether a condition of *statement* limits `*` to an account, and no condition limits it further."""
    further = is_limited(statement, lambda key: key.startswith(NARROWER_THAN_PUBLIC))
    return False if further is True else _limits_to_account(statement)


def _limits_to_account(statement: Statement) -> Ternary:
    return is_limited(statement, lambda key: key.startswith((*NARROWER_THAN_PUBLIC, *_ACCOUNTS)), to_account=True)


def limits_account(statement: Statement) -> Ternary:
    """Return whether a condition of *statement* limits an account to some of its principals."""
    return is_limited(statement, lambda key: key.startswith(NARROWER_THAN_ACCOUNT))


def is_limited_by_deny(statement: Statement, stack: Stack) -> Ternary:
    """Return whether a `Deny` statement of the same document limits the principals of *statement*.

    It denies all principals but some, such as by `NotIpAddress` of `aws:SourceIp`.

    Returns:
        No, or an `Unknown` with the reason: the remaining principals are not determined.
    """
    if (statement.address, statement.document.argument) not in _limiting(stack):
        return False
    return Unknown("a `Deny` statement limits the principals; the remaining principals cannot be determined")


@cached_per_stack
def _limiting(stack: Stack) -> set[tuple[str, str]]:
    found = (statement for statement in statements(stack) if _limits(statement))
    return {(statement.address, statement.document.argument) for statement in found}


def _limits(statement: Statement) -> bool:
    if statement.effect != "Deny":
        return False
    denies_all = any(is_public(principal) for principal in statement.principals)
    return bool(statement.not_principals) or (denies_all and any(map(_excludes_principals, statement.conditions)))


def _excludes_principals(condition: Condition) -> bool:
    operator, key = condition.operator, condition.key
    return (
        isinstance(operator, str)
        and isinstance(key, str)
        and operator.lower().rpartition(":")[2].startswith(_NEGATED)
        and key.lower().startswith((*NARROWER_THAN_PUBLIC, *_ACCOUNTS, _VIA_MOUNT_TARGET))
    )
