from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from plainwork.iam import allow
from plainwork.roles import to_identifier
from plainwork.vpc_endpoints import bundles, services
from plainwork_core.aws.eks import eks_registry_account
from tests.support.iam_policy import decide
from tests.support.networks import SUBNETS
from tests.support.vpc_endpoints import ORGANIZATION, endpoint_policy, network, vpc_endpoints, with_interfaces

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
    ("context", "effect"),
    [
        (OURS, "Allow"),
        ({"aws:PrincipalIsAWSService": "true"}, "Allow"),
        ({**OURS, "aws:PrincipalOrgID": "o-anotherorg1"}, None),
        ({**OURS, "aws:ResourceOrgID": "o-anotherorg1"}, None),
        (OUR_PRINCIPAL, None),
        (WITHOUT_OWNER, "Allow"),
        (OUR_RESOURCE, None),
        (UNSIGNED, None),
    ],
)
def test_the_perimeter_limits_principals_and_resources(
    stack: Stack, context: dict[str, str], effect: str | None
) -> None:
    vpc_endpoints(stack)
    assert decide(endpoint_policy(stack, "private"), *TASK, context) == effect


@pytest.mark.parametrize("perimeter", [ORGANIZATION, ["123456789012"]])
@pytest.mark.parametrize("action", ["events:PutEvents", "ebs:GetSnapshotBlock", "ec2:CreateVolume", "ec2:CopyImage"])
def test_requests_without_a_resource_owner_are_allowed_for_the_perimeters_principals(
    stack: Stack, action: str, perimeter: Any
) -> None:
    """AWS lists them: the requests contain no aws:ResourceAccount and no aws:ResourceOrgID."""
    vpc_endpoints(stack, perimeter=perimeter)
    policy = endpoint_policy(stack, "private")
    ours = {"aws:PrincipalOrgID": ORGANIZATION, "aws:PrincipalAccount": "123456789012"}
    assert decide(policy, action, "*", ours) == "Allow"
    assert decide(policy, action, "*", {**ours, "aws:ResourceAccount": "999999999999"}) is None
    assert decide(policy, action, "*", {"aws:PrincipalOrgID": "o-else", "aws:PrincipalAccount": "1"}) is None


def test_a_perimeter_of_accounts(stack: Stack) -> None:
    vpc_endpoints(stack, perimeter=["123456789012", "210987654321"])
    inside = {"aws:PrincipalAccount": "210987654321", "aws:ResourceAccount": "123456789012"}
    policy = endpoint_policy(stack, "private")
    assert decide(policy, *TASK, inside) == "Allow"
    assert decide(policy, *TASK, {**inside, "aws:ResourceAccount": "999999999999"}) is None


def test_resources_of_trusted_accounts_are_allowed_for_the_perimeters_principals(stack: Stack) -> None:
    vpc_endpoints(stack, perimeter=ORGANIZATION, trusted_resource_account_ids=["602401143452"])
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
def test_service_owned_buckets_of_the_region_can_be_read_without_a_principal(stack: Stack, object_: str) -> None:
    vpc_endpoints(stack)
    policy = endpoint_policy(stack, "private", "private_s3")
    assert decide(policy, "s3:GetObject", f"{BUCKETS}{object_}", UNSIGNED) == "Allow"
    assert decide(policy, "s3:PutObject", f"{BUCKETS}{object_}", UNSIGNED) is None
    assert decide(policy, "s3:GetObject", f"{BUCKETS}{object_.replace('eu-west-1', 'us-east-1')}", UNSIGNED) is None


def test_only_the_selected_service_owned_buckets_are_allowed(stack: Stack) -> None:
    vpc_endpoints(stack, service_owned_buckets=["codedeploy-agent"])
    policy = endpoint_policy(stack, "private", "private_s3")
    assert decide(policy, "s3:GetObject", f"{BUCKETS}aws-codedeploy-eu-west-1/agent", UNSIGNED) == "Allow"
    assert decide(policy, "s3:GetObject", f"{BUCKETS}aws-ssm-eu-west-1/agent", UNSIGNED) is None


def test_without_service_owned_buckets_s3_has_the_shared_policy(stack: Stack) -> None:
    vpc_endpoints(stack, service_owned_buckets=())
    assert policy_of(stack, "private_s3") == "${data.aws_iam_policy_document.private.json}"


SERVICE_STATEMENTS = {
    "endpoint discovery of DynamoDB": ("dynamodb", ("dynamodb:DescribeEndpoints", "*"), OUR_PRINCIPAL),
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
    "replacement of a root volume by an image of Amazon": (
        "ec2",
        ("ec2:CreateReplaceRootVolumeTask", "arn:aws:ec2:eu-west-1::image/ami-1"),
        {**OUR_PRINCIPAL, "ec2:Owner": "amazon"},
    ),
    "prefix lists of AWS": (
        "ec2",
        ("ec2:GetManagedPrefixListEntries", "arn:aws:ec2:eu-west-1:aws:prefix-list/pl-1"),
        OUR_PRINCIPAL,
    ),
    "job templates of AWS IoT": (
        "iot.api",
        ("iot:CreateJob", "arn:aws:iot:eu-west-1::jobtemplate/AWS-Reboot:1.0"),
        OUR_PRINCIPAL,
    ),
    "change requests with runbooks of another Region": (
        "ssm",
        ("ssm:StartChangeRequestExecution", "arn:aws:ssm:us-east-1::automation-definition/AWS-RestartEC2Instance:1"),
        OUR_PRINCIPAL,
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
    "private APIs with tokens": (
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


@pytest.mark.parametrize(("service", "asked", "inside"), SERVICE_STATEMENTS.values(), ids=SERVICE_STATEMENTS)
def test_a_service_has_a_statement_for(
    stack: Stack, service: str, asked: tuple[str, str], inside: dict[str, str]
) -> None:
    endpoints = with_interfaces(stack)
    if "Gateway" not in services()[service].endpoint_types:
        endpoints.add_interface_endpoint(service)
    policy = endpoint_policy(stack, "private", f"private_{to_identifier(service)}")
    assert decide(policy, *asked, inside) == "Allow"
    assert decide(policy, *asked, UNSIGNED) is None
    assert decide(endpoint_policy(stack, "private"), *asked, inside) is None


EKS_IMAGE = {**OUR_PRINCIPAL, "aws:ResourceAccount": "602401143452"}


@pytest.mark.parametrize("registry", ["ecr_api", "ecr_dkr"])
def test_the_eks_bundle_allows_images_of_eks_add_ons(stack: Stack, registry: str) -> None:
    with_interfaces(stack, bundles=["eks-private"])
    policy = endpoint_policy(stack, "private", f"private_{registry}")
    assert decide(policy, "ecr:BatchGetImage", "*", EKS_IMAGE) == "Allow"
    assert decide(policy, "ecr:PutImage", "*", EKS_IMAGE) is None
    assert decide(policy, "ecr:BatchGetImage", "*", {**EKS_IMAGE, "aws:ResourceAccount": "999999999999"}) is None
    assert decide(policy, "ecr:BatchGetImage", "*", {"aws:ResourceAccount": "602401143452"}) is None


def test_other_bundles_do_not_allow_images_of_eks_add_ons(stack: Stack) -> None:
    with_interfaces(stack, bundles=["ecr-pull"])
    assert policy_of(stack, "private_ecr_api") == "${data.aws_iam_policy_document.private.json}"


@pytest.mark.parametrize(
    ("region", "account"),
    [("us-gov-west-1", "013241004608"), ("cn-north-1", "918309763551"), ("us-iso-east-1", None)],
)
def test_the_eks_registry_depends_on_the_region(region: str, account: str | None) -> None:
    assert eks_registry_account(region) == account


def test_managed_policies_can_be_read_in_another_region(stack: Stack) -> None:
    with_interfaces(stack).add_interface_endpoint("iam", service_region="us-east-1")
    policy = endpoint_policy(stack, "private", "private_iam_us_east_1")
    assert decide(policy, "iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", OUR_PRINCIPAL) == "Allow"


def test_the_sts_statement_is_for_every_principal(stack: Stack) -> None:
    with_interfaces(stack, interface_endpoints=["sts"])
    document = synthesize(stack)["data"]["aws_iam_policy_document"]["private_sts"]
    assert document["statement"][0]["principals"] == [{"type": "*", "identifiers": ["*"]}]


def test_additional_statements_are_for_one_service(stack: Stack) -> None:
    statement = allow("AllowMirror", ["s3:GetObject"], ["arn:aws:s3:::mirror.example/*"])
    vpc_endpoints(stack, additional_statements={"s3": [statement]})
    policy = endpoint_policy(stack, "private", "private_s3")
    assert decide(policy, "s3:GetObject", "arn:aws:s3:::mirror.example/a", UNSIGNED) == "Allow"
    assert decide(endpoint_policy(stack, "private"), "s3:GetObject", "arn:aws:s3:::mirror.example/a", UNSIGNED) is None


def test_full_access_is_a_separate_document(stack: Stack) -> None:
    with_interfaces(stack).add_interface_endpoint("kms", policy="full-access")
    assert policy_of(stack, "private_kms") == "${data.aws_iam_policy_document.private_full_access.json}"
    assert decide(endpoint_policy(stack, "private_full_access"), "kms:Decrypt", "*", UNSIGNED) == "Allow"


def test_a_service_without_endpoint_policies_has_no_policy(stack: Stack) -> None:
    with_interfaces(stack).add_interface_endpoint("codepipeline", policy="full-access")
    assert policy_of(stack, "private_codepipeline") is None


def test_the_perimeter_can_be_set_for_a_service_without_endpoint_policies_in_the_catalog(stack: Stack) -> None:
    with_interfaces(stack).add_interface_endpoint("codepipeline", policy="perimeter")
    assert policy_of(stack, "private_codepipeline") == "${data.aws_iam_policy_document.private.json}"


@pytest.mark.parametrize("bundle", bundles())
def test_every_endpoint_of_a_bundle_has_a_policy(stack: Stack, bundle: str) -> None:
    with_interfaces(stack, bundles=[bundle])
    assert all("policy" in endpoint for endpoint in synthesize(stack)["resource"]["aws_vpc_endpoint"].values())


def test_arns_have_the_partition_of_the_region(stack: Stack) -> None:
    vpc_endpoints(stack, region="cn-north-1", network=network(subnets={"cnn1-az1": SUBNETS["euw1-az1"]}))
    policy = endpoint_policy(stack, "private", "private_s3")
    layer = "prod-cn-north-1-starport-layer-bucket/layer"
    assert decide(policy, "s3:GetObject", f"arn:aws-cn:s3:::{layer}", UNSIGNED) == "Allow"


def policy_of(stack: Stack, name: str) -> Any:
    return synthesize(stack)["resource"]["aws_vpc_endpoint"][name].get("policy")
