"""AWS's endpoint services, offline: what each is called where, and what its endpoints can do.

The data is `data/vpc_endpoint_services.json`, made by `tools/vpc_endpoint_services.py` and stamped with its sources. A
service that a region does not have is known to AWS only: the catalog says what the name would be.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork_core.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = Path(__file__).parents[1] / "data" / "vpc_endpoint_services.json"
_USUAL_PREFIX = "com.amazonaws"
HTTPS = 443


@dataclass(frozen=True)
class Service:
    """One endpoint service.

    Attributes:
        name: as AWS writes it after the region: `ecr.dkr`.
        kinds: of endpoints: `Gateway`, `Interface` or both.
        port: that its interface endpoints answer on.
        fips: the name of its variant for FIPS 140, if there is one.
        private_dns: whether an interface endpoint can take over the service's public name; None is not known.
        endpoint_policy: whether its endpoints take a policy; None is not known.
        cross_region: whether an interface endpoint can lead to it in another region.
        prefix: what its name begins with everywhere; None where that depends on the region.
        is_global: whether there is one for all regions, without a region in its name.
    """

    name: str
    kinds: tuple[str, ...]
    port: int = HTTPS
    fips: str | None = None
    private_dns: bool | None = None
    endpoint_policy: bool | None = None
    cross_region: bool = False
    prefix: str | None = None
    is_global: bool = False

    def name_in(self, region: str, kind: str = "Interface") -> str:
        """The `service_name` in a region: `com.amazonaws.eu-west-1.ssm`."""
        if kind == "Gateway":
            return f"{_USUAL_PREFIX}.{region}.{self.name}"
        prefix = self.prefix or _exception("prefixes", region, self.name, "prefix") or _USUAL_PREFIX
        suffix = ".cn" if self.name in _data()["suffixes"].get(region, "").split() else ""
        return ".".join((prefix, *([] if self.is_global else [region]), f"{self.name}{suffix}"))


@cache
def services() -> dict[str, Service]:
    """Every service of the catalog by its name."""
    return {
        name: Service(name, tuple(row["kinds"]), is_global=row.get("global", False), **_fields(row))
        for name, row in _data()["services"].items()
    }


def known_problems(field: str, name: Any) -> Iterator[str]:
    """One sentence where the catalog has no such service."""
    if not isinstance(name, str) or name not in services():
        yield (
            f"{field} {name!r} is no service of the catalog{did_you_mean(str(name), services())}; for one that it "
            "does not know, give its whole name: interface(..., service_name='com.amazonaws...')"
        )


def service_problems(field: str, name: Any, kind: str) -> Iterator[str]:
    """One sentence where the catalog has no such service, or none with endpoints of this kind."""
    if unknown := list(known_problems(field, name)):
        yield from unknown
    elif kind not in (kinds := services()[name].kinds):
        other = "interface() or interface_endpoints" if kind == "Gateway" else "gateway_endpoints"
        yield f"{field} {name!r} has no {kind} endpoints, only {' and '.join(kinds)} ones: use {other}"


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"kinds", "global"}}


def _exception(table: str, region: str, name: str, value: str) -> str | None:
    row = _data()[table].get(region)
    return str(row[value]) if row and name in row["services"].split() else None


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data
