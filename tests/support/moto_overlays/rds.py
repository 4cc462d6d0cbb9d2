"""Additions to moto for RDS. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.rds.models import DBCluster

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(DBCluster, "scaling_configuration_info", property(_scaling(DBCluster.scaling_configuration_info)))


def _scaling(original: Any) -> Any:
    """Moto tells of the scaling of a serverless cluster for each cluster."""

    def scaling_configuration_info(cluster: DBCluster) -> dict[str, Any] | None:
        found: dict[str, Any] = original.fget(cluster)
        return found if cluster.engine_mode == "serverless" else None

    return scaling_configuration_info
