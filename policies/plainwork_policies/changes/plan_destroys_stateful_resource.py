"""Plan replaces or deletes a stateful resource.

What: a change that destroys a database, file system, bucket, queue, key or another resource that holds data, whether or
    not a new one takes its place. Where Terraform says which argument forces the replacement, so does the finding.
Why: the new one is empty. A replacement reads like an update in the plan's long list, and one changed argument
    (`identifier`, `availability_zone`, `kms_key_id`) is enough for it.
Remedy: leave the argument as it is, or say that the resource has another name now::

        moved {
          from = aws_db_instance.orders
          to   = aws_db_instance.shop
        }

    and guard it with `lifecycle { prevent_destroy = true }`. What is meant to go is listed once::

        [plan]
        allow_destroy = ["aws_db_instance.retired"]

Limitations: plans only. Which types hold data is a table; `stateful` in the settings adds to it. Whether there is
    any data,
    a plan does not tell. Log groups, snapshots, memcached, and nodes of a cluster whose data lies elsewhere, are not in
    the table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from plainwork_core.model.stack import Change
from plainwork_core.text import enumeration
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.stateful import holds_data
from plainwork_policies.changes.subjects import touching
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.policy import policy

_REASONS = {
    "replace_because_tainted": "it is tainted",
    "replace_by_request": "`-replace` asks for it",
    "replace_by_triggers": "`replace_triggered_by` asks for it",
    "delete_because_no_resource_config": "it is not in the configuration any more",
    "delete_because_no_module": "its module is not in the configuration any more",
    "delete_because_wrong_repetition": "`count` or `for_each` came or went",
    "delete_because_count_index": "`count` is lower",
    "delete_because_each_key": "`for_each` does not have its key any more",
    "delete_because_no_move_target": "it was moved to what is not in the configuration",
}


@policy(
    "PLW_CHANGE_002",
    "plan-destroys-stateful-resource",
    aliases=("stateful-resource-destroyed",),
    severity="high",
    subjects=touching,
    links=("https://developer.hashicorp.com/terraform/internals/json-format#change-representation",),
    settings=(
        "allow_destroy",
        "stateful_types",
    ),
)
def plan_destroys_stateful_resource(change: Change, settings: PlanSettings) -> Iterator[Finding]:
    """Judge what *change* does to what holds data."""
    is_stateful = holds_data(change) or change.type in settings.stateful_types
    if not is_stateful or not change.destroys or change.address in settings.allow_destroy:
        return
    forcing = [".".join(map(str, path)) for path in change.replace_paths]
    done = "replaced by an empty one" if change.replaces else "deleted with all it holds"
    yield fail(
        forcing[0] if forcing else "",
        f"is {done}{_because(forcing, change.reason)}",
        value=list(change.actions),
        remedy=_remedy(forcing, change),
    )


def _because(forcing: list[str], reason: str) -> str:
    if forcing:
        return f", because {enumeration(forcing)} cannot change in place"
    return f", because {_REASONS[reason]}" if reason in _REASONS else ""


def _remedy(forcing: list[str], change: Change) -> str:
    kept = f"leave {enumeration(forcing)} as it was" if forcing else "keep it"
    listed = json.dumps([change.address])
    return f"{kept}; if it is meant to go, write allow_destroy = {listed} under [plan] in plainwork.toml"
