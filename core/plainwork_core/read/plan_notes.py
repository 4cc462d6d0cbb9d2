"""What a plan contains beside the changes that policies check, as sentences for the summary.

https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.model.stack import Note

_MAX_ADDRESSES = 5


def notes(document: Mapping[str, Any]) -> Iterator[Note]:
    """Yield the notes on the plan *document*."""
    if deferred := document.get("deferred_changes"):
        addresses = [change["resource_change"]["address"] for change in deferred]
        sentence = f"{_listed('deferred change', addresses)} not checked; apply the plan and check the next one"
        yield Note(sentence, is_incomplete=True)
    elif document.get("complete") is False:
        yield Note("partial plan (`complete` is false); what requires another plan is not checked", is_incomplete=True)
    drifted = [change["address"] for change in document.get("resource_drift") or () if _has_actions(change)]
    if drifted:
        yield Note(f"{_listed('resource', drifted)} changed outside of Terraform")
    if invoked := [invocation["address"] for invocation in document.get("action_invocations") or ()]:
        yield Note(f"{_listed('action', invoked)} invoked by the apply; not checked")
    outputs = [name for name, change in (document.get("output_changes") or {}).items() if _acts(change)]
    if outputs and not document.get("resource_changes"):
        yield Note(f"no resources; {_listed('output', outputs)} changed")


def _has_actions(resource_change: Mapping[str, Any]) -> bool:
    return _acts(resource_change["change"])


def _acts(change: Mapping[str, Any]) -> bool:
    return bool(change["actions"] != ["no-op"])


def _listed(noun: str, names: Iterable[str]) -> str:
    unique = list(dict.fromkeys(names))
    shown = ", ".join(unique[:_MAX_ADDRESSES])
    more = f" and {len(unique) - _MAX_ADDRESSES} more" if len(unique) > _MAX_ADDRESSES else ""
    return f"{len(unique)} {noun}{'s' if len(unique) > 1 else ''} ({shown}{more})"
