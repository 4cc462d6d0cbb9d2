import pytest

from plainwork_policies.backends.backend_variables_not_allowed import backend_variables_not_allowed

BACKEND = 'terraform {\n  backend "s3" {\n    key = %s\n  }\n}\n'


@pytest.mark.parametrize(
    ("key", "verdict"),
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
def test_a_backend_is_made_of_literals(key, verdict, statuses):
    assert statuses(backend_variables_not_allowed, BACKEND % key) == {"terraform.backend.s3": verdict}


def test_every_kind_of_backend_is_judged(statuses):
    hcl = 'terraform {\n  backend "gcs" {\n    bucket = var.bucket\n  }\n}\n'
    assert statuses(backend_variables_not_allowed, hcl) == {"terraform.backend.gcs": "failed"}


def test_a_nested_argument_is_found(messages):
    hcl = 'terraform {\n  backend "s3" {\n    assume_role = {\n      role_arn = var.role\n    }\n  }\n}\n'
    assert messages(backend_variables_not_allowed, hcl) == [
        "makes `assume_role` of `var.role`, which Terraform does not know when it reads the block"
    ]


def test_the_finding_says_how_to_give_it(results):
    (finding,) = results(backend_variables_not_allowed, BACKEND % '"${var.environment}/${local.name}.tfstate"')[
        0
    ].findings
    assert finding.message == (
        "makes `key` of `var.environment` and `local.name`, which Terraform does not know when it reads the block"
    )
    assert finding.remedy == 'write a literal, or leave `key` out and give it by `-backend-config="key=..."`'
    assert finding.location.line == 3


def test_a_stack_without_a_backend_has_nothing_to_say(statuses):
    assert statuses(backend_variables_not_allowed, 'provider "aws" {}\n') == {}
