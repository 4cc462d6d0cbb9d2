"""The AWS service of a VPC endpoint, by the endpoint catalog of AWS."""

from __future__ import annotations

from functools import cache, lru_cache

from plainwork_core.aws import vpc_endpoints
from plainwork_core.model.references import only_referent
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.api import Argument, Resource, is_certain, is_named_same

_PREFIX = f"{vpc_endpoints.USUAL_PREFIX}."


@cache
def services(endpoint_type: str) -> frozenset[str]:
    """Return the names of the services that have endpoints of the type, `Gateway` or `Interface`."""
    return frozenset(
        name for name, service in vpc_endpoints.services().items() if endpoint_type in service.endpoint_types
    )


def port(service: str) -> int:
    """Return the TCP port of the interface endpoints of *service*; 443 if the catalog does not have it."""
    known = vpc_endpoints.services().get(service)
    return known.port if known else vpc_endpoints.HTTPS


def service_of(endpoint: Resource) -> str | None:
    """Return the AWS service of *endpoint*, such as `ecr.api`; `None` for the service of a customer or partner."""
    name = endpoint["service_name"]
    if isinstance(name.raw, PartialString):
        return _of_template(name, name.raw)
    if isinstance(name.raw, Unknown):
        return _of_source(name, name.raw)
    return _of_text(name.string(""))


def is_same_service(one: Resource, other: Resource) -> bool:
    """Return whether two endpoints are for one service: an AWS service, or an endpoint service of one name."""
    if is_certain(lambda: service_of(one) != service_of(other)):
        return False
    if is_certain(lambda: service_of(one) == service_of(other) is not None):
        return True
    return is_named_same(one["service_name"], other["service_name"])


@lru_cache(maxsize=4096)
def _of_text(name: str) -> str | None:
    if "vpce" in name.split("."):
        return None
    if region := vpc_endpoints.region_in(name):
        return name.removesuffix(".cn").partition(f"{region}.")[2] or None
    rest = name.removeprefix(_PREFIX)
    return rest if name.startswith(_PREFIX) and rest in services("Interface") else None


def _of_template(name: Argument, template: PartialString) -> str | None:
    """Return the service in `com.amazonaws.${var.region}.ecr.api`, of which only the Region is unknown."""
    match template.parts:
        case (str(start), Unknown(), str(end)) if end.startswith("."):
            return None if "vpce" in start.split(".") else end.removeprefix(".").removesuffix(".cn")
    raise name.not_evaluated(template)


def _of_source(name: Argument, value: Unknown) -> str | None:
    """Return the service of the endpoint, endpoint service or data source that `service_name` refers to."""
    endpoint = name.block
    found = only_referent(endpoint.stack, endpoint.owner, value)
    if found is None or found is endpoint.owner:
        raise name.not_evaluated(value)
    source = endpoint.view(found)
    if source.type == "aws_vpc_endpoint":
        return service_of(source)
    if source.type != "aws_vpc_endpoint_service":
        raise name.not_evaluated(value)
    if source.owner.mode == "managed":
        return None
    return source["service"].string() if source["service"].is_configured else service_of(source)
