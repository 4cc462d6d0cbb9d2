from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, Stack
from plainwork.errors import ArgumentsError
from plainwork.vpc_endpoints import Bundle, EndpointPerimeter, EndpointPolicy, EndpointTakenError, IngressSource
from tests.support.networks import SECURITY_GROUP, SUBNETS, VPC
from tests.support.vpc_endpoints import INTERFACES, vpc_endpoints, with_interfaces

if TYPE_CHECKING:
    from plainwork import App

SSM: dict[str, Any] = {**INTERFACES, "interface_endpoints": ["ssm"]}
ZONE_NAME = {"eu-west-1a": SUBNETS["euw1-az1"]}

REFUSED = {
    "no VPC": ({"vpc_id": "main"}, "vpc_id must be an id that begins with 'vpc-'", "'main'"),
    "no region": ({"region": "Ireland"}, "region must be the name of an AWS region", "'Ireland'"),
    "a region by reference": ({"region": "${var.region}"}, "region must be written out", "${var.region}"),
    "no route table": ({"route_table_ids": []}, "route_table_ids must be a list of at least one id", "[]"),
    "one route table as text": ({"route_table_ids": "rtb-1"}, "route_table_ids must be a list", "'rtb-1'"),
    "a bad route table": ({"route_table_ids": ["main"]}, "an id that begins with 'rtb-'", "'main'"),
    "route tables as a number": ({"route_table_ids": 5}, "route_table_ids must be a list", "5"),
    "a gateway that is a list": ({"gateway_endpoints": [["s3"]]}, "is no service of the catalog", "['s3']"),
    "a gateway of another service": (
        {"gateway_endpoints": ["ssm"]},
        "gateway_endpoints 'ssm' has no Gateway endpoints, only Interface ones: use interface() or interface_endpoints",
        "",
    ),
    "gateways as text": ({"gateway_endpoints": "s3"}, "gateway_endpoints must be a list", "'s3'"),
    "an unknown gateway": ({"gateway_endpoints": ["dynamo"]}, "did you mean `dynamodb`?", "'dynamo'"),
    "no perimeter": ({"perimeter": None}, "perimeter must be EndpointPerimeter(", "None"),
    "an empty perimeter": ({"perimeter": EndpointPerimeter()}, "either organization_id or account_ids", "None and ()"),
    "a perimeter of nothing": (
        {"perimeter": EndpointPerimeter("")},
        "either organization_id or account_ids",
        "'' and ()",
    ),
    "no accounts": (
        {"perimeter": EndpointPerimeter("o-a1b2c3d4e5", None)},  # type: ignore[arg-type]  what is refused
        "account_ids must be a tuple",
        "None",
    ),
    "two perimeters": (
        {"perimeter": EndpointPerimeter("o-a1b2c3d4e5", ("123456789012",))},
        "either organization_id or account_ids",
        "'o-a1b2c3d4e5' and ('123456789012',)",
    ),
    "a bad organization": ({"perimeter": EndpointPerimeter("acme")}, "organization_id must be as", "'acme'"),
    "a bad account": ({"perimeter": EndpointPerimeter(account_ids=("1",))}, "the account's 12 digits", "'1'"),
    "accounts as text": (
        {"perimeter": EndpointPerimeter(account_ids="123456789012")},  # type: ignore[arg-type]  what is refused
        "account_ids must be a tuple",
        "'123456789012'",
    ),
    "bundles as text": ({"bundles": "ecr_pull"}, "bundles must be a list", "'ecr_pull'"),
    "no bundles": ({"bundles": None}, "bundles must be a list of Bundle", "None"),
    "no gateways": ({"gateway_endpoints": None, "route_table_ids": None}, "gateway_endpoints must be a list", "None"),
    "a bundle by its name": ({"bundles": ["ecr_pull"]}, "bundles must be one of Bundle.ECR_PULL", "'ecr_pull'"),
    "a bundle without its gateway": (
        {**INTERFACES, "bundles": [Bundle.ECR_PULL], "gateway_endpoints": ["dynamodb"]},
        "gateway_endpoints must have 's3' for Bundle.ECR_PULL",
        "['dynamodb']",
    ),
    "interface endpoints as text": ({"interface_endpoints": "ssm"}, "interface_endpoints must be a list", "'ssm'"),
    "an interface that is a list": (
        {**INTERFACES, "interface_endpoints": [["ssm"]]},
        "interface_endpoints must be names of services",
        "[['ssm']]",
    ),
    "a service that is only elsewhere": (
        {**INTERFACES, "interface_endpoints": ["iam"]},
        "service_region must be 'us-east-1', the only region with endpoints of iam in this partition",
        "interface('iam', service_region='us-east-1')",
    ),
    "an unknown service": (
        {**INTERFACES, "interface_endpoints": ["secretmanager"]},
        "service 'secretmanager' is no service of the catalog; did you mean `secretsmanager`?",
        "service_name='com.amazonaws...'",
    ),
    "an interface of a gateway-only service": (
        {**INTERFACES, "interface_endpoints": ["s3express"]},
        "has no Interface endpoints, only Gateway ones: use gateway_endpoints",
        "'s3express'",
    ),
    "interfaces without subnets": ({**SSM, "subnets": None}, "subnets must be at least 1 subnet id", "{}"),
    "subnets by zone names": ({**SSM, "subnets": ZONE_NAME}, "subnets must be keyed by zone ids", "'eu-west-1a'"),
    "zones of another region": (
        {**SSM, "subnets": {"use1-az1": SUBNETS["euw1-az1"]}},
        "zone ids of eu-west-1, which begin with 'euw1-'",
        "'use1-az1'",
    ),
    "two zones in one subnet": (
        {**SSM, "subnets": dict.fromkeys(SUBNETS, "subnet-0a1b2c3d4e5f60001")},
        "another subnet in each zone",
        "",
    ),
    "interfaces for nobody": ({**SSM, "clients": None}, "clients must name who may connect", "{}"),
    "interfaces for everybody": (
        {**SSM, "clients": {"all": IngressSource(cidr_ipv4="0.0.0.0/0")}},
        "must not be the whole internet",
        "'0.0.0.0/0'",
    ),
    "a service without policies": (
        {**INTERFACES, "interface_endpoints": ["codepipeline"]},
        "codepipeline takes no endpoint policy, so AWS lets everything through",
        "interface('codepipeline', policy=EndpointPolicy.FULL_ACCESS)",
    ),
    "buckets by their name": ({"aws_owned_buckets": ["s3"]}, "aws_owned_buckets must be one of AwsOwned", "'s3'"),
    "statements for nothing known": (
        {"also_allow": {"kmss": []}},
        "also_allow 'kmss' is no service",
        "did you mean `kms`?",
    ),
    "statements as a list": ({"also_allow": []}, "also_allow must be service names", "[]"),
    "one statement alone": ({"also_allow": {"s3": {"sid": "A"}}}, "also_allow['s3'] must be a list", "'A'"),
}

REFUSED_LATER = {
    "private DNS where there is none": (
        ("dynamodb", {"private_dns_enabled": True}),
        "dynamodb: private_dns_enabled must be left out: dynamodb has no private DNS",
    ),
    "zones that have no subnet": (("ssm", {"zones": ["euw1-az9"]}), "zones must be some of the zone ids of subnets"),
    "zones as text": (("ssm", {"zones": "euw1-az1"}), "zones must be some of the zone ids"),
    "no zone at all": (("ssm", {"zones": []}), "zones must be some of the zone ids"),
    "another region's service, where that cannot be": (
        ("ssm", {"service_region": "us-east-1"}),
        "ssm cannot be reached in another region; these can: ecr.api, ecr.dkr, ecs, iam,",
    ),
    "another region that is the same": (
        ("kms", {"service_region": "eu-west-1"}),
        "service_region must be another region than 'eu-west-1', or be left out",
    ),
    "another partition": (
        ("kms", {"service_region": "cn-north-1"}),
        "service_region must be of partition 'aws', the VPC's: got 'cn-north-1'",
    ),
    "a region that is a number": (("kms", {"service_region": 1}), "service_region must be the name of an AWS region"),
    "a region by reference": (
        ("kms", {"service_region": "${var.region}"}),
        "service_region must be written out, because names depend on it: got '${var.region}'",
    ),
    "zones that are no list": (("ssm", {"zones": 5}), "zones must be some of the zone ids"),
    "a service that is no text": (([], {}), "service [] is no service of the catalog"),
    "a policy of a whole name by its name": (
        ("mine", {"service_name": "com.amazonaws.a.b", "private_dns_enabled": False, "policy": "perimeter"}),
        "policy must be one of EndpointPolicy.PERIMETER",
    ),
    "the option of S3 by reference": (
        ("s3", {"private_dns_only_for_inbound_resolver_endpoint": "${var.inbound}"}),
        "private_dns_only_for_inbound_resolver_endpoint must be True or False",
    ),
    "no region": (("kms", {"service_region": "virginia"}), "service_region must be the name of an AWS region"),
    "a short name as a whole one": (
        ("mine", {"service_name": "mine", "private_dns_enabled": False, "policy": EndpointPolicy.FULL_ACCESS}),
        "service_name must be a whole name, as 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0': got 'mine'",
    ),
    "an unknown service without a word on DNS": (
        ("mine", {"service_name": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}),
        "private_dns_enabled must be given with service_name",
    ),
    "a policy by its name": (("ssm", {"policy": "perimeter"}), "policy must be one of EndpointPolicy.PERIMETER"),
    "the option of S3 for another service": (
        ("ssm", {"private_dns_only_for_inbound_resolver_endpoint": True}),
        "private_dns_only_for_inbound_resolver_endpoint is for s3 with private DNS",
    ),
}


@pytest.mark.parametrize(("arguments", "rule", "value"), REFUSED.values(), ids=REFUSED)
def test_it_refuses(stack: Stack, arguments: dict[str, Any], rule: str, value: str) -> None:
    with pytest.raises(ArgumentsError) as refusal:
        vpc_endpoints(stack, **arguments)
    assert rule in str(refusal.value)
    assert value in str(refusal.value)
    assert "VpcEndpoints 'private'" in str(refusal.value)


@pytest.mark.parametrize(("asked", "rule"), REFUSED_LATER.values(), ids=REFUSED_LATER)
def test_it_refuses_one_more_endpoint_with(stack: Stack, asked: tuple[str, dict[str, Any]], rule: str) -> None:
    service, arguments = asked
    endpoints = with_interfaces(stack)
    with pytest.raises(ArgumentsError) as refusal:
        endpoints.interface(service, **arguments)
    assert rule in str(refusal.value)


@pytest.mark.parametrize("service", ["iam", "route53"])
@pytest.mark.parametrize("region", ["us-east-1", "cn-north-1", "us-gov-west-1"])
def test_a_service_that_is_only_elsewhere_is_taken_at_home(stack: Stack, service: str, region: str) -> None:
    zone = {"us-east-1": "use1-az1", "cn-north-1": "cnn1-az1", "us-gov-west-1": "usgw1-az1"}[region]
    subnets = {"subnets": {zone: SUBNETS["euw1-az1"]}, "clients": INTERFACES["clients"]}
    vpc_endpoints(stack, region=region, **subnets, interface_endpoints=[service])


def test_s3_by_interface_needs_s3_by_gateway(stack: Stack) -> None:
    endpoints = with_interfaces(stack, gateway_endpoints=["dynamodb"])
    with pytest.raises(ArgumentsError, match="needs the s3 gateway endpoint in the VPC: add 's3' to gateway_endpoints"):
        endpoints.interface("s3")
    endpoints.interface("s3", private_dns_only_for_inbound_resolver_endpoint=False)


def test_it_tells_everything_that_is_wrong_at_once(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as refusal:
        vpc_endpoints(stack, vpc_id="main", route_table_ids=["main"], perimeter=None, interface_endpoints=["kmss"])
    assert len(refusal.value.problems) == 6


def test_gateway_endpoints_have_no_security_group_and_no_subnets(stack: Stack) -> None:
    with pytest.raises(TypeError, match="security_group_ids"):
        vpc_endpoints(stack, security_group_ids=[SECURITY_GROUP])


def test_private_dns_of_a_service_is_in_a_vpc_once(app: App, stack: Stack) -> None:
    with_interfaces(stack, bundles=[Bundle.SECRETS])
    taken = "private DNS of com.amazonaws.eu-west-1.ssm in vpc-0123456789abcdef0 belongs to 'demo/private'"
    with pytest.raises(EndpointTakenError, match=taken):
        vpc_endpoints(Stack(app, "other"), gateway_endpoints=(), route_table_ids=(), **SSM)


def test_another_vpc_has_private_dns_of_its_own(app: App, stack: Stack) -> None:
    vpc_endpoints(stack, **SSM)
    vpc_endpoints(stack, "other", vpc_id="vpc-0fedcba9876543210", gateway_endpoints=(), route_table_ids=(), **SSM)
    web, jobs = Stack(app, "web"), Stack(app, "jobs")
    for each in (web, jobs):
        Resource(each, "aws_vpc", "main", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
        vpc_endpoints(each, vpc_id="${aws_vpc.main.id}", gateway_endpoints=(), route_table_ids=(), **SSM)


def test_without_private_dns_there_can_be_two(stack: Stack) -> None:
    vpc_endpoints(stack, **SSM)
    other = with_interfaces(stack, "other", gateway_endpoints=(), route_table_ids=())
    other.interface("ssm", private_dns_enabled=False)


def test_a_service_is_found_twice_under_another_name(stack: Stack) -> None:
    endpoints = vpc_endpoints(stack, **SSM)
    named = {"service_name": "com.amazonaws.eu-west-1.ssm", "policy": EndpointPolicy.PERIMETER}
    with pytest.raises(EndpointTakenError, match=r"com\.amazonaws\.eu-west-1\.ssm"):
        endpoints.interface("other", private_dns_enabled=True, **named)


def test_a_route_table_leads_to_a_service_once(stack: Stack) -> None:
    vpc_endpoints(stack)
    with pytest.raises(EndpointTakenError, match=r"the route to com\.amazonaws\.eu-west-1\.s3 in rtb-0a1b"):
        vpc_endpoints(stack, "other")
    vpc_endpoints(stack, "third", route_table_ids=["rtb-0fedcba9876543210"])


@pytest.mark.parametrize(
    ("flags", "problem"),
    [
        ({}, "private DNS needs enable_dns_hostnames = true on aws_vpc.main: got False"),
        ({"enable_dns_hostnames": True, "enable_dns_support": False}, "enable_dns_support = true on aws_vpc.main"),
        ({"enable_dns_hostnames": True}, None),
        ({"enable_dns_hostnames": "${var.hostnames}"}, None),
    ],
)
def test_private_dns_needs_the_flags_of_a_vpc_that_is_made_here(
    stack: Stack, flags: dict[str, Any], problem: str | None
) -> None:
    vpc = Resource(stack, "aws_vpc", "main", cidr_block="10.0.0.0/16", **flags)
    if problem is None:
        vpc_endpoints(stack, vpc_id=vpc["id"], **SSM)
    else:
        with pytest.raises(ArgumentsError, match=problem):
            vpc_endpoints(stack, vpc_id=vpc["id"], **SSM)


def test_gateway_endpoints_need_no_flags(stack: Stack) -> None:
    vpc = Resource(stack, "aws_vpc", "main", cidr_block="10.0.0.0/16")
    vpc_endpoints(stack, vpc_id=vpc["id"])


def test_references_pass_where_they_can_stand(stack: Stack) -> None:
    references = {"vpc_id": "${var.vpc}", "route_table_ids": ["${var.routes}"]}
    subnets = {"euw1-az1": "${var.subnet}"}
    vpc_endpoints(stack, **references, **{**SSM, "subnets": subnets}, perimeter=EndpointPerimeter("${var.org}"))
    assert VPC not in references.values()
