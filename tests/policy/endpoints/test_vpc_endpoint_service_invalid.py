import pytest

from plainwork.vpc_endpoints import services as constructs_services
from plainwork_policies.endpoints.services import port, services
from plainwork_policies.endpoints.vpc_endpoint_service_invalid import _MEANT, vpc_endpoint_service_invalid

DATA = 'data "aws_vpc_endpoint_service" "x" {\n  %s\n}\n'
NAMED = {"service_name": "data.aws_vpc_endpoint_service.x.service_name"}


@pytest.mark.parametrize(
    ("service", "verdict"),
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
def test_a_service_is_one_of_aws(service, verdict, endpoint, verdicts):
    hcl = endpoint(service_name=service)
    assert verdicts(vpc_endpoint_service_invalid, hcl) == {"aws_vpc_endpoint.x": verdict}


@pytest.mark.parametrize(
    ("service", "kind", "verdict"),
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
def test_a_gateway_is_for_few(service, kind, verdict, endpoint, verdicts):
    hcl = endpoint(service_name=service, vpc_endpoint_type=kind)
    assert verdicts(vpc_endpoint_service_invalid, hcl) == {"aws_vpc_endpoint.x": verdict}


@pytest.mark.parametrize(("service", "verdict"), [('service = "ssm"', "passed"), ('service = "ecr"', "failed")])
def test_a_service_that_is_looked_up_is_followed(service, verdict, endpoint, verdicts):
    assert verdicts(vpc_endpoint_service_invalid, DATA % service + endpoint(**NAMED)) == {"aws_vpc_endpoint.x": verdict}


def test_a_service_of_ones_own_is_not_judged(endpoint, verdicts):
    hcl = 'resource "aws_vpc_endpoint_service" "x" {\n}\n' + endpoint(
        service_name="aws_vpc_endpoint_service.x.service_name", vpc_endpoint_type=None
    )
    assert verdicts(vpc_endpoint_service_invalid, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_the_finding_says_what_to_write(endpoint, judged):
    ((finding,),) = (each.findings for each in judged(vpc_endpoint_service_invalid, endpoint(service_name="ecr")))
    assert finding.message == "names the service `ecr`, and AWS has none of that name"
    assert finding.remedy == "write `ecr.api` or `ecr.dkr`"


def test_what_services_are_called_elsewhere_is_no_name_of_one():
    every = services("Gateway") | services("Interface")
    assert not _MEANT.keys() & every
    assert set(_MEANT.values()) <= every


def test_policies_and_constructs_read_one_catalog():
    assert services("Gateway") | services("Interface") == constructs_services().keys()


def test_a_service_may_answer_at_a_port_of_its_own():
    assert (port("ssm"), port("cassandra")) == (443, 9142)
