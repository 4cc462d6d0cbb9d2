"""Which service of AWS's endpoint catalog a VPC endpoint names."""

from __future__ import annotations

from functools import cache

from plainwork_core.aws import vpc_endpoints
from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import PartialString, Unknown, Value

_PREFIX = f"{vpc_endpoints.USUAL_PREFIX}."


@cache
def services(kind: str) -> frozenset[str]:
    """Return the names of the services that have endpoints of the type *kind*, `Gateway` or `Interface`."""
    return frozenset(name for name, service in vpc_endpoints.services().items() if kind in service.endpoint_types)


def port(service: str) -> int:
    """Return the TCP port of the interface endpoints of *service*; 443 if the catalog does not have it."""
    known = vpc_endpoints.services().get(service)
    return known.port if known else vpc_endpoints.HTTPS


def service_of(endpoint: Resource, stack: Stack) -> str | Unknown | None:
    """Return the service of AWS that *endpoint* is for, `ecr.api`; `None` where it is somebody's own."""
    name = endpoint.get("service_name")
    if isinstance(name, PartialString):
        return _of_template(name)
    if isinstance(name, Unknown):
        return _of_source(name, endpoint, stack)
    return _of_text(name) if isinstance(name, str) else None


def _of_text(name: str) -> str | None:
    if "vpce" in name.split("."):
        return None
    if region := vpc_endpoints.region_in(name):
        return name.removesuffix(".cn").partition(f"{region}.")[2] or None
    rest = name.removeprefix(_PREFIX)
    return rest if name.startswith(_PREFIX) and rest in services("Interface") else None


def _of_template(name: PartialString) -> str | Unknown | None:
    start, *middle, end = name.parts
    if not isinstance(start, str) or len(middle) != 1 or not isinstance(end, str) or not end.startswith("."):
        return name
    return None if "vpce" in start.split(".") else end.removeprefix(".").removesuffix(".cn")


def _of_source(name: Unknown, endpoint: Resource, stack: Stack) -> str | Unknown | None:
    found = only_referent(stack, endpoint, name)
    if found is None or found is endpoint:
        return name
    if found.type == "aws_vpc_endpoint":
        return service_of(found, stack)
    if found.type != "aws_vpc_endpoint_service":
        return name
    if found.mode == "managed":
        return None
    value: Value = found.get("service")
    return value if isinstance(value, str | Unknown) else service_of(found, stack)
