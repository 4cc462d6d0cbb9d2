"""EFS file system allows anonymous access.

What: An `aws_efs_file_system` without an `aws_efs_file_system_policy` in the stack. Also a file system policy that
    allows all principals (`*`) to mount, write or have root access, and only requires that they connect through a mount
    target.
Why: Without a policy, EFS does not authenticate clients. Any client that reaches a mount target can mount the root
    directory and write as any user; IAM roles have no effect.
Remedy: Add a file system policy. A policy with only a `Deny` statement ends anonymous access; the IAM policies of the
    roles then grant access.
Limitations: A policy in another stack is not detected. The policy may be defined by the module's caller; a module is
    not evaluated. A policy that allows all principals without any condition is reported by
    `resource-policy-public-access`. If another statement denies principals by name, network or access point, the result
    is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam import statements
from plainwork_core.iam.conditions import is_limited
from plainwork_core.iam.principal_scope import NARROWER_THAN_PUBLIC, is_limited_by_deny
from plainwork_core.iam.principals import has_public_principal
from plainwork_core.model.blocks import Resource as ModelResource
from plainwork_core.model.ternary import any_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Resource, Stack, Subjects, all_conditions, policy
from plainwork_policies.efs.subjects import FILE_SYSTEM, client_actions, requires_mount_target
from plainwork_policies.reading.statement import Statement

_POLICY = "aws_efs_file_system_policy"


def _subjects(stack: Stack) -> list[ModelResource | ModelStatement]:
    own = (statement for statement in statements(stack) if statement.document.owner.type == _POLICY)
    return [*stack.managed(FILE_SYSTEM), *own]


def _view(subject: ModelResource | ModelStatement, stack: Stack) -> Resource | Statement:
    return Statement(subject, stack) if isinstance(subject, ModelStatement) else Resource(subject, stack)


@policy(
    "PLW_EFS_002",
    "efs-anonymous-access",
    severity="medium",
    on=Subjects((FILE_SYSTEM, _POLICY), _subjects, _view),
    aliases=("file-system-anonymous",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html#default-filesystempolicy",),
)
def efs_anonymous_access(subject: Resource | Statement) -> Findings:
    """Check that a file system has a policy, and that no statement of a policy allows all clients."""
    yield from _statement_problems(subject) if isinstance(subject, Statement) else _file_system_problems(subject)


def _file_system_problems(file_system: Resource) -> Findings:
    if not file_system.referenced_by(_POLICY, "file_system_id"):
        yield file_system.fail(
            f"no `{_POLICY}` in this stack; any client that reaches a mount target has root access",
            remedy=f"Add an `{_POLICY}` that denies requests without `aws:SecureTransport`; "
            "grant access in IAM policies.",
        )


def _statement_problems(statement: Statement) -> Findings:
    model, element = statement.owner, "Principal"
    actions = client_actions(model)
    if statement.is_deny or not actions:
        return
    statement.require_read(element)
    if not all_conditions(
        lambda: statement.resolve("Condition", requires_mount_target(model)),
        lambda: statement.resolve(element, has_public_principal(model.principals)),
        lambda: not statement.resolve("Condition", is_limited(model, lambda key: key.startswith(NARROWER_THAN_PUBLIC))),
        lambda: statement.resolve("Action", any_of(actions.values())),
    ):
        return
    statement.require_grant(element, is_limited_by_deny(model, statement.stack))
    can = enumeration(action for action, answer in actions.items() if answer is True)
    yield statement[element].fail(
        f"the file system policy allows {can} for `*` through any mount target",
        value="*",
        remedy="Set `Principal` to the roles of the clients, or add a condition on `elasticfilesystem:AccessPointArn`.",
    )
