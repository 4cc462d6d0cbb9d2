import pytest

from plainwork_policies.backends.s3_backend_hardcoded_credentials import s3_backend_hardcoded_credentials

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
BACKEND = 'terraform {\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (WHOLE, "passed"),
        (WHOLE + 'profile = "terraform"', "passed"),
        (WHOLE + 'access_key = "AKIAIOSFODNN7EXAMPLE"', "failed"),
        (WHOLE + 'secret_key = "wJalrXUtnFEMIK7MDENG"', "failed"),
        (WHOLE + 'token = "IQoJb3JpZ2lu"', "failed"),
        (WHOLE + 'sse_customer_key = "c2VjcmV0"', "failed"),
        (WHOLE + 'assume_role_with_web_identity = {\n  web_identity_token = "eyJhbGciOi"\n}', "failed"),
        (WHOLE + 'access_key = "test"\nsecret_key = "test"', "passed"),
        (WHOLE + 'access_key = ""', "passed"),
        (WHOLE + "secret_key = var.secret", "not_evaluated"),
        ("", "not_evaluated"),
        ('secret_key = "wJalrXUtnFEMIK7MDENG"', "failed"),
    ],
)
def test_a_literal_credential_fails(arguments, status, statuses):
    assert statuses(s3_backend_hardcoded_credentials, BACKEND % arguments) == {"terraform.backend.s3": status}


def test_the_finding_names_the_argument_and_does_not_show_its_value(results):
    (result,) = results(s3_backend_hardcoded_credentials, BACKEND % (WHOLE + 'secret_key = "wJalrXUtnFEMIK7MDENG"'))
    (finding,) = result.findings
    assert "`secret_key` is a literal value" in finding.message
    assert (finding.value, finding.location.line) == (None, 5)
    assert "wJalr" not in repr(finding)
