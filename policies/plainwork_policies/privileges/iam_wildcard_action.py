"""IAM policy allows all actions, or all actions of a service.

What: `Action` is `*` or `<service>:*` in a statement that allows, in an identity policy or in a resource's own policy.
Why: it also allows what nobody meant, today and with every action that AWS adds: `s3:*` can delete the bucket and
    rewrite its policy, `iam:*` can make its holder an administrator.
Remedy: name the actions that are used, or a part of them such as `s3:Get*`::

        actions = ["s3:GetObject", "s3:PutObject"]
Limitations: trust policies, permissions boundaries, session policies, VPC endpoint policies and service control
    policies are
    not judged, because they grant nothing by themselves. `NotAction` has a policy of its own,
    `iam-allow-not-action`. In a key policy, `kms:*` for an account is accepted: it is what AWS KMS writes by
    default, and without it a key can become
    unmanageable. A policy document data source that no resource of the stack takes is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.patterns import is_any
from plainwork_core.iam.principals import is_account
from plainwork_core.model.rendering import render
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_PRIV_001",
    "iam-wildcard-action",
    aliases=("wildcard-action",),
    severity="high",
    subjects=of_kinds("identity", "resource", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",),
)
def iam_wildcard_action(statement: Statement) -> Iterator[Finding]:
    """Judge one statement by its `Action`."""
    if statement.effect == "Deny":
        return
    path = statement.path("Action")
    wide = [text for action in statement.actions if (text := render(action)) and is_service_wide(text)]
    unknown = next((action for action in statement.actions if isinstance(action, Unknown)), None)
    accepted = _keeps_key_manageable(statement, wide)
    if accepted is True:
        return
    if wide and (doubt := statement.doubt(accepted)):
        yield not_evaluated(path, doubt)
    elif wide:
        yield fail(
            path,
            f"allows {enumeration(wide)}: every action of {_whose(wide)}",
            value=wide,
            remedy="name the actions that are used",
        )
    elif unknown is not None:
        yield not_evaluated(path, unknown)


def is_service_wide(action: str) -> bool:
    """Tell whether *action* is `*` or `<service>:*`."""
    return is_any(action.rpartition(":")[2])


def _whose(wide: list[str]) -> str:
    if any(is_any(action.partition(":")[0]) for action in wide):
        return "every service"
    return "the service" if len(wide) == 1 else "these services"


def _keeps_key_manageable(statement: Statement, wide: list[str]) -> bool | Unknown:
    """Whether it is the default statement of a key policy.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    if not statement.document.owner.type.startswith("aws_kms_") or {action.lower() for action in wide} != {"kms:*"}:
        return False
    answers = [is_account(principal) for principal in statement.principals]
    if False in answers:
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), bool(answers))
