"""Which conditions, and which statements beside it, narrow to whom a resource's policy gives something.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from plainwork_core.iam import Statement, statements
from plainwork_core.iam.conditions import narrowed, requires_true
from plainwork_core.iam.principals import is_everyone
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Unknown

# Who calls, from which network, or for which resource of ours: narrower than an account.
NARROWER_THAN_AN_ACCOUNT = (
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
_ORGANIZATION = ("aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid", "aws:sourceorgpaths")
NARROWER_THAN_EVERYONE = (*NARROWER_THAN_AN_ACCOUNT, *_ORGANIZATION)
_ACCOUNTS = ("aws:principalaccount", "kms:calleraccount")
# https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
_THROUGH_OUR_NETWORK = "elasticfilesystem:accessedviamounttarget"
_NEGATED = ("stringnot", "arnnot", "notipaddress", "null", "bool")


def narrows_everyone(statement: Statement) -> bool | Unknown:
    """Tell whether a condition of *statement* makes "everyone" mean somebody: an account counts."""
    if requires_true(statement, _THROUGH_OUR_NETWORK, "aws:principalisawsservice"):
        return True
    return narrowed(statement, lambda key: key.startswith((*NARROWER_THAN_EVERYONE, *_ACCOUNTS)))


def whom(statement: Statement) -> str:
    """Say which everyone *statement*, one that names everyone or has a `NotPrincipal`, lets in."""
    return "everyone but those that it names" if statement.not_principals else "everyone (`*`)"


def shut_out(statement: Statement, stack: Stack) -> str | None:
    """Return why another statement of the same document leaves open whom *statement* really lets in, if one does.

    It denies everyone who does not come from a certain place, such as `NotIpAddress` of `aws:SourceIp`.
    """
    owner, argument = statement.address, statement.document.argument
    if (owner, argument) not in _shutting(stack):
        return None
    return "another statement denies it to those who are not of some place or name, and who is left is not worked out"


@cached_per_stack
def _shutting(stack: Stack) -> set[tuple[str, str]]:
    return {(each.address, each.document.argument) for each in statements(stack) if _shuts_out(each)}


def _shuts_out(statement: Statement) -> bool:
    if statement.effect != "Deny":
        return False
    who = (*NARROWER_THAN_EVERYONE, *_ACCOUNTS, _THROUGH_OUR_NETWORK)
    tests = [(condition.operator, condition.key) for condition in statement.conditions]
    return bool(statement.not_principals) or any(
        isinstance(operator, str)
        and isinstance(key, str)
        and operator.lower().rpartition(":")[2].startswith(_NEGATED)
        and key.lower().startswith(who)
        for operator, key in tests
        if any(is_everyone(principal) for principal in statement.principals)
    )
