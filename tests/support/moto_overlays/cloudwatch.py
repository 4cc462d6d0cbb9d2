"""Additions to moto for CloudWatch. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.utils import camelcase_to_underscores

if TYPE_CHECKING:
    import pytest

_SUPPRESSOR = ("ActionsSuppressor", "ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod")


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(CloudWatchResponse, "put_composite_alarm", _put_composite_alarm, raising=False)


def _put_composite_alarm(response: CloudWatchResponse) -> Any:
    """Moto keeps and describes composite alarms without suppressor, but has no such action."""
    result = response.put_metric_alarm()
    name = response._get_param("AlarmName")  # noqa: SLF001  moto's own way to read parameters
    for parameter in _SUPPRESSOR:
        value = response._get_param(parameter)  # noqa: SLF001  as above
        setattr(response.cloudwatch_backend.alarms[name], camelcase_to_underscores(parameter), value)
    return result
