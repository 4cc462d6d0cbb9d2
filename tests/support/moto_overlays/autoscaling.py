"""Additions to moto for EC2 Auto Scaling. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.autoscaling.models import AutoScalingBackend, FakeScalingPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone.

    Moto does not tell that a scaling policy is enabled.
    """
    patch.setattr(FakeScalingPolicy, "enabled", True, raising=False)
    patch.setattr(AutoScalingBackend, "describe_policies", _as_made(AutoScalingBackend.describe_policies))


def _as_made(original: Callable[..., list[FakeScalingPolicy]]) -> Callable[..., list[FakeScalingPolicy]]:
    """Moto tells of an empty predictive configuration for each scaling policy."""

    def describe_policies(*given: Any, **named: Any) -> list[FakeScalingPolicy]:
        found = original(*given, **named)
        for policy in found:
            policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None
        return found

    return describe_policies
