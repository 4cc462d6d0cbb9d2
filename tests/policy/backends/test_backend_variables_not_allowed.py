import pytest

from plainwork_policies.backends.backend_variables_not_allowed import backend_variables_not_allowed

BACKEND = 'terraform {\n  backend "s3" {\n    key = %s\n  }\n}\n'


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ('"prod/web.tfstate"', "passed"),
        ("var.key", "failed"),
        ('"${var.environment}/web.tfstate"', "failed"),
        ('"${terraform.workspace}/web.tfstate"', "failed"),
        ("local.key", "failed"),
        ('"${path.module}/x"', "failed"),
        ('file("key.txt")', "not_evaluated"),
    ],
)
def test_an_argument_that_refers_to_something_fails(key, status, statuses):
    assert statuses(backend_variables_not_allowed, BACKEND % key) == {"terraform.backend.s3": status}


def test_backends_of_every_type_are_checked(statuses):
    hcl = 'terraform {\n  backend "gcs" {\n    bucket = var.bucket\n  }\n}\n'
    assert statuses(backend_variables_not_allowed, hcl) == {"terraform.backend.gcs": "failed"}


def test_a_reference_in_a_nested_argument_fails(messages):
    hcl = 'terraform {\n  backend "s3" {\n    assume_role = {\n      role_arn = var.role\n    }\n  }\n}\n'
    (message,) = messages(backend_variables_not_allowed, hcl)
    assert "`assume_role` refers to `var.role`" in message


def test_the_finding_names_the_references_and_the_option_of_init(results):
    (result,) = results(backend_variables_not_allowed, BACKEND % '"${var.environment}/${local.name}.tfstate"')
    (finding,) = result.findings
    assert "`var.environment` and `local.name`" in finding.message
    assert '`-backend-config="key=…"`' in finding.remedy
    assert finding.location.line == 3


def test_a_function_without_a_reference_is_not_evaluated_beside_an_argument_that_fails(results):
    hcl = 'terraform {\n  backend "s3" {\n    key = file("key.txt")\n    region = var.region\n  }\n}\n'
    (result,) = results(backend_variables_not_allowed, hcl)
    assert [(finding.status, finding.path) for finding in result.findings] == [
        ("not_evaluated", "key"),
        ("failed", "region"),
    ]


def test_a_stack_without_a_backend_has_no_result(statuses):
    assert statuses(backend_variables_not_allowed, 'provider "aws" {}\n') == {}


OPENTOFU = "\nterraform {\n  encryption {\n  }\n}\n"


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("var.key", "passed"),
        ('"${local.environment}/${terraform.workspace}.tfstate"', "passed"),
        ("aws_s3_bucket.b.arn", "failed"),
        ('file("key.txt")', "not_evaluated"),
    ],
)
def test_opentofu_accepts_variables_and_local_values(key, status, statuses):
    hcl = BACKEND % key + 'variable "key" {}\nlocals {\n  environment = var.key\n}\nresource "aws_s3_bucket" "b" {}\n'
    assert statuses(backend_variables_not_allowed, hcl + OPENTOFU) == {"terraform.backend.s3": status}
