"""The catalog of AWS services that have VPC endpoints: the name in each Region, and what the endpoints support.

The data is `data/vpc_endpoint_services.json`, made by `tools/vpc_endpoint_services.py`, with its sources. The catalog
does not record in which Regions a service is available.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from plainwork_core.aws.regions import may_be_new, region_names
from plainwork_core.data_files import FOLDER, sources
from plainwork_core.frozen import frozen

_DATA = FOLDER / "vpc_endpoint_services.json"
USUAL_PREFIX = "com.amazonaws"
"""What a service name begins with, unless the service or the Region has its own prefix."""

HTTPS = 443

CONTROL_PLANE_REGIONS = {
    "iam": {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"},
    "route53": {"aws": "us-east-1", "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-west-1"},
}
"""By global service and partition: the Region of the service's control plane and endpoints.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam_vpc_endpoint_create.html
https://docs.aws.amazon.com/general/latest/gr/r53.html
"""


@frozen()
class Service:
    """One endpoint service.

    Attributes:
        name: the part of the service name after the Region: `ecr.dkr`.
        endpoint_types: endpoint types of the service: `Gateway`, `Interface` or both.
        port: TCP port of its interface endpoints.
        fips: name of its FIPS 140 variant; None if there is none.
        private_dns: whether an interface endpoint supports private DNS; None if no source says.
        endpoint_policy: whether an endpoint supports an endpoint policy; None if no source says.
        cross_region: whether an interface endpoint can connect to the service in another Region.
        prefix: first part of its service name in every Region; None if the prefix depends on the Region.
        is_global: whether its service name has no Region.
    """

    name: str
    endpoint_types: tuple[str, ...]
    port: int = HTTPS
    fips: str | None = None
    private_dns: bool | None = None
    endpoint_policy: bool | None = None
    cross_region: bool = False
    prefix: str | None = None
    is_global: bool = False

    def name_in(self, region: str, endpoint_type: str = "Interface") -> str:
        """Return the `service_name` in a Region: `com.amazonaws.eu-west-1.ssm`."""
        if endpoint_type == "Gateway":
            return f"{USUAL_PREFIX}.{region}.{self.name}"
        prefix = self.prefix or _exception("prefixes", region, self.name, "prefix") or USUAL_PREFIX
        suffix = ".cn" if self.name in _data()["suffixes"].get(region, "").split() else ""
        return ".".join((prefix, *([] if self.is_global else [region]), f"{self.name}{suffix}"))


@cache
def services() -> dict[str, Service]:
    """Return every service of the catalog by its name."""
    return {
        name: Service(name, tuple(row["endpoint_types"]), is_global=row.get("global", False), **_fields(row))
        for name, row in _data()["services"].items()
    }


def region_in(service_name: str) -> str | None:
    """Return the Region in a `service_name`; `None` if it has none, as for a global service: `com.amazonaws.iam`."""
    return next((part for part in service_name.split(".") if part in region_names() or may_be_new(part)), None)


def source() -> str:
    """Return the release that the catalog is derived from: `aws-cdk-lib 2.275.0`."""
    return str(sources(_DATA.name)[0])


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"endpoint_types", "global"}}


def _exception(table: str, region: str, name: str, value: str) -> str | None:
    row = _data()[table].get(region)
    return str(row[value]) if row and name in row["services"].split() else None


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data
