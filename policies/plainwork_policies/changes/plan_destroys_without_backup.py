"""Plan destroys data without a final snapshot or backup.

What: A change that replaces or deletes a stateful resource for which the state has no final snapshot, no backup, no
    recovery window and no deletion protection. Terraform destroys a resource by the arguments in the state, so that the
    new configuration does not count.
Why: After the apply nothing can be restored. `skip_final_snapshot = true` and `force_destroy = true` are often set once
    to delete a test environment, and then remain.
Remedy: Apply the backup in a plan of its own, then destroy the resource in a later plan.
Limitations: Only plans are checked, and only the types in a list. A plan does not contain snapshots that were made by
    hand or by AWS Backup; EFS has no other backup and is not evaluated without an automatic backup policy. The data of
    a read replica is at its source. A resource with deletion protection passes, because AWS rejects the deletion.
    `[plan] allow_destroy` lists resources that are intended to be destroyed.
"""

from __future__ import annotations

from plainwork_core.model.conversion import as_string
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Change, Stack
from plainwork_core.model.values import look_up
from plainwork_policies.api import Findings, fail, policy
from plainwork_policies.changes.backups import BACKUPS, file_systems_with_backup, is_kept
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.stateful_types import is_stateful
from plainwork_policies.changes.subjects import CHANGES, verb_of


@policy(
    "PLW_CHANGE_003",
    "plan-destroys-without-backup",
    severity="critical",
    on=CHANGES,
    aliases=("destroyed-for-good",),
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#skip_final_snapshot",
    ),
    settings=("allow_destroy",),
)
def plan_destroys_without_backup(change: Change, stack: Stack, settings: PlanSettings) -> Findings:
    """Check the arguments in the state of a resource that the plan destroys."""
    if not change.destroys or change.address in settings.allow_destroy or is_kept(change.before):
        return
    id_ = str(look_up(change.before, "id"))
    if change.type == "aws_efs_file_system" and id_ not in file_systems_with_backup(stack):
        raise NotEvaluated("a plan does not contain the recovery points of AWS Backup; check them before the apply")
    backup = BACKUPS.get(change.type)
    if backup is None or not is_stateful(change):
        return
    value = look_up(change.before, backup.argument)
    if value in backup.lost:
        state = "not set" if value in (None, "") else f"`{as_string(value)}`"
        yield fail(
            backup.argument,
            f"the plan {verb_of(change)} the resource, and `{backup.argument}` is {state} in the state",
            value=value,
            remedy=f"Apply {backup.safe} first, then destroy the resource in a later plan.",
        )
