"""IAM policy allows mounting an EFS file system without its access points.

What: a statement of an identity's policy that allows clients' actions (`elasticfilesystem:ClientMount`, `ClientWrite`,
    `ClientRootAccess`) on a file system of the stack that has access points, without a condition on
    `elasticfilesystem:AccessPointArn`.
Why: an access point confines only who has to use it. Such a role may as well mount the root, or the access point of
    another application, and read and write what is there.
Remedy: name the access point::

        statement {
          actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
          resources = [aws_efs_file_system.files.arn]

          condition {
            test     = "StringEquals"
            variable = "elasticfilesystem:AccessPointArn"
            values   = [aws_efs_access_point.reports.arn]
          }
        }
Limitations: judged where the file system and its access points are in the stack. `*` as resource is
    `iam-wildcard-resource`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.conditions import narrowed
from plainwork_core.iam.statement import Text
from plainwork_core.model.connections import resources_referencing
from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import any_of
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.efs.clients import client_actions
from plainwork_policies.efs.subjects import file_systems
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_KEY = "elasticfilesystem:accesspointarn"


def grants_on_file_systems(stack: Stack) -> list[Statement]:
    """Return the statements of identities that may allow a client something on a file system of the stack."""
    held = of_kinds("identity")(stack) if file_systems(stack) else []
    return [each for each in held if each.effect != "Deny" and client_actions(each) and _file_systems(each, stack)]


@policy(
    "PLW_EFS_010",
    "efs-access-point-bypass",
    aliases=("grant-past-access-point",),
    severity="medium",
    subjects=grants_on_file_systems,
    links=("https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",),
)
def efs_access_point_bypass(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge whether *statement* names the access point beside the file system."""
    narrow = narrowed(statement, lambda key: key == _KEY)
    if narrow is True:
        return
    for file_system in _file_systems(statement, stack):
        entries = resources_referencing(file_system, stack, "aws_efs_access_point", "file_system_id")
        names = [each.address for each in entries if isinstance(each, Resource)]
        if not names:
            continue
        path = statement.path("Resource")
        if doubt := statement.doubt(narrow, any_of(client_actions(statement).values())):
            yield not_evaluated(path, doubt)
            return
        message = f"allows to mount all of `{file_system.address}`, past its access points such as `{names[0]}`"
        remedy = "add a condition on `elasticfilesystem:AccessPointArn`"
        yield fail(path, message, value=file_system.address, remedy=remedy)


def _file_systems(statement: Statement, stack: Stack) -> list[Resource]:
    return [
        each
        for each in file_systems(stack)
        if any(_names(text, each, statement, stack) for text in statement.resources)
    ]


def _names(text: Text, file_system: Resource, statement: Statement, stack: Stack) -> bool:
    if isinstance(text, Unknown):
        whole = not isinstance(text, PartialString)
        return whole and only_referent(stack, statement.document.owner, text) is file_system
    return bool(text == file_system.get("arn"))
