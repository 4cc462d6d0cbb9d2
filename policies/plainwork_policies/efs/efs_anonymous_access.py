"""EFS file system allows anonymous access.

What: an `aws_efs_file_system` for which the stack has no policy; or a file system's policy that allows everyone (`*`)
    to mount, write or be root, on the one condition that they come through a mount target.
Why: without a policy, EFS asks nobody who they are: every machine and every task that gets through the security group
    mounts the root of the file system and writes as any user it likes. IAM roles count for nothing.
Remedy: a policy, even one that only denies, ends that; who may come in stands in the roles' own policies::

        data "aws_iam_policy_document" "files" {
          statement {
            effect    = "Deny"
            actions   = ["elasticfilesystem:Client*"]
            resources = [aws_efs_file_system.files.arn]

            principals {
              type        = "*"
              identifiers = ["*"]
            }

            condition {
              test     = "Bool"
              variable = "aws:SecureTransport"
              values   = ["false"]
            }
          }
        }

        resource "aws_efs_file_system_policy" "files" {
          file_system_id = aws_efs_file_system.files.id
          policy         = data.aws_iam_policy_document.files.json
        }
Limitations: a policy in another stack is not seen; in a module, whose caller may add one, nothing is evaluated. A
    policy
    that allows everyone without any condition is `resource-policy-public-access`'s. Another statement that denies by
    name, network or access point leaves the verdict open.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, statements
from plainwork_core.iam.conditions import narrowed, requires_true
from plainwork_core.iam.principals import everyone_among
from plainwork_core.model.connections import may_be_elsewhere, resources_referencing
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.efs.clients import MOUNT_TARGET, client_actions
from plainwork_policies.efs.subjects import file_systems
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.who import NARROWER_THAN_EVERYONE, shut_out

_POLICY = "aws_efs_file_system_policy"


def file_systems_and_statements(stack: Stack) -> list[Resource | Statement]:
    """Return the file systems, and the statements of file systems' policies."""
    return [*file_systems(stack), *(each for each in statements(stack) if each.document.owner.type == _POLICY)]


@policy(
    "PLW_EFS_002",
    "efs-anonymous-access",
    aliases=("file-system-anonymous",),
    severity="medium",
    subjects=file_systems_and_statements,
    links=("https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html#default-filesystempolicy",),
)
def efs_anonymous_access(subject: Resource | Statement, stack: Stack) -> Iterator[Finding]:
    """Judge a file system by whether it has a policy, and a policy by whom a statement lets in."""
    yield from _of_statement(subject, stack) if isinstance(subject, Statement) else _of_file_system(subject, stack)


def _of_file_system(file_system: Resource, stack: Stack) -> Iterator[Finding]:
    found = list(resources_referencing(file_system, stack, _POLICY, "file_system_id"))
    if any(isinstance(each, Resource) for each in found):
        return
    doubts = [each for each in (*found, may_be_elsewhere(file_system, stack)) if isinstance(each, Unknown)]
    if doubts:
        yield not_evaluated("policy", doubts[0])
        return
    yield fail(
        "policy",
        "has no policy in this stack: EFS lets every client that reaches a mount target mount, write and be root",
        remedy="add an `aws_efs_file_system_policy`; one that denies plain NFS is enough to end anonymous access",
    )


def _of_statement(statement: Statement, stack: Stack) -> Iterator[Finding]:
    named = client_actions(statement)
    if statement.effect == "Deny" or not requires_true(statement, MOUNT_TARGET) or not named:
        return
    everyone = everyone_among(statement.principals)
    narrow = narrowed(statement, lambda key: key.startswith(NARROWER_THAN_EVERYONE))
    if everyone is False or narrow is True:
        return
    path = statement.path("Principal")
    if doubt := statement.doubt(everyone, narrow, any_of(named.values())) or shut_out(statement, stack):
        yield not_evaluated(path, doubt)
        return
    can = enumeration(action for action, answer in named.items() if answer is True)
    yield fail(
        path,
        f"allows {can} to every client that reaches a mount target, whoever it is",
        value="*",
        remedy="name the roles that mount, or ask for an access point by `elasticfilesystem:AccessPointArn`",
    )
