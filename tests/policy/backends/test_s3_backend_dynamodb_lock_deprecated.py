import pytest

from plainwork_policies.backends.s3_backend_dynamodb_lock_deprecated import s3_backend_dynamodb_lock_deprecated

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
TABLE = WHOLE + 'dynamodb_table = "locks"\n'
BACKEND = 'terraform {\n  %s\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (WHOLE, "passed"),
        (WHOLE + "use_lockfile = true", "passed"),
        (WHOLE + 'dynamodb_table = ""', "passed"),
        (TABLE, "failed"),
        (TABLE + "use_lockfile = false", "failed"),
        (TABLE + "use_lockfile = true", "passed"),
        (TABLE + "use_lockfile = var.lock", "not_evaluated"),
        (WHOLE + "dynamodb_table = var.table", "not_evaluated"),
        ("", "not_evaluated"),
        ("use_lockfile = true", "passed"),
    ],
)
def test_a_table_is_no_lock_of_its_own(arguments, verdict, statuses):
    assert statuses(s3_backend_dynamodb_lock_deprecated, BACKEND % ("", arguments)) == {"terraform.backend.s3": verdict}


@pytest.mark.parametrize(
    ("required", "verdict"),
    [
        (">= 1.5", "failed"),
        ("~> 1.5", "failed"),
        (">= 1.5, < 2.0", "failed"),
        ("!= 1.11.1", "failed"),
        ("1.11.4", "failed"),
        ("~> 1.10.0", "passed"),
        ("< 1.11", "passed"),
        ("<= 1.10.5", "passed"),
        ("1.9.8", "passed"),
        ("~> 0.14", "passed"),
    ],
)
def test_before_terraform_1_11_the_table_is_right(required, verdict, statuses):
    hcl = BACKEND % (f'required_version = "{required}"', TABLE)
    assert statuses(s3_backend_dynamodb_lock_deprecated, hcl) == {"terraform.backend.s3": verdict}


def test_the_constraint_may_stand_in_another_block(statuses):
    hcl = BACKEND % ("", TABLE) + 'terraform {\n  required_version = "~> 1.9.0"\n}\n'
    assert statuses(s3_backend_dynamodb_lock_deprecated, hcl) == {"terraform.backend.s3": "passed"}


def test_the_finding_names_the_table_and_stands_at_it(results):
    (finding,) = results(s3_backend_dynamodb_lock_deprecated, BACKEND % ("", TABLE))[0].findings
    assert finding.message == "locks with the DynamoDB table `locks` alone, which is deprecated from Terraform 1.11 on"
    assert (finding.value, finding.location.line) == ("locks", 6)
