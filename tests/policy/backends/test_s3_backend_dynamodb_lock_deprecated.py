import pytest

from plainwork_policies.backends.s3_backend_dynamodb_lock_deprecated import s3_backend_dynamodb_lock_deprecated

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
TABLE = WHOLE + 'dynamodb_table = "locks"\n'
BACKEND = 'terraform {\n  %s\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "status"),
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
def test_a_table_without_a_lock_file_fails(arguments, status, statuses):
    assert statuses(s3_backend_dynamodb_lock_deprecated, BACKEND % ("", arguments)) == {"terraform.backend.s3": status}


@pytest.mark.parametrize(
    ("required", "status"),
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
def test_a_constraint_that_excludes_terraform_1_11_passes(required, status, statuses):
    hcl = BACKEND % (f'required_version = "{required}"', TABLE)
    assert statuses(s3_backend_dynamodb_lock_deprecated, hcl) == {"terraform.backend.s3": status}


def test_the_constraint_may_be_in_another_block(statuses):
    hcl = BACKEND % ("", TABLE) + 'terraform {\n  required_version = "~> 1.9.0"\n}\n'
    assert statuses(s3_backend_dynamodb_lock_deprecated, hcl) == {"terraform.backend.s3": "passed"}


def test_the_finding_names_the_table_and_has_its_line(results):
    (finding,) = results(s3_backend_dynamodb_lock_deprecated, BACKEND % ("", TABLE))[0].findings
    assert "`dynamodb_table` is `locks` and `use_lockfile` is not set" in finding.message
    assert (finding.value, finding.location.line) == ("locks", 6)


@pytest.mark.parametrize(("settings", "status"), [("", "failed"), ("encryption {\n}\n", "passed")])
def test_opentofu_does_not_deprecate_the_table(settings, status, statuses):
    found = statuses(s3_backend_dynamodb_lock_deprecated, BACKEND % (settings, TABLE))
    assert found == {"terraform.backend.s3": status}
