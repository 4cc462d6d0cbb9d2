from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from plainwork.iam import allow
from plainwork.roles import to_identifier
from plainwork.vpc_endpoints import AwsOwnedBuckets, Bundle, EndpointPerimeter, EndpointPolicy, services
from plainwork.vpc_endpoints.eks_registries import eks_registry_account
from tests.support.iam_policy import decide
from tests.support.vpc_endpoints import ORGANIZATION, endpoint_policy, vpc_endpoints, with_interfaces

if TYPE_CHECKING:
    from plainwork import Stack

OUR_RESOURCE = {"aws:ResourceOrgID": ORGANIZATION, "aws:ResourceAccount": "123456789012"}
OURS = {"aws:PrincipalOrgID": ORGANIZATION, **OUR_RESOURCE}
WITHOUT_OWNER = {"aws:PrincipalOrgID": ORGANIZATION}
OUR_PRINCIPAL = {**WITHOUT_OWNER, "aws:ResourceAccount": "999999999999"}
UNSIGNED: dict[str, str] = {}
BUCKETS = "arn:aws:s3:::"
TASK = ("ssmmessages:OpenDataChannel", "*")


@pytest.mark.parametrize(
    ("context", "verdict"),
    [
        (OURS, "Allow"),
        ({"aws:PrincipalIsAWSService": "true"}, "Allow"),
        ({**OURS, "aws:PrincipalOrgID": "o-somebodyelse"}, None),
        ({**OURS, "aws:ResourceOrgID": "o-somebodyelse"}, None),
        (OUR_PRINCIPAL, None),
        (WITHOUT_OWNER, "Allow"),
        (OUR_RESOURCE, None),
        (UNSIGNED, None),
    ],
)
def test_only_our_principals_reach_only_our_resources(
    stack: Stack, context: dict[str, str], verdict: str | None
) -> None:
    vpc_endpoints(stack)
    assert decide(endpoint_policy(stack, "private"), *TASK, context) == verdict


@pytest.mark.parametrize(
    "perimeter", [EndpointPerimeter(ORGANIZATION), EndpointPerimeter(account_ids=("123456789012",))]
)
@pytest.mark.parametrize("action", ["events:PutEvents", "ebs:GetSnapshotBlock", "ec2:CreateVolume", "ec2:CopyImage"])
def test_actions_that_name_no_owner_are_for_our_principals(
    stack: Stack, action: str, perimeter: EndpointPerimeter
) -> None:
    """AWS lists them: their requests have no aws:ResourceAccount and no aws:ResourceOrgID."""
    vpc_endpoints(stack, perimeter=perimeter)
    policy = endpoint_policy(stack, "private")
    ours = {"aws:PrincipalOrgID": ORGANIZATION, "aws:PrincipalAccount": "123456789012"}
    assert decide(policy, action, "*", ours) == "Allow"
    assert decide(policy, action, "*", {**ours, "aws:ResourceAccount": "999999999999"}) is None
    assert decide(policy, action, "*", {"aws:PrincipalOrgID": "o-else", "aws:PrincipalAccount": "1"}) is None


def test_a_perimeter_of_accounts(stack: Stack) -> None:
    vpc_endpoints(stack, perimeter=EndpointPerimeter(account_ids=("123456789012", "210987654321")))
    inside = {"aws:PrincipalAccount": "210987654321", "aws:ResourceAccount": "123456789012"}
    policy = endpoint_policy(stack, "private")
    assert decide(policy, *TASK, inside) == "Allow"
    assert decide(policy, *TASK, {**inside, "aws:ResourceAccount": "999999999999"}) is None


def test_resources_of_trusted_accounts_are_reached_by_our_principals_only(stack: Stack) -> None:
    vpc_endpoints(stack, perimeter=EndpointPerimeter(ORGANIZATION, resource_account_ids=("602401143452",)))
    policy, registry = endpoint_policy(stack, "private"), {"aws:ResourceAccount": "602401143452"}
    assert decide(policy, "ecr:BatchGetImage", "*", {**OUR_PRINCIPAL, **registry}) == "Allow"
    assert decide(policy, "ecr:BatchGetImage", "*", registry) is None


@pytest.mark.parametrize(
    "object_",
    [
        "prod-eu-west-1-starport-layer-bucket/layer",
        "aws-ssm-eu-west-1/latest/amazon-ssm-agent.rpm",
        "patch-baseline-snapshot-eu-west-1/snapshot",
        "aws-patch-manager-eu-west-1-5522fb710/common",
        "al2023-repos-eu-west-1-de612dc2/core/repodata",
        "amazonlinux-2-repos-eu-west-1/2/core",
    ],
)
def test_what_aws_keeps_in_buckets_is_read_by_everybody_and_written_by_nobody(stack: Stack, object_: str) -> None:
    vpc_endpoints(stack)
    policy = endpoint_policy(stack, "private", "private_s3")
    assert decide(policy, "s3:GetObject", f"{BUCKETS}{object_}", UNSIGNED) == "Allow"
    assert decide(policy, "s3:PutObject", f"{BUCKETS}{object_}", UNSIGNED) is None
    assert decide(policy, "s3:GetObject", f"{BUCKETS}{object_.replace('eu-west-1', 'us-east-1')}", UNSIGNED) is None


def test_buckets_of_aws_are_those_that_are_named(stack: Stack) -> None:
    vpc_endpoints(stack, aws_owned_buckets=[AwsOwnedBuckets.CODEDEPLOY_AGENT])
    policy = endpoint_policy(stack, "private", "private_s3")
    assert decide(policy, "s3:GetObject", f"{BUCKETS}aws-codedeploy-eu-west-1/agent", UNSIGNED) == "Allow"
    assert decide(policy, "s3:GetObject", f"{BUCKETS}aws-ssm-eu-west-1/agent", UNSIGNED) is None


def test_without_buckets_of_aws_s3_has_the_policy_of_all(stack: Stack) -> None:
    vpc_endpoints(stack, aws_owned_buckets=())
    assert policy_of(stack, "private_s3") == "${data.aws_iam_policy_document.private.json}"


SERVICES_OF_AWS = {
    "finding DynamoDB's endpoints": ("dynamodb", ("dynamodb:DescribeEndpoints", "*"), OUR_PRINCIPAL),
    "documents of Systems Manager": (
        "ssm",
        ("ssm:StartSession", "arn:aws:ssm:eu-west-1::document/AWS-StartSSHSession"),
        OUR_PRINCIPAL,
    ),
    "public parameters": (
        "ssm",
        ("ssm:GetParameter", "arn:aws:ssm:eu-west-1::parameter/aws/service/eks/ami"),
        OUR_PRINCIPAL,
    ),
    "images of Amazon": (
        "ec2",
        ("ec2:RunInstances", "arn:aws:ec2:eu-west-1::image/ami-1"),
        {**OUR_PRINCIPAL, "ec2:Owner": "amazon"},
    ),
    "runbooks of Systems Manager": (
        "ssm",
        ("ssm:StartAutomationExecution", "arn:aws:ssm:eu-west-1::automation-definition/AWS-RestartEC2Instance:1"),
        OUR_PRINCIPAL,
    ),
    "components of Image Builder": (
        "imagebuilder",
        ("imagebuilder:GetComponent", "arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/1.0.0/1"),
        OUR_PRINCIPAL,
    ),
    "transforms of CloudFormation": (
        "cloudformation",
        ("cloudformation:CreateChangeSet", "arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31"),
        OUR_PRINCIPAL,
    ),
    "private APIs, whose callers bring tokens": (
        "execute-api",
        ("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/pets"),
        OUR_RESOURCE,
    ),
    "roles for service accounts": (
        "sts",
        ("sts:AssumeRoleWithWebIdentity", "arn:aws:iam::123456789012:role/pod"),
        OUR_RESOURCE,
    ),
}


@pytest.mark.parametrize(("service", "asked", "inside"), SERVICES_OF_AWS.values(), ids=SERVICES_OF_AWS)
def test_the_perimeter_does_not_break(
    stack: Stack, service: str, asked: tuple[str, str], inside: dict[str, str]
) -> None:
    endpoints = with_interfaces(stack)
    if "Gateway" not in services()[service].kinds:
        endpoints.interface(service)
    policy = endpoint_policy(stack, "private", f"private_{to_identifier(service)}")
    assert decide(policy, *asked, inside) == "Allow"
    assert decide(policy, *asked, UNSIGNED) is None
    assert decide(endpoint_policy(stack, "private"), *asked, inside) is None


EKS_IMAGE = {**OUR_PRINCIPAL, "aws:ResourceAccount": "602401143452"}


@pytest.mark.parametrize("registry", ["ecr_api", "ecr_dkr"])
def test_nodes_of_eks_pull_the_images_of_its_add_ons(stack: Stack, registry: str) -> None:
    with_interfaces(stack, bundles=[Bundle.EKS_PRIVATE])
    policy = endpoint_policy(stack, "private", f"private_{registry}")
    assert decide(policy, "ecr:BatchGetImage", "*", EKS_IMAGE) == "Allow"
    assert decide(policy, "ecr:PutImage", "*", EKS_IMAGE) is None
    assert decide(policy, "ecr:BatchGetImage", "*", {**EKS_IMAGE, "aws:ResourceAccount": "999999999999"}) is None
    assert decide(policy, "ecr:BatchGetImage", "*", {"aws:ResourceAccount": "602401143452"}) is None


def test_only_eks_has_images_of_its_own(stack: Stack) -> None:
    with_interfaces(stack, bundles=[Bundle.ECR_PULL])
    assert policy_of(stack, "private_ecr_api") == "${data.aws_iam_policy_document.private.json}"


@pytest.mark.parametrize(
    ("region", "account"),
    [("us-gov-west-1", "013241004608"), ("cn-north-1", "918309763551"), ("us-iso-east-1", None)],
)
def test_the_registry_of_eks_is_the_regions(region: str, account: str | None) -> None:
    assert eks_registry_account(region) == account


def test_policies_of_aws_are_read_where_iam_is_at_home(stack: Stack) -> None:
    with_interfaces(stack).interface("iam", service_region="us-east-1")
    policy = endpoint_policy(stack, "private", "private_iam_us_east_1")
    assert decide(policy, "iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", OUR_PRINCIPAL) == "Allow"


def test_federated_callers_are_federated_principals(stack: Stack) -> None:
    with_interfaces(stack, interface_endpoints=["sts"])
    document = synthesize(stack)["data"]["aws_iam_policy_document"]["private_sts"]
    assert document["statement"][0]["principals"] == [{"type": "Federated", "identifiers": ["*"]}]


def test_more_can_be_allowed_for_one_service(stack: Stack) -> None:
    statement = allow("AllowMirror", ["s3:GetObject"], ["arn:aws:s3:::mirror.example/*"])
    vpc_endpoints(stack, also_allow={"s3": [statement]})
    policy = endpoint_policy(stack, "private", "private_s3")
    assert decide(policy, "s3:GetObject", "arn:aws:s3:::mirror.example/a", UNSIGNED) == "Allow"
    assert decide(endpoint_policy(stack, "private"), "s3:GetObject", "arn:aws:s3:::mirror.example/a", UNSIGNED) is None


def test_full_access_is_said(stack: Stack) -> None:
    with_interfaces(stack).interface("kms", policy=EndpointPolicy.FULL_ACCESS)
    assert policy_of(stack, "private_kms") == "${data.aws_iam_policy_document.private_full_access.json}"
    assert decide(endpoint_policy(stack, "private_full_access"), "kms:Decrypt", "*", UNSIGNED) == "Allow"


def test_a_service_without_policies_has_none(stack: Stack) -> None:
    with_interfaces(stack).interface("codepipeline", policy=EndpointPolicy.FULL_ACCESS)
    assert policy_of(stack, "private_codepipeline") is None


def test_where_aws_takes_a_policy_by_now_the_perimeter_is_said(stack: Stack) -> None:
    with_interfaces(stack).interface("codepipeline", policy=EndpointPolicy.PERIMETER)
    assert policy_of(stack, "private_codepipeline") == "${data.aws_iam_policy_document.private.json}"


@pytest.mark.parametrize("bundle", Bundle)
def test_every_endpoint_of_a_bundle_has_a_policy(stack: Stack, bundle: Bundle) -> None:
    with_interfaces(stack, bundles=[bundle])
    assert all("policy" in each for each in synthesize(stack)["resource"]["aws_vpc_endpoint"].values())


def test_the_partition_is_the_regions(stack: Stack) -> None:
    vpc_endpoints(stack, region="cn-north-1")
    policy = endpoint_policy(stack, "private", "private_s3")
    layer = "prod-cn-north-1-starport-layer-bucket/layer"
    assert decide(policy, "s3:GetObject", f"arn:aws-cn:s3:::{layer}", UNSIGNED) == "Allow"


def policy_of(stack: Stack, name: str) -> Any:
    return synthesize(stack)["resource"]["aws_vpc_endpoint"][name].get("policy")
