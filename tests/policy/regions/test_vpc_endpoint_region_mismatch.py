import pytest

from plainwork_policies.regions.vpc_endpoint_region_mismatch import vpc_endpoint_region_mismatch

PROVIDER = 'provider "aws" {\n  region = %s\n}\n'
ENDPOINT = 'resource "aws_vpc_endpoint" "x" {\n  service_name = %s\n  %s\n}\n'
DATA = 'data "aws_region" "current" {}\ndata "aws_vpc_endpoint_service" "s3" {\n  service = "s3"\n}\n'


@pytest.mark.parametrize(
    ("region", "service", "status"),
    [
        ('"eu-west-1"', '"com.amazonaws.eu-west-1.s3"', "passed"),
        ('"eu-west-1"', '"com.amazonaws.eu-west-1.ecr.dkr"', "passed"),
        ('"eu-west-1"', '"com.amazonaws.vpce.eu-west-1.vpce-svc-0e123abc"', "passed"),
        ('"cn-north-1"', '"cn.com.amazonaws.cn-north-1.ecr.api"', "passed"),
        ('"eu-west-1"', '"aws.sagemaker.eu-west-1.notebook"', "passed"),
        ('"eusc-de-east-1"', '"eu.amazonaws.eusc-de-east-1.ecr.api"', "passed"),
        ('"eu-west-1"', '"com.amazonaws.iam"', "passed"),
        ('"eu-central-1"', '"eu.amazonaws.eusc-de-east-1.ecr.api"', "failed"),
        ('"eu-west-1"', '"com.amazonaws.us-east-1.s3"', "failed"),
        ('"eu-west-1"', '"com.amazonaws.vpce.us-east-1.vpce-svc-0e123abc"', "failed"),
        ('"eu-west-1"', '"com.amazonaws.us-east-1.${var.service}"', "failed"),
        ('"eu-west-1"', '"com.amazonaws.${data.aws_region.current.name}.s3"', "passed"),
        ("var.region", '"com.amazonaws.${data.aws_region.current.region}.s3"', "passed"),
        ("var.region", '"com.amazonaws.${var.region}.s3"', "passed"),
        ('"eu-west-1"', '"com.amazonaws.${var.region}.s3"', "not_evaluated"),
        ("var.region", '"com.amazonaws.eu-west-1.s3"', "not_evaluated"),
        ('"eu-west-1"', "data.aws_vpc_endpoint_service.s3.service_name", "passed"),
        ('"eu-west-1"', "var.service_name", "not_evaluated"),
    ],
)
def test_a_service_is_in_the_region_of_its_endpoint(region, service, status, statuses):
    found = statuses(vpc_endpoint_region_mismatch, PROVIDER % region + DATA + ENDPOINT % (service, ""))
    assert found == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(
    ("remote", "status"), [('service_region = "us-east-1"', "passed"), ('service_region = "us-east-2"', "failed")]
)
def test_the_service_region_is_that_of_the_service(remote, status, statuses):
    hcl = PROVIDER % '"eu-west-1"' + ENDPOINT % ('"com.amazonaws.us-east-1.s3"', remote)
    assert statuses(vpc_endpoint_region_mismatch, hcl) == {"aws_vpc_endpoint.x": status}


def test_the_region_of_an_endpoint_precedes_that_of_its_provider(statuses):
    hcl = PROVIDER % '"eu-west-1"' + ENDPOINT % ('"com.amazonaws.us-east-1.s3"', 'region = "us-east-1"')
    assert statuses(vpc_endpoint_region_mismatch, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_the_finding_has_both_regions(results):
    (result,) = results(
        vpc_endpoint_region_mismatch, PROVIDER % '"eu-west-1"' + ENDPOINT % ('"com.amazonaws.us-east-1.s3"', "")
    )
    (finding,) = result.findings
    assert finding.message == (
        "`service_name` is `com.amazonaws.us-east-1.s3` in `us-east-1`, but the endpoint is in `eu-west-1`"
    )
    assert finding.remedy == "Use `com.amazonaws.${data.aws_region.current.region}.s3`."
    assert (finding.value, finding.location.line) == ("com.amazonaws.us-east-1.s3", 5)


def test_a_lattice_endpoint_without_a_service_is_not_checked(statuses):
    hcl = 'resource "aws_vpc_endpoint" "x" {\n  resource_configuration_arn = var.arn\n}\n'
    assert statuses(vpc_endpoint_region_mismatch, PROVIDER % '"eu-west-1"' + hcl) == {}
