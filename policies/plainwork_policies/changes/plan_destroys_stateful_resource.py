"""Plan replaces or deletes a stateful resource.

What: A change that replaces or deletes a database, file system, bucket, queue, key or another resource that stores
    data. The finding names the argument that forces a replacement, if the plan contains it.
Why: The new resource is empty. In a long plan a replacement looks like an update, and one changed argument
    (`identifier`, `availability_zone`, `kms_key_id`) causes it.
Remedy: Revert the argument, add a `moved` block for a renamed resource, and protect the resource with
    `lifecycle { prevent_destroy = true }`. If the resource is intended to be destroyed, list its address in
    `[plan] allow_destroy`.
Limitations: Only plans are checked. Stateful types are a list; `[plan] stateful_types` adds to it. A plan does not
    contain whether a resource stores any data. Log groups, Memcached, and nodes of a replication group are not in the
    list.
"""

from __future__ import annotations

import json

from plainwork_core.model.stack import Change
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, fail, policy
from plainwork_policies.changes.reasons import REASONS
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.stateful_types import is_stateful, keeps_content
from plainwork_policies.changes.subjects import CHANGES, verb_of


@policy(
    "PLW_CHANGE_002",
    "plan-destroys-stateful-resource",
    severity="high",
    on=CHANGES,
    aliases=("stateful-resource-destroyed",),
    links=("https://developer.hashicorp.com/terraform/internals/json-format#change-representation",),
    settings=("allow_destroy", "stateful_types"),
)
def plan_destroys_stateful_resource(change: Change, settings: PlanSettings) -> Findings:
    """Check the actions on stateful resources."""
    stateful = is_stateful(change) or change.type in settings.stateful_types
    if not stateful or not change.destroys or change.address in settings.allow_destroy:
        return
    forcing = [".".join(map(str, path)) for path in change.replace_paths]
    action = "replaces the resource with an empty one" if change.replaces else "deletes the resource and its data"
    if keeps_content(change):
        action = f"{verb_of(change)} the resource; AWS rejects that until it is empty"
    yield fail(
        forcing[0] if forcing else "",
        f"the plan {action}{_reason(forcing, change.reason)}",
        value=list(change.actions),
        remedy=_remedy(forcing, change),
    )


def _reason(forcing: list[str], reason: str) -> str:
    if forcing:
        return f"; a change of {enumeration(forcing)} forces the replacement"
    return f"; {REASONS[reason]}" if reason in REASONS else ""


def _remedy(forcing: list[str], change: Change) -> str:
    keep = f"Revert {enumeration(forcing)}" if forcing else "Keep the resource"
    move = "" if change.replaces else ", add a `moved` block if it has another address"
    return f"{keep}{move}, or set `allow_destroy = {json.dumps([change.address])}` under `[plan]` in `plainwork.toml`."
