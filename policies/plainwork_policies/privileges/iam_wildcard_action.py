"""IAM policy allows all actions, or all actions of a service.

What: `Action` is `*` or `<service>:*` in an `Allow` statement of an identity-based or a resource-based policy.
Why: The statement includes actions that the principal does not require, and every action that AWS adds. `s3:*` can
    delete the bucket and replace its policy; `iam:*` can make its principal an administrator.
Remedy: List the required actions, or a part of them such as `s3:Get*`.
Limitations: The severity is high for `*` and medium for `<service>:*`. Trust policies, permissions boundaries, session
    policies, VPC endpoint policies and service control policies are not checked, because they grant nothing by
    themselves. `NotAction` is checked by `iam-allow-not-action`. A key policy may allow `kms:*` to an account: it is
    the default of AWS KMS, and without it the key can become unmanageable. A policy document data source that no
    resource of the stack uses is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam.principals import is_account
from plainwork_core.iam.reach import is_service_wide
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, policy
from plainwork_policies.reading.statement import Statement, statements_of


@policy(
    "PLW_PRIV_001",
    "iam-wildcard-action",
    severity="high",
    on=statements_of("identity", "resource", "unused"),
    aliases=("wildcard-action",),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",),
)
def iam_wildcard_action(statement: Statement) -> Findings:
    """Check `Action`."""
    actions = statement.owner.actions
    if statement.is_deny or not statement.resolve("Action", any_of(map(is_service_wide, actions))):
        return
    wide = [quote(action) for action in actions if is_service_wide(action) is True]
    is_default = _is_default_key_statement(statement, wide)
    if is_default is True:
        return
    statement.require_grant("Action", is_default)
    services = [action.partition(":")[0].lower() for action in wide]
    is_total = any(map(is_any, services))
    yield statement["Action"].fail(
        f"`Action` is {enumeration(wide)}; "
        f"it allows all actions{'' if is_total else f' of {enumeration(dict.fromkeys(services))}'}",
        value=wide,
        remedy="List the required actions.",
        severity="high" if is_total else "medium",
    )


def _is_default_key_statement(statement: Statement, wide: list[str]) -> Ternary:
    """Return whether it is the default statement of a key policy.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    if not statement.type.startswith("aws_kms_") or {action.lower() for action in wide} != {"kms:*"}:
        return False
    principals = statement.owner.principals
    return bool(principals) and all_of(map(is_account, principals))
