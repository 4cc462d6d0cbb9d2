"""Additions to moto for Route 53 Resolver. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.route53resolver.models import Route53ResolverBackend
from moto.route53resolver.responses import Route53ResolverResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(Route53ResolverBackend, "_matched_arn", _accept_log_configs(Route53ResolverBackend._matched_arn))  # noqa: SLF001
    patch.setattr(Route53ResolverResponse, "delete_resolver_query_log_config", _delete, raising=False)
    patch.setattr(Route53ResolverResponse, "disassociate_resolver_query_log_config", _disassociate, raising=False)


def _accept_log_configs(original: Callable[..., None]) -> Callable[..., None]:
    """Moto has no tags of query log configs."""

    def matched_arn(backend: Any, resource_arn: str) -> None:
        if resource_arn not in {config.arn for config in backend.resolver_query_log_configs.values()}:
            original(backend, resource_arn)

    return matched_arn


def _delete(response: Any) -> str:
    """Moto has no such action."""
    id_ = response._get_param("ResolverQueryLogConfigId")  # noqa: SLF001  moto's own way to read parameters
    config = response.route53resolver_backend.resolver_query_log_configs.pop(id_)
    return json.dumps({"ResolverQueryLogConfig": config.description()})


def _disassociate(response: Any) -> str:
    """Moto has no such action."""
    sent = {name: response._get_param(name) for name in ("ResolverQueryLogConfigId", "ResourceId")}  # noqa: SLF001
    associations = response.route53resolver_backend.resolver_query_log_config_associations
    found = next(one for one in associations.values() if sent.items() <= one.description().items())
    return json.dumps({"ResolverQueryLogConfigAssociation": associations.pop(found.id).description()})
