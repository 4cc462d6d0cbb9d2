"""Checks of the names of services against the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork_core.aws.vpc_endpoints import services
from plainwork_core.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_problems(field: str, name: Any) -> Iterator[str]:
    """One sentence if the catalog does not have the service."""
    if not isinstance(name, str) or name not in services():
        yield (
            f"{field} {name!r} is no service of the catalog{did_you_mean(str(name), services())}; for one that it "
            "does not know, give its whole name: interface(..., service_name='com.amazonaws...')"
        )


def service_problems(field: str, name: Any, kind: str) -> Iterator[str]:
    """One sentence if the catalog does not have the service, or the service has no endpoints of the type *kind*."""
    if unknown := list(known_problems(field, name)):
        yield from unknown
    elif kind not in (kinds := services()[name].kinds):
        other = "interface() or interface_endpoints" if kind == "Gateway" else "gateway_endpoints"
        yield f"{field} {name!r} has no {kind} endpoints, only {' and '.join(kinds)} ones: use {other}"
