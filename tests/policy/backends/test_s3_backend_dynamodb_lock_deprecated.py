import pytest

from plainwork_policies.backends.s3_backend_dynamodb_lock_deprecated import s3_backend_dynamodb_lock_deprecated

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
TABLE = WHOLE + 'dynamodb_table = "locks"\n'
BACKEND = 'terraform {\n  %s\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (WHOLE, "pass"),
        (WHOLE + "use_lockfile = true", "pass"),
        (WHOLE + 'dynamodb_table = ""', "pass"),
        (TABLE, "fail"),
        (TABLE + "use_lockfile = false", "fail"),
        (TABLE + "use_lockfile = true", "pass"),
        (TABLE + "use_lockfile = var.lock", "unknown"),
        (WHOLE + "dynamodb_table = var.table", "unknown"),
        ("", "unknown"),
        ("use_lockfile = true", "pass"),
    ],
)
def test_a_table_is_no_lock_of_its_own(arguments, verdict, verdicts):
    assert verdicts(s3_backend_dynamodb_lock_deprecated, BACKEND % ("", arguments)) == {"terraform.backend.s3": verdict}


@pytest.mark.parametrize(
    ("required", "verdict"),
    [
        (">= 1.5", "fail"),
        ("~> 1.5", "fail"),
        (">= 1.5, < 2.0", "fail"),
        ("!= 1.11.1", "fail"),
        ("1.11.4", "fail"),
        ("~> 1.10.0", "pass"),
        ("< 1.11", "pass"),
        ("<= 1.10.5", "pass"),
        ("1.9.8", "pass"),
        ("~> 0.14", "pass"),
    ],
)
def test_before_terraform_1_11_the_table_is_right(required, verdict, verdicts):
    hcl = BACKEND % (f'required_version = "{required}"', TABLE)
    assert verdicts(s3_backend_dynamodb_lock_deprecated, hcl) == {"terraform.backend.s3": verdict}


def test_the_constraint_may_stand_in_another_block(verdicts):
    hcl = BACKEND % ("", TABLE) + 'terraform {\n  required_version = "~> 1.9.0"\n}\n'
    assert verdicts(s3_backend_dynamodb_lock_deprecated, hcl) == {"terraform.backend.s3": "pass"}


def test_the_finding_names_the_table_and_stands_at_it(judged):
    (finding,) = judged(s3_backend_dynamodb_lock_deprecated, BACKEND % ("", TABLE))[0].findings
    assert finding.message == "locks with the DynamoDB table `locks` alone, which is deprecated from Terraform 1.11 on"
    assert (finding.value, finding.location.line) == ("locks", 6)
