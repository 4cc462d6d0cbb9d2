"""IAM Allow statement uses NotAction.

What: An `Allow` statement has `NotAction`, in an identity-based or a resource-based policy.
Why: The statement allows all actions except the listed ones. `NotAction = "iam:*"` is administrator access without one
    service, and `NotAction = "s3:DeleteBucket"` also allows all of IAM. The statement includes every service and action
    that AWS adds.
Remedy: Replace `NotAction` with `Action` and list the required actions. To exclude actions, add a `Deny` statement.
Limitations: Trust policies, permissions boundaries, session policies, VPC endpoint policies and service control
    policies are not checked, because they grant nothing by themselves. `NotAction` with `*` allows nothing. A policy
    document data source that no resource of the stack uses is not evaluated.
"""

from __future__ import annotations

from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, policy
from plainwork_policies.reading.statement import Statement, statements_of


@policy(
    "PLW_PRIV_005",
    "iam-allow-not-action",
    severity="high",
    on=statements_of("identity", "resource", "unused"),
    aliases=("not-action",),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",),
)
def iam_allow_not_action(statement: Statement) -> Findings:
    """Check `NotAction`."""
    statement.require_read("NotAction")
    excluded = statement["NotAction"]
    if statement.is_deny or not excluded.is_configured or any(map(is_any, excluded.certain_strings())):
        return
    statement.require_grant("NotAction", *statement.owner.not_actions)
    yield excluded.fail(
        f"`NotAction` is {enumeration(excluded.strings())} in an `Allow` statement; it allows every other action",
        remedy="Replace `NotAction` with `Action` and list the required actions.",
    )
