"""Why a plan replaces or deletes a resource: https://developer.hashicorp.com/terraform/internals/json-format."""

from __future__ import annotations

REASONS = {
    "replace_because_tainted": "the resource is tainted",
    "replace_by_request": "`-replace` requests it",
    "replace_by_triggers": "`replace_triggered_by` requests it",
    "delete_because_no_resource_config": "the resource is no longer in the configuration",
    "delete_because_no_module": "its module is no longer in the configuration",
    "delete_because_wrong_repetition": "`count` or `for_each` was added or removed",
    "delete_because_count_index": "`count` is lower",
    "delete_because_each_key": "`for_each` no longer has its key",
    "delete_because_no_move_target": "a `moved` block moves it to an address that is not in the configuration",
}
"""A clause for each `action_reason`."""
