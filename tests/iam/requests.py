"""Short forms of requests and policies, in the account 111122223333."""

from __future__ import annotations

from typing import Any

from plainwork_core.iam.evaluation import (
    Decision,
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)
from plainwork_core.iam.statement import Kind, Statement, Text

ACCOUNT, OTHER_ACCOUNT = "111122223333", "444455556666"
ROLE = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:role/ci")
USER = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:user/ann", "user")
FOREIGN = RequestPrincipal(f"arn:aws:iam::{OTHER_ACCOUNT}:role/ci")
OBJECT = RequestResource("arn:aws:s3:::data/report.csv", ACCOUNT)
QUEUE = RequestResource(f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs")
KEY = RequestResource(f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234")
Statements = tuple[Statement, ...]


def allow(action: Any, resource: Any = "*", **elements: Any) -> Statements:
    """Return an identity-based policy of one `Allow` statement."""
    return policy(Effect="Allow", Action=action, Resource=resource, **elements)


def deny(action: Any, resource: Any = "*", **elements: Any) -> Statements:
    """Return an identity-based policy of one `Deny` statement."""
    return policy(Effect="Deny", Action=action, Resource=resource, **elements)


def grant(principal: Any, action: Any, *, kind: Kind = "resource", **elements: Any) -> Statements:
    """Return a resource-based policy of one `Allow` statement; `aws="..."` is short for an AWS principal."""
    return policy(kind, Effect="Allow", Principal=principal, Action=action, **elements)


def policy(kind: Kind = "identity", version: str = "2012-10-17", **statement: Any) -> Statements:
    """Return the statements of a policy of one statement."""
    return policy_statements({"Version": version, "Statement": [statement]}, kind)


def ask(
    action: str,
    on: RequestResource | Text = OBJECT,
    /,
    *,
    principal: RequestPrincipal = ROLE,
    context: dict[str, Any] | None = None,
    complete: bool = True,
    **policies: Any,
) -> Decision:
    """Return the decision on a request; *context* has one value or a tuple of values for each key."""
    target = on if isinstance(on, RequestResource) else RequestResource(on, ACCOUNT)
    values = {key: value if isinstance(value, tuple) else (value,) for key, value in (context or {}).items()}
    return decide(Request(principal, action, target, values, complete), Policies(**policies))
