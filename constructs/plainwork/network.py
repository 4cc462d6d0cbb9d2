"""A VPC and its subnets as one argument."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError, PlainworkError
from plainwork_core.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import DataSource, Resource

_VPC = ("aws_vpc", "aws_default_vpc")
_SUBNET = ("aws_subnet", "aws_default_subnet")
_ROUTE_TABLE = ("aws_route_table", "aws_default_route_table")


@dataclass(init=False)
class Network:
    """A VPC, and one of its subnets in each Availability Zone: `Network(vpc, {"euw1-az1": first, "euw1-az2": second})`.

    Args:
        vpc_id: the ID of the VPC, or its resource or data source.
        subnets: one subnet for each Availability Zone ID, by ID, resource or data source. The name of a zone
            (`eu-west-1a`) is another zone in another account; `aws ec2 describe-subnets` prints the IDs.
        route_table_ids: the route tables of these subnets, which get the routes to gateway endpoints.
        cidr_ipv4: the IPv4 network of the VPC, as client of a service; None if nothing needs it.

    Raises:
        ArgumentsError: EC2 rejects a value.
    """

    vpc_id: str
    subnets: Mapping[str, str]
    route_table_ids: tuple[str, ...]
    cidr_ipv4: str | None

    def __init__(
        self,
        vpc_id: str | Resource | DataSource,
        subnets: Mapping[str, str | Resource | DataSource],
        *,
        route_table_ids: str | Resource | DataSource | Iterable[str | Resource | DataSource] = (),
        cidr_ipv4: str | None = None,
    ) -> None:
        self.vpc_id = attribute_of(vpc_id, "id", *_VPC)
        self.subnets = _ids_by_zone(subnets)
        self.route_table_ids = tuple(attribute_of(table, "id", *_ROUTE_TABLE) for table in _listed(route_table_ids))
        self.cidr_ipv4 = cidr_ipv4
        if problems := list(self._own_problems()):
            raise ArgumentsError("Network", problems)

    @classmethod
    def from_file(cls, file: str | Path) -> Network:
        """Return the network in a TOML file, whose keys are the arguments of this class.

        Raises:
            PlainworkError: the file cannot be read, is not TOML, or has other keys.
            ArgumentsError: EC2 rejects a value.
        """
        try:
            values: dict[str, Any] = tomllib.loads(Path(file).read_text(encoding="utf-8"))
        except OSError as error:
            raise PlainworkError(f"the network file {str(file)!r} cannot be read: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PlainworkError(f"the network file {str(file)!r} is not TOML: {error}") from error
        if unknown := sorted(values.keys() - _KEYS):
            hint = did_you_mean(unknown[0], _KEYS)
            raise PlainworkError(f"the network file {str(file)!r} has an unknown key {unknown[0]!r}{hint}")
        if missing := ", ".join(map(repr, sorted(_REQUIRED - values.keys()))):
            raise PlainworkError(f"the network file {str(file)!r} must have the keys {sorted(_REQUIRED)}: no {missing}")
        return cls(**values)

    def problems(self, name: str, *, region: Any, least: int = 1) -> Iterator[str]:
        """Yield one sentence for each reason why the network is not valid for a construct.

        Args:
            name: of the argument, for the message.
            region: the Region of the construct.
            least: the minimum number of Availability Zones.
        """
        yield from subnet_problems(f"{name}.subnets", self.subnets, region=region, least=least)

    def _own_problems(self) -> Iterator[str]:
        yield from identifiers.resource_id_problems("vpc_id", self.vpc_id, "vpc")
        yield from subnet_problems("subnets", self.subnets)
        for table in self.route_table_ids:
            yield from identifiers.resource_id_problems("route_table_ids", table, "rtb")
        if self.cidr_ipv4 is not None:
            yield from client_problems("cidr_ipv4", {"vpc": {"cidr_ipv4": self.cidr_ipv4}})


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


def _ids_by_zone(subnets: Any) -> Any:
    if not isinstance(subnets, Mapping):
        return subnets
    return {zone: attribute_of(subnet, "id", *_SUBNET) for zone, subnet in subnets.items()}


_REQUIRED = {"vpc_id", "subnets"}
_KEYS = _REQUIRED | {"route_table_ids", "cidr_ipv4"}


def network_problems(network: Any, *, region: Any, least: int = 1) -> Iterator[str]:
    """Yield one sentence for each reason why a value is not valid as the argument `network`; see `Network.problems`."""
    if isinstance(network, Network):
        yield from network.problems("network", region=region, least=least)
    else:
        yield f"network must be Network('vpc-...', {{'euw1-az1': 'subnet-...'}}): got {network!r}"
