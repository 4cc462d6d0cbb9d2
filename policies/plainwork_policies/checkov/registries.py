"""Checkov's registries of checks: one for each type of block, used by all three runners."""

from __future__ import annotations

from typing import Any

from checkov.terraform.checks.data.registry import data_registry
from checkov.terraform.checks.module.registry import module_registry
from checkov.terraform.checks.provider.registry import provider_registry
from checkov.terraform.checks.resource.registry import resource_registry

REGISTRIES = (resource_registry, data_registry, provider_registry, module_registry)


def register(check: Any) -> None:
    """Register *check* for resources, data sources, providers and module calls."""
    for registry in REGISTRIES:
        registry.register(check)
