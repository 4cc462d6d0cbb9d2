"""VPC endpoints for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Network, Provider
from plainwork.vpc_endpoints import VpcEndpoints
from plainwork_core.aws.regions import region_names
from tests.support.iam_policy import rendered
from tests.support.networks import ROUTE_TABLE, SECURITY_GROUP, SUBNETS, VPC
from tests.support.providers import INSTALLED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plainwork import Stack

ORGANIZATION = "o-a1b2c3d4e5"
INTERFACES = {"clients": {"web": SECURITY_GROUP}}
"""Arguments that interface endpoints need."""


def network(
    vpc_id: str = VPC, subnets: Mapping[str, str] = SUBNETS, *, route_table_ids: Sequence[str] = (ROUTE_TABLE,)
) -> Network:
    """The network of the endpoints."""
    return Network(vpc_id, subnets, route_table_ids=route_table_ids)


def vpc_endpoints(stack: Stack, id_: str = "private", **arguments: Any) -> VpcEndpoints:
    """Endpoints with defaults for the arguments that a test does not set."""
    defaults = {"region": "eu-west-1", "perimeter": ORGANIZATION, "network": network(), **arguments}
    if not stack.node.try_find_child("provider.aws"):
        region = defaults["region"] if defaults["region"] in region_names() else "eu-west-1"
        Provider(stack, "aws", version=INSTALLED, region=region)
    return VpcEndpoints(stack, id_, **defaults)


def with_interfaces(stack: Stack, id_: str = "private", **arguments: Any) -> VpcEndpoints:
    """Endpoints to which interface endpoints can be added."""
    return vpc_endpoints(stack, id_, **INTERFACES, **arguments)


def endpoint_policy(stack: Stack, *names: str) -> dict[str, Any]:
    """The merged policy of several documents, as AWS receives it."""
    return {"Statement": [statement for name in names for statement in rendered(stack, name, {})["Statement"]]}
