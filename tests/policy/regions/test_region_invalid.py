import pytest

from plainwork_policies.regions.region_invalid import region_invalid

PROVIDER = 'provider "aws" {\n  region = %s\n}\n'


@pytest.mark.parametrize(
    ("region", "status"),
    [
        ('"eu-central-1"', "passed"),
        ('"cn-north-1"', "passed"),
        ('"us-gov-west-1"', "passed"),
        ('"eu-centrl-1"', "failed"),
        ('"EU-WEST-1"', "failed"),
        ('"eu-west-1a"', "failed"),
        ('"frankfurt"', "failed"),
        ('"eu-central-9"', "not_evaluated"),
        ("var.region", "not_evaluated"),
    ],
)
def test_the_region_of_a_provider_exists(region, status, statuses):
    assert statuses(region_invalid, PROVIDER % region) == {"provider.aws": status}


@pytest.mark.parametrize("hcl", [PROVIDER % "null", PROVIDER % '""', 'resource "aws_sqs_queue" "in_a_module" {}\n'])
def test_a_region_from_the_environment_or_a_caller_is_not_checked(hcl, statuses):
    assert statuses(region_invalid, hcl) == {}


def test_a_variable_in_a_backend_is_not_evaluated(statuses):
    hcl = 'terraform {\n  backend "s3" {\n    region = var.region\n  }\n}\n'
    assert statuses(region_invalid, hcl) == {"terraform.backend.s3": "not_evaluated"}


def test_another_service_than_aws_has_other_regions(statuses):
    hcl = 'provider "aws" {\n  region = "nyc3"\n  skip_region_validation = true\n}\n'
    backend = 'terraform {\n  backend "s3" {\n    region = "auto"\n    skip_region_validation = true\n  }\n}\n'
    assert set(statuses(region_invalid, hcl + backend).values()) == {"passed"}


@pytest.mark.parametrize(
    ("region", "remedy"),
    [
        ("eu-west-1a", 'Set `region = "eu-west-1"`.'),
        ("us-west-2-lax-1a", 'Set `region = "us-west-2"`.'),
        ("Eu-West-1", 'Set `region = "eu-west-1"`.'),
        ("eu-centrl-1", "Set `region` to an AWS Region, such as `eu-central-1`."),
    ],
)
def test_the_remedy_has_the_region(region, remedy, results):
    (finding,) = results(region_invalid, PROVIDER % f'"{region}"')[0].findings
    assert finding.message.startswith(f"`region` is `{region}`, which is not an AWS Region")
    assert (finding.remedy, finding.value, finding.location.line) == (remedy, region, 2)


def test_backends_resources_and_replicas_are_checked(statuses):
    hcl = (
        PROVIDER % '"eu-west-1"'
        + 'terraform {\n  backend "s3" {\n    region = "eu-west-11"\n  }\n}\n'
        + 'resource "aws_sqs_queue" "orders" {\n  region = "ue-west-1x"\n}\n'
        + 'resource "aws_dynamodb_table" "orders" {\n  replica {\n    region_name = "us-esat-1"\n  }\n}\n'
    )
    failing = ["aws_sqs_queue.orders", "aws_dynamodb_table.orders", "terraform.backend.s3"]
    assert statuses(region_invalid, hcl) == {"provider.aws": "passed"} | dict.fromkeys(failing, "failed")


def test_a_backend_without_a_region_is_not_checked(statuses):
    hcl = PROVIDER % '"eu-west-1"' + 'terraform {\n  backend "s3" {}\n}\n'
    assert statuses(region_invalid, hcl) == {"provider.aws": "passed"}
