"""IAM policy allows mounting an EFS file system without its access points.

What: A statement of an identity-based policy that allows actions of clients (`elasticfilesystem:ClientMount`,
    `ClientWrite`, `ClientRootAccess`) on a file system of the stack that has access points, without a condition on
    `elasticfilesystem:AccessPointArn`.
Why: An access point limits only the clients that have to use it. A role without the condition can also mount the root
    directory, or the access point of another application, and read and write its files.
Remedy: Add a condition on `elasticfilesystem:AccessPointArn`.
Limitations: Only file systems and access points of the same stack are checked. `*` as a resource is reported by
    `iam-wildcard-resource`.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.efs import ACCESS_POINT_ARN
from plainwork_core.iam.conditions import is_limited
from plainwork_core.model.ternary import any_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Members, Resource, all_conditions, is_certain, policy, some
from plainwork_policies.efs.subjects import client_actions, file_systems_of, includes_file_system
from plainwork_policies.reading.statement import Statement, statements_of


def may_allow_clients(statement: Statement) -> bool:
    """Return whether a statement may allow actions of clients on a file system of the stack."""
    return not statement.is_deny and bool(client_actions(statement.owner)) and bool(file_systems_of(statement))


@policy(
    "PLW_EFS_010",
    "efs-access-point-bypass",
    severity="medium",
    on=statements_of("identity"),
    where=may_allow_clients,
    aliases=("grant-past-access-point",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",),
)
def efs_access_point_bypass(statement: Statement) -> Findings:
    """Check the statement for a condition on the access point."""
    is_bypassed, candidates = partial(_allows_bypass, statement), file_systems_of(statement)
    if not some(candidates, is_bypassed):
        return
    statement.require_grant("Resource")
    actions = enumeration(action for action, answer in client_actions(statement.owner).items() if answer is True)
    for file_system in candidates:
        if is_certain(partial(is_bypassed, file_system)):
            access_point = _access_points(file_system).certain()[0]
            yield statement["Resource"].fail(
                f"`Action` allows {actions} on `{file_system.address}` without a condition on `{ACCESS_POINT_ARN}`; "
                f"the file system has access points, such as `{access_point.address}`",
                value=file_system.address,
                remedy=f"Add a condition `StringEquals` on `{ACCESS_POINT_ARN}` with `{access_point.address}.arn`.",
            )


def _allows_bypass(statement: Statement, file_system: Resource) -> bool:
    model = statement.owner
    return all_conditions(
        lambda: bool(_access_points(file_system)),
        lambda: statement.resolve("Resource", includes_file_system(model, file_system)),
        lambda: not statement.resolve("Condition", is_limited(model, lambda key: key == ACCESS_POINT_ARN.lower())),
        lambda: statement.resolve("Action", any_of(client_actions(model).values())),
    )


def _access_points(file_system: Resource) -> Members[Resource]:
    return file_system.referenced_by("aws_efs_access_point", "file_system_id", in_modules=False)
