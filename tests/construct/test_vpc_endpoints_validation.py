from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, Stack
from plainwork.errors import ArgumentsError
from plainwork.vpc_endpoints import DuplicateEndpointError, VpcEndpoints
from tests.support.networks import SECURITY_GROUP, SUBNETS, VPC
from tests.support.vpc_endpoints import INTERFACES, network, vpc_endpoints, with_interfaces

if TYPE_CHECKING:
    from plainwork import App

SSM: dict[str, Any] = {**INTERFACES, "interface_endpoints": ["ssm"]}

REJECTED = {
    "no network": ({"network": None}, "network must be Network(", "None"),
    "no region": ({"region": "Ireland"}, "region must be the name of an AWS Region", "'Ireland'"),
    "a region by reference": ({"region": "${var.region}"}, "region must be a literal", "${var.region}"),
    "no route table": (
        {"network": network(route_table_ids=[])},
        "network must have route_table_ids=['rtb-...'] for the gateway endpoints, which are routes",
        "['s3', 'dynamodb']",
    ),
    "a gateway that is a list": ({"gateway_endpoints": [["s3"]]}, "is not in the catalog", "['s3']"),
    "a gateway of another service": (
        {"gateway_endpoints": ["ssm"]},
        "gateway_endpoints 'ssm' has no Gateway endpoints, only Interface: use add_interface_endpoint()",
        "",
    ),
    "gateways as text": ({"gateway_endpoints": "s3"}, "gateway_endpoints must be a list", "'s3'"),
    "an unknown gateway": ({"gateway_endpoints": ["dynamo"]}, "did you mean `dynamodb`?", "'dynamo'"),
    "no perimeter": ({"perimeter": None}, "perimeter must be the id of an organization", "None"),
    "an empty perimeter": ({"perimeter": []}, "without it the endpoints allow every principal", "[]"),
    "a perimeter with an empty organization": ({"perimeter": ""}, "perimeter must be the id of an organization", "''"),
    "a bad organization": ({"perimeter": "acme"}, "perimeter must be the id of an organization", "'acme'"),
    "a bad account": ({"perimeter": ["1"]}, "perimeter must be the account's 12 digits", "'1'"),
    "trusted accounts as text": (
        {"trusted_resource_account_ids": "123456789012"},
        "trusted_resource_account_ids must be a list of accounts",
        "'123456789012'",
    ),
    "bundles as text": ({"bundles": "ecr_pull"}, "bundles must be a list", "'ecr_pull'"),
    "no bundles": ({"bundles": None}, "bundles must be a list, as ['ecr-pull']", "None"),
    "no gateways": ({"gateway_endpoints": None}, "gateway_endpoints must be a list", "None"),
    "an unknown bundle": ({"bundles": ["ecr-pul"]}, "bundles must be of 'ecr-pull'", "did you mean `ecr-pull`?"),
    "a bundle without its gateway": (
        {**INTERFACES, "bundles": ["ecr-pull"], "gateway_endpoints": ["dynamodb"]},
        "gateway_endpoints must contain 's3' for the bundle 'ecr-pull'",
        "['dynamodb']",
    ),
    "interface endpoints as text": ({"interface_endpoints": "ssm"}, "interface_endpoints must be a list", "'ssm'"),
    "an interface that is a list": (
        {**INTERFACES, "interface_endpoints": [["ssm"]]},
        "interface_endpoints must be names of services",
        "[['ssm']]",
    ),
    "a global service in another Region": (
        {**INTERFACES, "interface_endpoints": ["iam"]},
        "service_region must be 'us-east-1', the only Region with endpoints of iam in this partition",
        "add_interface_endpoint('iam', service_region='us-east-1')",
    ),
    "an unknown service": (
        {**INTERFACES, "interface_endpoints": ["secretmanager"]},
        "service 'secretmanager' is not in the catalog; for a service that the catalog does not contain use",
        "service_name='com.amazonaws...'); did you mean `secretsmanager`?",
    ),
    "an interface of a gateway-only service": (
        {**INTERFACES, "interface_endpoints": ["s3express"]},
        "has no Interface endpoints, only Gateway: use gateway_endpoints",
        "'s3express'",
    ),
    "zones of another region": (
        {**SSM, "network": network(subnets={"use1-az1": SUBNETS["euw1-az1"]})},
        "zone ids of eu-west-1, which begin with 'euw1-'",
        "'use1-az1'",
    ),
    "no clients": ({**SSM, "clients": ()}, "clients must be a list of clients, or clients by name", "()"),
    "clients with all addresses": (
        {**SSM, "clients": {"all": "0.0.0.0/0"}},
        "must not be the whole internet",
        "'0.0.0.0/0'",
    ),
    "a service without policies": (
        {**INTERFACES, "interface_endpoints": ["codepipeline"]},
        "codepipeline does not support endpoint policies, so the endpoint allows everything",
        "add_interface_endpoint('codepipeline', policy='full-access')",
    ),
    "unknown buckets": ({"service_owned_buckets": ["s3"]}, "service_owned_buckets must be of 'ecr-layers'", "'s3'"),
    "statements of an unknown service": (
        {"additional_statements": {"kmss": []}},
        "additional_statements 'kmss' is not in the catalog",
        "did you mean `kms`?",
    ),
    "statements as a list": ({"additional_statements": []}, "additional_statements must be a mapping", "[]"),
    "one statement alone": (
        {"additional_statements": {"s3": {"sid": "A"}}},
        "additional_statements['s3'] must be a list",
        "'A'",
    ),
}

REJECTED_ENDPOINTS = {
    "private DNS of a service without it": (
        ("dynamodb", {"private_dns_enabled": True}),
        "dynamodb: private_dns_enabled must not be True: dynamodb does not support private DNS",
    ),
    "zones without a subnet": (
        ("ssm", {"availability_zone_ids": ["euw1-az9"]}),
        "availability_zone_ids must be a list of keys of subnets",
    ),
    "zones as text": (
        ("ssm", {"availability_zone_ids": "euw1-az1"}),
        "availability_zone_ids must be a list of keys of subnets",
    ),
    "no zone": (("ssm", {"availability_zone_ids": []}), "availability_zone_ids must be a list of keys of subnets"),
    "a service without cross-Region endpoints": (
        ("ssm", {"service_region": "us-east-1"}),
        "ssm has no cross-Region endpoints; these services have: ecr.api, ecr.dkr, ecs, iam,",
    ),
    "the VPC's own Region": (
        ("kms", {"service_region": "eu-west-1"}),
        "service_region must not be 'eu-west-1', the VPC's own Region",
    ),
    "another partition": (
        ("kms", {"service_region": "cn-north-1"}),
        "service_region must be in the VPC's partition 'aws': got 'cn-north-1'",
    ),
    "a region that is a number": (("kms", {"service_region": 1}), "service_region must be the name of an AWS Region"),
    "a region by reference": (
        ("kms", {"service_region": "${var.region}"}),
        "service_region must be a literal, because names depend on it: got '${var.region}'",
    ),
    "zones as a number": (
        ("ssm", {"availability_zone_ids": 5}),
        "availability_zone_ids must be a list of keys of subnets",
    ),
    "a service as a list": (([], {}), "service [] is not in the catalog"),
    "the option of S3 by reference": (
        ("s3", {"private_dns_only_for_inbound_resolver_endpoint": "${var.inbound}"}),
        "private_dns_only_for_inbound_resolver_endpoint must be True or False",
    ),
    "no region": (("kms", {"service_region": "virginia"}), "service_region must be the name of an AWS Region"),
    "a short name as a whole one": (
        ("mine", {"service_name": "mine", "private_dns_enabled": False, "policy": "full-access"}),
        "service_name must be a full service name, as 'com.amazonaws.vpce.",
    ),
    "a service name without private DNS": (
        ("mine", {"service_name": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}),
        "private_dns_enabled must be set with service_name",
    ),
    "an unknown policy": (("ssm", {"policy": "full"}), "policy must be one of EndpointPolicy.PERIMETER"),
    "an address type": (("kms", {"ip_address_type": "ipv5"}), "ip_address_type must be one of 'ipv4', 'ipv6'"),
    "records that the addresses do not have": (
        ("kms", {"ip_address_type": "ipv6", "dns_record_ip_type": "dualstack"}),
        "dns_record_ip_type must be one of 'ipv6': got 'dualstack'",
    ),
    "records of both types without dualstack": (
        ("kms", {"dns_record_ip_type": "dualstack"}),
        "dns_record_ip_type must be one of 'ipv4': got 'dualstack'",
    ),
    "addresses in some of the zones": (
        ("kms", {"ipv4_addresses": {"euw1-az1": "10.0.1.10"}}),
        "ipv4_addresses must have one address for each zone of the endpoint, euw1-az1, euw1-az2, euw1-az3",
    ),
    "an address of the other version": (
        ("kms", {"availability_zone_ids": ["euw1-az1"], "ipv4_addresses": {"euw1-az1": "fd00::1"}}),
        "ipv4_addresses['euw1-az1'] must be an IPv4 address: got 'fd00::1'",
    ),
    "IPv6 addresses without IPv6": (
        ("kms", {"availability_zone_ids": ["euw1-az1"], "ipv6_addresses": {"euw1-az1": "fd00::1"}}),
        "ipv6_addresses needs ip_address_type 'ipv6' or 'dualstack': got None",
    ),
    "the option of S3 for another service": (
        ("ssm", {"private_dns_only_for_inbound_resolver_endpoint": True}),
        "private_dns_only_for_inbound_resolver_endpoint is supported only for s3 with private DNS",
    ),
}


@pytest.mark.parametrize(("arguments", "rule", "value"), REJECTED.values(), ids=REJECTED)
def test_it_rejects(stack: Stack, arguments: dict[str, Any], rule: str, value: str) -> None:
    with pytest.raises(ArgumentsError) as error:
        vpc_endpoints(stack, **arguments)
    assert rule in str(error.value)
    assert value in str(error.value)
    assert "VpcEndpoints 'private'" in str(error.value)


@pytest.mark.parametrize(("call", "rule"), REJECTED_ENDPOINTS.values(), ids=REJECTED_ENDPOINTS)
def test_add_interface_endpoint_rejects(stack: Stack, call: tuple[str, dict[str, Any]], rule: str) -> None:
    service, arguments = call
    endpoints = with_interfaces(stack)
    with pytest.raises(ArgumentsError) as error:
        endpoints.add_interface_endpoint(service, **arguments)
    assert rule in str(error.value)


ZONES = {"us-east-1": "use1-az1", "cn-north-1": "cnn1-az1", "cn-northwest-1": "cnnw1-az1", "us-gov-west-1": "usgw1-az1"}


def with_global_service(stack: Stack, service: str, region: str) -> None:
    subnets = {"network": network(subnets={ZONES[region]: SUBNETS["euw1-az1"]}), "clients": INTERFACES["clients"]}
    vpc_endpoints(stack, region=region, **subnets, interface_endpoints=[service])


@pytest.mark.parametrize(
    ("service", "region"),
    [
        ("iam", "us-east-1"),
        ("iam", "cn-north-1"),
        ("iam", "us-gov-west-1"),
        ("route53", "us-east-1"),
        ("route53", "cn-northwest-1"),
        ("route53", "us-gov-west-1"),
    ],
)
def test_a_global_service_has_endpoints_in_the_region_of_its_control_plane(
    stack: Stack, service: str, region: str
) -> None:
    with_global_service(stack, service, region)


@pytest.mark.parametrize(
    ("service", "region", "home"),
    [("iam", "cn-northwest-1", "cn-north-1"), ("route53", "cn-north-1", "cn-northwest-1")],
)
def test_iam_and_route_53_have_different_control_planes_in_china(
    stack: Stack, service: str, region: str, home: str
) -> None:
    with pytest.raises(ArgumentsError, match=f"service_region must be '{home}', the only Region with endpoints"):
        with_global_service(stack, service, region)


def test_the_s3_interface_endpoint_needs_the_s3_gateway_endpoint(stack: Stack) -> None:
    endpoints = with_interfaces(stack, gateway_endpoints=["dynamodb"])
    with pytest.raises(ArgumentsError, match="needs the s3 gateway endpoint in the VPC: add 's3' to gateway_endpoints"):
        endpoints.add_interface_endpoint("s3")
    endpoints.add_interface_endpoint("s3", private_dns_only_for_inbound_resolver_endpoint=False)


def test_one_error_has_every_problem(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as error:
        vpc_endpoints(stack, network=None, perimeter=None, bundles=["ecr"], interface_endpoints=["kmss"])
    assert len(error.value.problems) == 3


def test_gateway_endpoints_have_no_security_group_and_no_subnets(stack: Stack) -> None:
    with pytest.raises(TypeError, match="security_group_ids"):
        vpc_endpoints(stack, security_group_ids=[SECURITY_GROUP])


def test_a_second_private_dns_name_in_a_vpc_is_rejected(app: App, stack: Stack) -> None:
    with_interfaces(stack, bundles=["secrets"])
    duplicate = (
        f"private DNS of com.amazonaws.eu-west-1.ssm in {VPC} is defined by 'demo/private' and by 'other/private'"
    )
    with pytest.raises(DuplicateEndpointError, match=duplicate):
        vpc_endpoints(Stack(app, "other"), gateway_endpoints=(), **SSM)


def test_another_vpc_can_have_the_same_private_dns_name(app: App, stack: Stack) -> None:
    vpc_endpoints(stack, **SSM)
    vpc_endpoints(stack, "other", network=network("vpc-0fedcba9876543210"), gateway_endpoints=(), **SSM)
    web, jobs = Stack(app, "web"), Stack(app, "jobs")
    for own in (web, jobs):
        Resource(own, "aws_vpc", "main", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
        vpc_endpoints(own, network=network("${aws_vpc.main.id}"), gateway_endpoints=(), **SSM)


def test_a_second_endpoint_without_private_dns_is_accepted(stack: Stack) -> None:
    vpc_endpoints(stack, **SSM)
    other = with_interfaces(stack, "other", gateway_endpoints=())
    other.add_interface_endpoint("ssm", private_dns_enabled=False)


def test_a_second_private_dns_name_by_service_name_is_rejected(stack: Stack) -> None:
    endpoints = vpc_endpoints(stack, **SSM)
    named = {"service_name": "com.amazonaws.eu-west-1.ssm", "policy": "perimeter"}
    with pytest.raises(DuplicateEndpointError, match=r"com\.amazonaws\.eu-west-1\.ssm"):
        endpoints.add_interface_endpoint("other", private_dns_enabled=True, **named)


def test_a_second_route_to_a_service_in_a_route_table_is_rejected(stack: Stack) -> None:
    vpc_endpoints(stack)
    with pytest.raises(DuplicateEndpointError, match=r"the route to com\.amazonaws\.eu-west-1\.s3 in rtb-0a1b"):
        vpc_endpoints(stack, "other")
    vpc_endpoints(stack, "third", network=network(route_table_ids=["rtb-0fedcba9876543210"]))


@pytest.mark.parametrize(
    ("flags", "problem"),
    [
        ({}, "private DNS needs enable_dns_hostnames = true on aws_vpc.main: got False"),
        ({"enable_dns_hostnames": True, "enable_dns_support": False}, "enable_dns_support = true on aws_vpc.main"),
        ({"enable_dns_hostnames": True}, None),
        ({"enable_dns_hostnames": "${var.hostnames}"}, None),
    ],
)
def test_private_dns_needs_the_flags_of_a_vpc_in_the_same_stack(
    stack: Stack, flags: dict[str, Any], problem: str | None
) -> None:
    vpc = Resource(stack, "aws_vpc", "main", cidr_block="10.0.0.0/16", **flags)
    if problem is None:
        vpc_endpoints(stack, network=network(vpc["id"]), **SSM)
    else:
        with pytest.raises(ArgumentsError, match=problem):
            vpc_endpoints(stack, network=network(vpc["id"]), **SSM)


def test_gateway_endpoints_need_no_flags(stack: Stack) -> None:
    vpc = Resource(stack, "aws_vpc", "main", cidr_block="10.0.0.0/16")
    vpc_endpoints(stack, network=network(vpc["id"]))


def test_references_are_accepted(stack: Stack) -> None:
    own = network("${var.vpc}", {"euw1-az1": "${var.subnet}"}, route_table_ids=["${var.routes}"])
    vpc_endpoints(stack, **{**SSM, "network": own}, perimeter="${var.org}")


def test_existing_endpoints_can_have_no_gateway(stack: Stack) -> None:
    gateways: Any = None
    endpoints = VpcEndpoints.existing(stack, "private", region="eu-west-1", gateway_endpoints=gateways)
    assert endpoints.client_egress_rules("sg-0123456789abcdef0") == []


LATTICE = "arn:aws:vpc-lattice:eu-west-1:123456789012"
RESOURCE = f"{LATTICE}:resourceconfiguration/rcfg-0123456789abcdef0"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"target": f"{LATTICE}:service/svc-0123456789abcdef0"}, "target must be one of aws_vpclattice_resource"),
        ({"target": "arn:aws:s3:::resourceconfiguration"}, "target must be an ARN, such as 'arn:aws:vpc-lattice:"),
        ({"port": 0}, "port must be a whole number from 1 to 65535"),
        ({"private_dns_enabled": None}, "private_dns_enabled must be True or False"),
        ({"private_dns_preference": "ALL"}, "private_dns_preference must be one of 'ALL_DOMAINS'"),
        ({"private_dns_preference": "ALL_DOMAINS", "private_dns_enabled": False}, "needs private_dns_enabled=True"),
        ({"private_dns_preference": "SPECIFIED_DOMAINS_ONLY"}, "needs private_dns_specified_domains: got ()"),
        (
            {"private_dns_preference": "ALL_DOMAINS", "private_dns_specified_domains": ["a.example"]},
            "must not have private_dns_specified_domains",
        ),
        ({"private_dns_specified_domains": ["a.example"]}, "needs private_dns_preference"),
    ],
)
def test_an_invalid_lattice_endpoint_is_rejected(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    endpoints = with_interfaces(stack)
    with pytest.raises(ArgumentsError, match="VpcEndpoints 'private'") as error:
        endpoints.add_lattice_endpoint("orders", **{"target": RESOURCE, "port": 5432, **arguments})
    assert problem in str(error.value)


def test_a_lattice_endpoint_needs_clients(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="clients must be a list of clients"):
        vpc_endpoints(stack).add_lattice_endpoint("orders", RESOURCE)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"security_group_id": "web"}, "security_group_id must be an id that begins with 'sg-'"),
        ({"gateway_endpoints": ["ssm"]}, "gateway_endpoints 'ssm' has no Gateway endpoints"),
        ({"region": "Ireland"}, "region must be the name of an AWS Region"),
    ],
)
def test_invalid_arguments_of_existing_endpoints_are_rejected(
    stack: Stack, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ArgumentsError, match="ExistingVpcEndpoints 'private'") as error:
        VpcEndpoints.existing(stack, "private", **{"region": "eu-west-1", **arguments})
    assert problem in str(error.value)


@pytest.mark.parametrize("client", ["office", "unknown"])
def test_an_egress_rule_is_for_a_security_group_among_the_clients(stack: Stack, client: str) -> None:
    endpoints = vpc_endpoints(stack, clients={"office": "10.0.0.0/16"}, interface_endpoints=["kms"])
    with pytest.raises(ArgumentsError, match=rf"clients that are security groups, \[\]: got '{client}'"):
        endpoints.client_egress_rules(client)
