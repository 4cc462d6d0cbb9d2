"""AWS's endpoint services, and which one a VPC endpoint names.

The table is made by `tools/endpoint_services` of the constructs' own, which comes from the AWS CDK.
https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from plainwork_core.aws.regions import may_be_new, region_names
from plainwork_core.iam.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import PartialString, Unknown, Value

_PREFIX = "com.amazonaws."


@cache
def _table() -> dict[str, Any]:
    text = files("plainwork_core").joinpath("data/endpoint_services.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


@cache
def services(kind: str) -> frozenset[str]:
    """Return the services that have endpoints of *kind*, `Gateway` or `Interface`, by what follows the region."""
    return frozenset(_table()["kinds"][kind].split())


def source() -> str:
    """Return where the table is from, with its version."""
    return str(_table()["source"].partition(",")[0])


def port(service: str) -> int:
    """Return the port at which *service* answers."""
    return int(_table()["ports"].get(service, 443))


def service_of(endpoint: Resource, stack: Stack) -> str | Unknown | None:
    """Return the service of AWS that *endpoint* is for, `ecr.api`; `None` where it is somebody's own."""
    name = endpoint.get("service_name")
    if isinstance(name, PartialString):
        return _of_template(name)
    if isinstance(name, Unknown):
        return _of_source(name, endpoint, stack)
    return _of_text(name) if isinstance(name, str) else None


def _of_text(name: str) -> str | None:
    parts = name.removesuffix(".cn").split(".")
    if "vpce" in parts:
        return None
    at = next((index for index, part in enumerate(parts) if part in region_names() or may_be_new(part)), None)
    if at is not None:
        return ".".join(parts[at + 1 :]) or None
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
