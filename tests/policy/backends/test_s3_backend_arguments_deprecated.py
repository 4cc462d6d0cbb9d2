import pytest

from plainwork_policies.backends.s3_backend_arguments_deprecated import s3_backend_arguments_deprecated

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n    %s\n  }\n}\n'
ADDRESS = "terraform.backend.s3"


@pytest.mark.parametrize(
    ("argument", "status"),
    [
        ('endpoint = "https://s3.example.com"', "failed"),
        ('dynamodb_endpoint = "https://dynamodb.example.com"', "failed"),
        ('endpoints = { dynamodb = "https://dynamodb.example.com" }', "failed"),
        ('iam_endpoint = "https://iam.example.com"', "failed"),
        ('sts_endpoint = "https://sts.example.com"', "failed"),
        ('shared_credentials_file = "credentials"', "failed"),
        ("force_path_style = var.style", "failed"),
        ('endpoints = { s3 = "https://s3.example.com" }', "passed"),
        ("use_path_style = true", "passed"),
    ],
)
def test_a_backend_has_the_new_arguments(argument, status, statuses):
    assert statuses(s3_backend_arguments_deprecated, BACKEND % argument) == {ADDRESS: status}


def test_terraform_1_5_has_only_the_old_arguments(statuses):
    hcl = BACKEND % 'endpoint = "https://s3.example.com"' + 'terraform {\n  required_version = "~> 1.5.0"\n}\n'
    assert statuses(s3_backend_arguments_deprecated, hcl) == {ADDRESS: "passed"}


def test_a_partial_block_is_not_evaluated(statuses):
    hcl = 'terraform {\n  backend "s3" {\n    region = "eu-west-1"\n  }\n}\n'
    assert statuses(s3_backend_arguments_deprecated, hcl) == {ADDRESS: "not_evaluated"}


@pytest.mark.parametrize(
    ("argument", "status"),
    [
        ('endpoints = { dynamodb = "https://dynamodb.example.com" }', "passed"),
        ('dynamodb_endpoint = "https://dynamodb.example.com"', "failed"),
    ],
)
def test_opentofu_does_not_deprecate_the_new_endpoint_of_dynamodb(argument, status, statuses):
    opentofu = "terraform {\n  encryption {\n  }\n}\n"
    assert statuses(s3_backend_arguments_deprecated, BACKEND % argument + opentofu) == {ADDRESS: status}
