import pytest

from plainwork.vpc_endpoints import services as constructs_services
from plainwork_policies.endpoints.services import port, services
from plainwork_policies.endpoints.vpc_endpoint_service_invalid import _OTHER_NAMES, vpc_endpoint_service_invalid

DATA = 'data "aws_vpc_endpoint_service" "x" {\n  %s\n}\n'
NAMED = {"service_name": "data.aws_vpc_endpoint_service.x.service_name"}


@pytest.mark.parametrize(
    ("service", "status"),
    [
        ("ssm", "passed"),
        ("ecr.api", "passed"),
        ("s3", "passed"),
        ('"cn.com.amazonaws.cn-north-1.ecr.dkr"', "passed"),
        ('"com.amazonaws.cn-north-1.transcribe.cn"', "passed"),
        ('"aws.sagemaker.eu-west-1.notebook"', "passed"),
        ('"com.amazonaws.iam"', "passed"),
        ('"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"', "passed"),
        ('"com.amazonaws.${var.region}.ecr.api"', "passed"),
        ("ecr-api", "failed"),
        ("ecr", "failed"),
        ("ec2-messages", "failed"),
        ("secrets-manager", "failed"),
        ("cloudwatch", "failed"),
        ('"com.amazonaws.${var.region}.ecr-api"', "failed"),
        ("time-travel", "not_evaluated"),
        ("bedrock-agents", "not_evaluated"),
        ('"com.amazonaws.eu-west-1.${var.service}"', "not_evaluated"),
        ("var.service", "not_evaluated"),
        ("each.value", "not_evaluated"),
    ],
)
def test_a_service_exists(service, status, endpoint, statuses):
    hcl = endpoint(service_name=service)
    assert statuses(vpc_endpoint_service_invalid, hcl) == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(
    ("service", "endpoint_type", "status"),
    [
        ("s3", '"Gateway"', "passed"),
        ("dynamodb", None, "passed"),
        ("s3", '"Interface"', "passed"),
        ("ssm", None, "failed"),
        ("ssm", '"Gateway"', "failed"),
        ("ssm", "var.kind", "not_evaluated"),
        ("s3", "var.kind", "passed"),
    ],
)
def test_few_services_support_gateway_endpoints(service, endpoint_type, status, endpoint, statuses):
    hcl = endpoint(service_name=service, vpc_endpoint_type=endpoint_type)
    assert statuses(vpc_endpoint_service_invalid, hcl) == {"aws_vpc_endpoint.x": status}


@pytest.mark.parametrize(("service", "status"), [('service = "ssm"', "passed"), ('service = "ecr"', "failed")])
def test_the_service_of_a_data_source_is_checked(service, status, endpoint, statuses):
    assert statuses(vpc_endpoint_service_invalid, DATA % service + endpoint(**NAMED)) == {"aws_vpc_endpoint.x": status}


def test_an_endpoint_service_of_the_stack_passes(endpoint, statuses):
    hcl = 'resource "aws_vpc_endpoint_service" "x" {\n}\n' + endpoint(
        service_name="aws_vpc_endpoint_service.x.service_name", vpc_endpoint_type=None
    )
    assert statuses(vpc_endpoint_service_invalid, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_the_finding_suggests_services(endpoint, results):
    ((finding,),) = (result.findings for result in results(vpc_endpoint_service_invalid, endpoint(service_name="ecr")))
    assert "`ecr`, which does not exist" in finding.message
    assert "`ecr.api` or `ecr.dkr`" in finding.remedy


def test_other_names_are_no_services_and_lead_to_one():
    every = services("Gateway") | services("Interface")
    assert not _OTHER_NAMES.keys() & every
    assert set(_OTHER_NAMES.values()) <= every


def test_policies_and_constructs_read_one_catalog():
    assert services("Gateway") | services("Interface") == constructs_services().keys()


def test_a_service_may_have_a_port_of_its_own():
    assert (port("ssm"), port("cassandra")) == (443, 9142)
