import pytest

from plainwork_policies.backends.s3_backend_role_arguments_removed import s3_backend_role_arguments_removed

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
ROLE = 'role_arn = "arn:aws:iam::123456789012:role/x"\n'
BACKEND = 'terraform {\n  %s\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (WHOLE, "passed"),
        (WHOLE + "assume_role = {\n" + ROLE + "}", "passed"),
        (WHOLE + "assume_role {\n" + ROLE + "}", "passed"),
        (WHOLE + ROLE, "failed"),
        (WHOLE + 'external_id = "x"', "failed"),
        (WHOLE + "assume_role_duration_seconds = 900", "failed"),
        (ROLE, "failed"),
        ("", "not_evaluated"),
    ],
)
def test_a_role_outside_assume_role_fails(arguments, status, statuses):
    assert statuses(s3_backend_role_arguments_removed, BACKEND % ("", arguments)) == {"terraform.backend.s3": status}


@pytest.mark.parametrize(("required", "status"), [("< 1.10.0", "passed"), ("~> 1.9.0", "passed"), ("~> 1.9", "failed")])
def test_a_constraint_that_excludes_terraform_1_10_passes(required, status, statuses):
    hcl = BACKEND % (f'required_version = "{required}"', WHOLE + ROLE)
    assert statuses(s3_backend_role_arguments_removed, hcl) == {"terraform.backend.s3": status}


def test_each_argument_is_a_finding_with_its_new_name(results):
    hcl = BACKEND % ("", WHOLE + ROLE + 'assume_role_policy_arns = ["arn:aws:iam::aws:policy/x"]')
    first, second = results(s3_backend_role_arguments_removed, hcl)[0].findings
    assert first.message.startswith("`role_arn` is not supported")
    assert "assume_role = { policy_arns = … }" in second.remedy
    assert (first.location.line, second.location.line) == (6, 7)


@pytest.mark.parametrize(("settings", "status"), [("", "failed"), ("encryption {\n}\n", "passed")])
def test_opentofu_has_not_removed_the_arguments(settings, status, statuses):
    found = statuses(s3_backend_role_arguments_removed, BACKEND % (settings, WHOLE + ROLE))
    assert found == {"terraform.backend.s3": status}
