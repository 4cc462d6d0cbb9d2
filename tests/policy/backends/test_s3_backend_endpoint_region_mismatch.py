import pytest

from plainwork_policies.backends.s3_backend_endpoint_region_mismatch import s3_backend_endpoint_region_mismatch

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "web.tfstate"\n    %s\n  }\n}\n'
ADDRESS = "terraform.backend.s3"
REGION = 'region = "eu-central-1"\n'
VPC_ENDPOINT = "https://bucket.vpce-0a1b2c3d-e4f5.s3.{}.vpce.amazonaws.com"


def endpoint(url, argument="s3"):
    return f'endpoints = {{ {argument} = "{url}" }}'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (REGION + endpoint("https://s3.eu-west-1.amazonaws.com"), "failed"),
        (REGION + endpoint("https://s3.eu-central-1.amazonaws.com"), "passed"),
        (REGION + endpoint("https://s3.dualstack.eu-west-1.amazonaws.com/"), "failed"),
        (REGION + endpoint("s3.eu-west-1.amazonaws.com"), "failed"),
        (REGION + endpoint(VPC_ENDPOINT.format("eu-west-1")), "failed"),
        (REGION + endpoint(VPC_ENDPOINT.format("eu-central-1")), "passed"),
        ('region = "cn-north-1"\n' + endpoint("https://s3.cn-northwest-1.amazonaws.com.cn"), "failed"),
        (REGION + endpoint("https://dynamodb.eu-west-1.amazonaws.com", "dynamodb"), "failed"),
        (REGION + 'endpoint = "https://s3.eu-west-1.amazonaws.com"', "failed"),
        (REGION + 'dynamodb_endpoint = "https://dynamodb.eu-west-1.amazonaws.com"', "failed"),
        (REGION + endpoint("https://s3.amazonaws.com"), "passed"),
        (REGION + endpoint("https://minio.eu-west-1.example.com"), "passed"),
        (REGION + endpoint("http://localhost:4566"), "passed"),
        (REGION + endpoint("https://iam.amazonaws.com", "iam"), "passed"),
        (REGION + "endpoints = { s3 = var.endpoint }", "not_evaluated"),
        ("region = var.region\n" + endpoint("https://s3.eu-west-1.amazonaws.com"), "not_evaluated"),
        (endpoint("https://s3.eu-west-1.amazonaws.com"), "not_evaluated"),
    ],
)
def test_an_endpoint_is_in_the_region_of_the_backend(arguments, status, statuses):
    found = statuses(s3_backend_endpoint_region_mismatch, BACKEND % arguments)
    assert found.get(ADDRESS, "passed") == status


@pytest.mark.parametrize(
    ("region", "status"),
    [('sts_region = "eu-west-1"', "passed"), ("", "failed"), ("sts_region = var.x", "not_evaluated")],
)
def test_an_endpoint_of_sts_is_in_its_own_region(region, status, statuses):
    arguments = f"{REGION}{region}\n{endpoint('https://sts.eu-west-1.amazonaws.com', 'sts')}"
    assert statuses(s3_backend_endpoint_region_mismatch, BACKEND % arguments) == {ADDRESS: status}


def test_a_backend_without_endpoints_is_no_subject(statuses):
    assert statuses(s3_backend_endpoint_region_mismatch, BACKEND % REGION) == {}


def test_the_message_names_both_regions(messages):
    (message,) = messages(
        s3_backend_endpoint_region_mismatch, BACKEND % (REGION + endpoint("https://s3.eu-west-1.amazonaws.com"))
    )
    assert message == "`endpoints.s3` is an endpoint in `eu-west-1`, but `region` is `eu-central-1`"
