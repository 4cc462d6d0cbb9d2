"""Additions to moto for EC2 Auto Scaling. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.autoscaling.models import AutoScalingBackend, FakeScalingPolicy
from moto.autoscaling.responses import AutoScalingResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone.

    Moto does not tell that a scaling policy is enabled.
    """
    patch.setattr(FakeScalingPolicy, "enabled", True, raising=False)
    patch.setattr(AutoScalingBackend, "describe_policies", _as_made(AutoScalingBackend.describe_policies))
    created = _keep_more(AutoScalingResponse.create_auto_scaling_group)
    patch.setattr(AutoScalingResponse, "create_auto_scaling_group", created)


def _as_made(original: Callable[..., list[FakeScalingPolicy]]) -> Callable[..., list[FakeScalingPolicy]]:
    """Moto tells of an empty predictive configuration for each scaling policy."""

    def describe_policies(*given: Any, **named: Any) -> list[FakeScalingPolicy]:
        found = original(*given, **named)
        for policy in found:
            policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None
        return found

    return describe_policies


def _keep_more(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Moto forgets the warmup and the maintenance policy of a group, so that each plan sets both again."""

    def create_auto_scaling_group(response: AutoScalingResponse) -> Any:
        made = original(response)
        name = response._get_param("AutoScalingGroupName")  # noqa: SLF001  moto's own way to read parameters
        group: Any = response.autoscaling_backend.autoscaling_groups[name]
        group.default_instance_warmup = response._get_int_param("DefaultInstanceWarmup")  # noqa: SLF001
        group.instance_maintenance_policy = response._get_params().get("InstanceMaintenancePolicy")  # noqa: SLF001
        return made

    return create_auto_scaling_group
