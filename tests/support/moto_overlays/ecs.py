"""Additions to moto for ECS. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ecs.responses import EC2ContainerServiceResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(
        EC2ContainerServiceResponse, "create_service", _balanced_and_running(EC2ContainerServiceResponse.create_service)
    )


def _balanced_and_running(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Moto forgets how tasks are placed, deployed and how long they may be unhealthy, and it never starts any.

    So each plan would set these again.
    """

    def create_service(response: EC2ContainerServiceResponse) -> Any:
        made = original(response)
        service = made.result["service"]
        asked = response._get_param("availabilityZoneRebalancing")  # noqa: SLF001  moto's own way to read parameters
        service.availability_zone_rebalancing = asked or "ENABLED"
        service.health_check_grace_period_seconds = response._get_param("healthCheckGracePeriodSeconds")  # noqa: SLF001
        service.deployment_configuration = response._get_param("deploymentConfiguration")  # noqa: SLF001
        service.capacity_provider_strategy = response._get_param("capacityProviderStrategy")  # noqa: SLF001
        started = {"cluster": service.cluster_name, "service": service.name, "desired_count": service.desired_count}
        response.ecs_backend.update_service(started)
        return made

    return create_service
