"""Additions to moto for SQS. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.sqs.models import Queue

if TYPE_CHECKING:
    import pytest

_ALLOW = "RedriveAllowPolicy"


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone; a second time if two servers run."""
    patch.setattr(Queue, "BASE_ATTRIBUTES", [*Queue.BASE_ATTRIBUTES, _ALLOW])
    patch.setattr(Queue, "redrive_allow_policy", None, raising=False)
    patch.setattr(Queue, "attributes", property(_with_policies(Queue.attributes.fget)))


def _with_policies(original: Any) -> Any:
    """Moto does not tell a redrive allow policy, and writes a redrive policy with other spaces than it received."""

    def attributes(queue: Queue) -> dict[str, Any]:
        told: dict[str, Any] = original(queue)
        if not told.get(_ALLOW):
            told.pop(_ALLOW, None)
        if told.get("RedrivePolicy"):
            told["RedrivePolicy"] = json.dumps(json.loads(told["RedrivePolicy"]), separators=(",", ":"))
        return told

    return attributes
