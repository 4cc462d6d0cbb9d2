from __future__ import annotations

import json
from pathlib import Path

import pytest

from plainwork.vpc_endpoints import bundles, services
from plainwork.vpc_endpoints.catalog import Bundle
from plainwork.vpc_endpoints.service_owned import ServiceOwnedBuckets
from plainwork_core.aws import vpc_endpoints as catalog

DATA = Path(catalog.__file__).parents[1] / "data" / "vpc_endpoint_services.json"
FAMILIES = {
    "ECS": "ecs ecs-agent ecs-telemetry ecr.api ecr.dkr logs",
    "EKS": "eks eks-auth eks-fips ec2 sts elasticloadbalancing autoscaling",
    "Lambda": "lambda events states sqs sns kinesis-streams",
    "SSM": "ssm ssmmessages ec2messages ssm-contacts ssm-incidents ssm-fips",
    "data": "s3 s3tables s3vectors dynamodb dynamodb-streams rds rds-data redshift athena glue kafka elasticache "
    "kinesis-firehose elasticfilesystem fsx backup lakeformation elasticmapreduce memory-db timestream-influxdb dms",
    "security": "kms kms-fips secretsmanager guardduty guardduty-data inspector2 macie2 securityhub access-analyzer "
    "acm-pca iam config cloudtrail rolesanywhere verifiedpermissions",
}


@pytest.mark.parametrize("names", FAMILIES.values(), ids=FAMILIES)
def test_the_catalog_has_the_services_of(names: str) -> None:
    assert set(names.split()) <= set(services())


def test_the_catalog_has_services_that_the_cdk_does_not_have() -> None:
    assert {"apigateway", "appconfig-fips", "appconfigdata-fips", "bedrock-mantle", "iot.api"} <= set(services())
    assert services()["appconfig"].fips == "appconfig-fips"


def test_endpoints_of_transfer_support_a_policy_and_those_of_lorawan_do_not() -> None:
    assert services()["transfer"].endpoint_policy is True
    assert services()["lorawan.cups"].endpoint_policy is False


@pytest.mark.parametrize(
    ("service", "region", "name"),
    [
        ("ssm", "eu-west-1", "com.amazonaws.eu-west-1.ssm"),
        ("ecr.dkr", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.dkr"),
        ("s3", "cn-north-1", "cn.com.amazonaws.cn-north-1.s3"),
        ("kms", "cn-north-1", "com.amazonaws.cn-north-1.kms"),
        ("transcribe", "cn-northwest-1", "cn.com.amazonaws.cn-northwest-1.transcribe.cn"),
        ("ecr.api", "eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.api"),
        ("sqs", "us-iso-east-1", "gov.ic.c2s.us-iso-east-1.sqs"),
        ("ebs", "eu-isoe-west-1", "uk.adc-e.cloud.eu-isoe-west-1.ebs"),
        ("iam", "eu-west-1", "com.amazonaws.iam"),
        ("route53", "eu-west-1", "com.amazonaws.route53"),
        ("notebook", "eu-west-1", "aws.sagemaker.eu-west-1.notebook"),
        ("qbusiness", "us-east-1", "aws.api.us-east-1.qbusiness"),
    ],
)
def test_a_service_name_depends_on_partition_and_region(service: str, region: str, name: str) -> None:
    assert services()[service].name_in(region) == name


def test_gateway_endpoints_have_the_usual_prefix_in_china() -> None:
    assert services()["s3"].name_in("cn-north-1", "Gateway") == "com.amazonaws.cn-north-1.s3"


def test_only_three_services_have_gateway_endpoints() -> None:
    assert {name for name, service in services().items() if "Gateway" in service.endpoint_types} == {
        "dynamodb",
        "s3",
        "s3express",
    }


def test_a_fips_variant_is_a_separate_service() -> None:
    assert services()["kms"].fips == "kms-fips"
    assert all(service.fips in services() for service in services().values() if service.fips)


def test_only_keyspaces_has_another_port() -> None:
    assert {name: service.port for name, service in services().items() if service.port != 443} == {
        "cassandra": 9142,
        "cassandra-fips": 9142,
    }


def test_support_without_a_source_is_none() -> None:
    assert services()["ssmmessages"].endpoint_policy is None
    assert services()["codepipeline"].endpoint_policy is False
    assert services()["ecs"].endpoint_policy is True


@pytest.mark.parametrize("service", ["cloudtrail", "datasync", "ebs"])
def test_the_page_of_a_service_has_precedence_over_an_older_list(service: str) -> None:
    assert services()[service].endpoint_policy is True


def test_the_data_has_its_sources() -> None:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    (source,) = data["stamp"]["sources"]
    assert source["name"] == "aws-cdk-lib"
    assert len(source["sha256"]) == 64
    assert all(page.startswith("https://") for page in data["also"].values())


@pytest.mark.parametrize("bundle", Bundle)
def test_the_services_of_a_bundle_have_such_endpoints(bundle: Bundle) -> None:
    assert all("Interface" in services()[name].endpoint_types for name in bundle.endpoints.interface)
    assert all("Gateway" in services()[name].endpoint_types for name in bundle.endpoints.gateway)
    assert bundle.endpoints.source.startswith("https://docs.aws.amazon.com/")


@pytest.mark.parametrize(
    ("bundle", "interfaces"),
    [
        (Bundle.ECR_PULL, 6),
        (Bundle.ECS_FARGATE, 9),
        (Bundle.SSM_SESSION, 6),
        (Bundle.SECRETS, 6),
        (Bundle.EKS_PRIVATE, 18),
    ],
)
def test_a_bundle_has_a_number_of_network_interfaces(bundle: Bundle, interfaces: int) -> None:
    assert bundles()[bundle].network_interface_count(3) == interfaces


@pytest.mark.parametrize("bundle", Bundle)
def test_the_services_of_a_bundle_may_have_endpoint_policies(bundle: Bundle) -> None:
    assert all(services()[name].endpoint_policy is not False for name in bundle.endpoints.interface)


@pytest.mark.parametrize("buckets", ServiceOwnedBuckets)
def test_service_owned_buckets_are_in_the_region(buckets: ServiceOwnedBuckets) -> None:
    regional = [name for name in buckets.objects("eu-west-1") if name != "amazoncloudwatch-agent/*"]
    assert all("eu-west-1" in name and name.endswith("/*") for name in regional)


def test_buckets_of_patch_manager_have_a_suffix_for_each_region() -> None:
    objects = ServiceOwnedBuckets.SYSTEMS_MANAGER.objects("me-south-1")
    assert "aws-patch-manager-me-south-1-a53fc9dce/*" in objects
    assert "aws-patchmanager-macos-me-south-1-a53fc9dce/*" in objects
    assert "patch-baseline-snapshot-me-south-1-uduvl7q8/*" in objects
    assert ServiceOwnedBuckets.SYSTEMS_MANAGER.objects("cn-north-1")[-1] == "patch-baseline-snapshot-cn-north-1/*"
