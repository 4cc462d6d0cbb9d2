"""Additions to moto for CloudWatch. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.cloudwatch.responses import CloudWatchResponse

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone.

    Moto keeps and describes composite alarms, but answers `PutCompositeAlarm` with "not implemented".
    """
    patch.setattr(CloudWatchResponse, "put_composite_alarm", CloudWatchResponse.put_metric_alarm, raising=False)
