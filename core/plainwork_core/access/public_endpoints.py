"""Resources with a public address or a public endpoint, by their arguments.

From the argument references of the AWS provider 5.100.0:
https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from plainwork_core.frozen import frozen
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value

_EVERYWHERE = ("0.0.0.0/0",)
_PUBLIC_ACLS = ("public-read", "public-read-write", "authenticated-read")
_IGW = "aws_internet_gateway"


@frozen(slots=True)
class Exposure:
    """What is public of a resource.

    Args:
        label: for people.
        path: of the argument that decides.
        sources: the CIDR blocks that may connect.
        unknown: why it is not known whether it is public; `""` otherwise.
    """

    label: str
    path: str
    sources: tuple[str, ...] = _EVERYWHERE
    unknown: str = ""


@frozen(slots=True)
class _Argument:
    """The argument that makes resources of a type public.

    Args:
        path: of the argument.
        label: of what is public.
        public: the values with which it is.
        default: its value if it is not set.
    """

    path: str
    label: str
    public: tuple[Value, ...] = (True, "true")
    default: Value = False


_ADDRESS = _Argument("publicly_accessible", "public address")
_BALANCER = _Argument("internal", "internet-facing load balancer", public=(False, "false"))
_ARGUMENTS: Mapping[str, _Argument] = {
    "aws_alb": _BALANCER,
    "aws_db_instance": _ADDRESS,
    "aws_dms_replication_instance": _ADDRESS,
    "aws_ecs_service": _Argument("network_configuration.0.assign_public_ip", "public addresses of the tasks"),
    "aws_elb": _BALANCER,
    "aws_instance": _Argument("associate_public_ip_address", "public address"),
    "aws_lambda_function_url": _Argument(
        "authorization_type", "function URL without authentication", public=("NONE",), default=""
    ),
    "aws_launch_template": _Argument("network_interfaces.0.associate_public_ip_address", "public addresses"),
    "aws_lb": _BALANCER,
    "aws_mq_broker": _ADDRESS,
    "aws_msk_cluster": _Argument(
        "broker_node_group_info.0.connectivity_info.0.public_access.0.type",
        "public addresses of the brokers",
        public=("SERVICE_PROVIDED_EIPS",),
    ),
    "aws_neptune_cluster_instance": _ADDRESS,
    "aws_rds_cluster_instance": _ADDRESS,
    "aws_redshift_cluster": _ADDRESS,
    "aws_redshiftserverless_workgroup": _ADDRESS,
    "aws_s3_bucket": _Argument("acl", "public ACL", public=_PUBLIC_ACLS),
    "aws_s3_bucket_acl": _Argument("acl", "public ACL", public=_PUBLIC_ACLS),
    "aws_transfer_server": _Argument("endpoint_type", "public endpoint", public=("PUBLIC",), default="PUBLIC"),
}


def exposures(stack: Stack, resource: Resource) -> Iterator[Exposure]:
    """Yield what is public of *resource*."""
    if resource.type in _READERS:
        yield from _READERS[resource.type](stack, resource)
        return
    argument = _ARGUMENTS[resource.type]
    value = resource.get(argument.path)
    if isinstance(value, Unknown):
        if not value.is_computed:
            yield Exposure(argument.label, argument.path, unknown=value.reason)
    elif (argument.default if value is None else value) in argument.public and not _is_gateway(resource):
        yield Exposure(argument.label, argument.path)


def _is_gateway(resource: Resource) -> bool:
    """Return whether it is a Gateway Load Balancer, which has no scheme."""
    return bool(resource.get("load_balancer_type") == "gateway")


def _kubernetes_api(_stack: Stack, cluster: Resource) -> Iterator[Exposure]:
    """Yield the public endpoint of an EKS cluster, which is the default.

    https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
    """
    path = "vpc_config.0.endpoint_public_access"
    value = cluster.get(path)
    if isinstance(value, Unknown):
        yield Exposure("public Kubernetes API", path, unknown=value.reason)
    elif value in (None, True):
        found = cluster.get("vpc_config.0.public_access_cidrs")
        members = found if isinstance(found, list) else [found] if isinstance(found, Unknown) else []
        yield Exposure("public Kubernetes API", path, tuple(quote(cidr) for cidr in members) or _EVERYWHERE)


def _search_domain(_stack: Stack, domain: Resource) -> Iterator[Exposure]:
    if not domain.blocks("vpc_options"):
        yield Exposure("public endpoint", "vpc_options")


def _rest_api(_stack: Stack, api: Resource) -> Iterator[Exposure]:
    types = api.get("endpoint_configuration.0.types")
    is_private = isinstance(types, list) and "PRIVATE" in types
    if not is_private and api.get("disable_execute_api_endpoint") is not True:
        yield Exposure("public API endpoint", "endpoint_configuration")


def _http_api(_stack: Stack, api: Resource) -> Iterator[Exposure]:
    if api.get("disable_execute_api_endpoint") is not True:
        yield Exposure("public API endpoint", "disable_execute_api_endpoint")


def _distribution(_stack: Stack, distribution: Resource) -> Iterator[Exposure]:
    if distribution.get("enabled") is not False:
        yield Exposure("public distribution", "enabled")


def _route(_stack: Stack, route: Resource) -> Iterator[Exposure]:
    yield from _route_of(route.get, "gateway_id")


def _routes(_stack: Stack, table: Resource) -> Iterator[Exposure]:
    for index, block in enumerate(table.blocks("route")):
        if not isinstance(block, Unknown):
            yield from _route_of(block.get, f"route.{index}.gateway_id")


def _route_of(get: Callable[[str], Value], path: str) -> Iterator[Exposure]:
    """Yield a route to an internet gateway, by its reference or its ID."""
    gateway = get("gateway_id")
    text = quote(gateway) if isinstance(gateway, Unknown) else str(gateway)
    if text.startswith("igw-") or f"{_IGW}." in text:
        destinations = (get(name) for name in ("destination_cidr_block", "destination_ipv6_cidr_block", "cidr_block"))
        found = tuple(quote(one) for one in (*destinations, get("ipv6_cidr_block")) if isinstance(one, (str, Unknown)))
        yield Exposure("route to an internet gateway", path, tuple(filter(None, found)))


_READERS: Mapping[str, Callable[[Stack, Resource], Iterator[Exposure]]] = {
    "aws_api_gateway_rest_api": _rest_api,
    "aws_apigatewayv2_api": _http_api,
    "aws_cloudfront_distribution": _distribution,
    "aws_default_route_table": _routes,
    "aws_eks_cluster": _kubernetes_api,
    "aws_elasticsearch_domain": _search_domain,
    "aws_opensearch_domain": _search_domain,
    "aws_route": _route,
    "aws_route_table": _routes,
}
EXPOSED_TYPES = (*_ARGUMENTS, *_READERS)
"""The resource types that may be public."""
