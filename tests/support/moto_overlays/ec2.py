"""Additions to moto for EC2. Each docstring states what moto does without the addition."""

from __future__ import annotations

from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any

from moto.ec2.exceptions import InvalidParameterValueError
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.models.managed_prefixes import ManagedPrefixListBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses.flow_logs import FlowLogs
from moto.ec2.responses.vpcs import VPCs

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

_ONLY_INBOUND = "PrivateDnsOnlyForInboundResolverEndpoint"


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(VPCs, "create_vpc_endpoint", _with_dns_options(VPCs.create_vpc_endpoint))
    patch.setattr(LaunchTemplate, "create_version", _without_own_tags(LaunchTemplate.create_version))
    patch.setattr(SecurityGroupRule, "__init__", _keep_prefix_list(SecurityGroupRule.__init__))
    patch.setattr(SecurityGroupRule, "description", property(_description))
    patch.setattr(SecurityGroupRule, "referenced_group_info", property(_referenced_group))
    patch.setattr(FlowLogs, "create_flow_logs", _with_destination_options(FlowLogs.create_flow_logs))
    patch.setattr(
        ManagedPrefixListBackend, "create_default_pls", _with_lattice(ManagedPrefixListBackend.create_default_pls)
    )
    patch.setattr(Subnet, "get_filter_value", _with_ipv6_filter(Subnet.get_filter_value))
    patch.setattr(Subnet, "ipv6_cidr_block_association_set", property(_ipv6_associations))


def _with_dns_options(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Moto forgets DNS options, so that each plan sets them again, and needs no gateway endpoint for S3's."""

    def create_vpc_endpoint(response: VPCs) -> Any:
        options = response._get_param("DnsOptions", {})  # noqa: SLF001  moto's own way to read parameters
        vpc_id, service = response._get_param("VpcId"), response._get_param("ServiceName")  # noqa: SLF001
        if options.get(_ONLY_INBOUND) in {True, "true"} and not _has_gateway(response, vpc_id, service):
            raise InvalidParameterValueError(f"To set {_ONLY_INBOUND} to true, {vpc_id} must have a Gateway endpoint")
        made = original(response)
        if options:
            made.result["VpcEndpoint"].dns_options = {"DnsRecordIpType": "ipv4", **options}
        return made

    return create_vpc_endpoint


def _has_gateway(response: VPCs, vpc_id: str, service: str) -> bool:
    wanted = (vpc_id, service, "Gateway", "available")
    endpoints = response.ec2_backend.vpc_end_points.values()
    return any(
        (endpoint.vpc_id, endpoint.service_name, endpoint.vpc_endpoint_type, endpoint.state) == wanted
        for endpoint in endpoints
    )


def _without_own_tags(original: Callable[..., Any]) -> Callable[..., Any]:
    """Moto adds the tags of a launch template to those of what it launches, so that each plan removes them."""

    def create_version(template: LaunchTemplate, data: dict[str, Any], *rest: Any) -> Any:
        specifications = data.get("TagSpecifications", [])
        launched = [one for one in specifications if one["ResourceType"] != "launch-template"]
        return original(template, {**data, "TagSpecifications": launched}, *rest)

    return create_version


def _keep_prefix_list(original: Callable[..., None]) -> Callable[..., None]:
    """Moto keeps nothing of a prefix list but its id."""
    parameters = signature(original)

    @wraps(original)  # so that a second layer has the same parameters
    def __init__(rule: SecurityGroupRule, *given: Any, **named: Any) -> None:  # noqa: N807  it replaces `__init__`
        original(rule, *given, **named)
        rule.prefix_list = parameters.bind(rule, *given, **named).arguments.get("prefix_list_id") or {}

    return __init__


def _description(rule: SecurityGroupRule) -> str | None:
    """Moto tells the descriptions of rules for addresses only, so that each plan writes the others again."""
    found: str | None = (rule.ip_range or rule.source_group or rule.prefix_list).get("Description")
    return found


def _referenced_group(rule: SecurityGroupRule) -> dict[str, str] | None:
    """The account beside a group is one that the provider does not know, where it may not ask for its own."""
    return {"GroupId": rule.source_group["GroupId"]} if rule.source_group else None


def _with_ipv6_filter(original: Callable[..., Any]) -> Callable[..., Any]:
    """Moto cannot find a subnet by its IPv6 block, for which the provider waits."""

    def get_filter_value(subnet: Subnet, filter_name: str, method_name: str | None = None) -> Any:
        if filter_name == "ipv6-cidr-block-association.association-id":
            return list(subnet.ipv6_cidr_block_associations)
        return original(subnet, filter_name, method_name)

    return get_filter_value


def _ipv6_associations(subnet: Subnet) -> list[dict[str, Any]]:
    """Moto answers with the state of an IPv6 block one level too deep, so that the provider never sees it."""
    return [
        {**association, "ipv6CidrBlockState": {"state": association["ipv6CidrBlockState"]["State"]}}
        for association in subnet.ipv6_cidr_block_associations.values()
        if association["ipv6CidrBlockState"]["State"] == "associated"
    ]


def _with_destination_options(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Moto forgets the file format and the partitions of a flow log, so that each plan replaces it."""

    def create_flow_logs(response: FlowLogs) -> Any:
        made = original(response)
        options = response._get_param("DestinationOptions", {})  # noqa: SLF001  moto's own way to read parameters
        for id_ in made.result["FlowLogIds"]:
            response.ec2_backend.flow_logs[id_].destination_options = options or None
        return made

    return create_flow_logs


def _with_lattice(original: Callable[[Any], None]) -> Callable[[Any], None]:
    """Moto lacks the prefix list of VPC Lattice."""

    def create_default_pls(backend: Any) -> None:
        original(backend)
        entries = [{"Cidr": "169.254.171.0/24", "Description": "default"}]
        name = f"com.amazonaws.{backend.region_name}.vpc-lattice"
        if name not in {prefix_list.prefix_list_name for prefix_list in backend.managed_prefix_lists.values()}:
            backend._create_aws_managed_prefix_list(name=name, address_family="IPv4", entries=entries)  # noqa: SLF001

    return create_default_pls
