import pytest

from plainwork_policies.backends.s3_backend_hardcoded_credentials import s3_backend_hardcoded_credentials

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
BACKEND = 'terraform {\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (WHOLE, "pass"),
        (WHOLE + 'profile = "terraform"', "pass"),
        (WHOLE + 'access_key = "AKIAIOSFODNN7EXAMPLE"', "fail"),
        (WHOLE + 'secret_key = "wJalrXUtnFEMIK7MDENG"', "fail"),
        (WHOLE + 'token = "IQoJb3JpZ2lu"', "fail"),
        (WHOLE + 'sse_customer_key = "c2VjcmV0"', "fail"),
        (WHOLE + 'assume_role_with_web_identity = {\n  web_identity_token = "eyJhbGciOi"\n}', "fail"),
        (WHOLE + 'access_key = "test"\nsecret_key = "test"', "pass"),
        (WHOLE + 'access_key = ""', "pass"),
        (WHOLE + "secret_key = var.secret", "unknown"),
        ("", "unknown"),
        ('secret_key = "wJalrXUtnFEMIK7MDENG"', "fail"),
    ],
)
def test_a_block_holds_no_credentials(arguments, verdict, verdicts):
    assert verdicts(s3_backend_hardcoded_credentials, BACKEND % arguments) == {"terraform.backend.s3": verdict}


def test_the_finding_does_not_show_what_it_found(judged):
    (finding,) = judged(s3_backend_hardcoded_credentials, BACKEND % (WHOLE + 'secret_key = "wJalrXUtnFEMIK7MDENG"'))[
        0
    ].findings
    assert finding.message == "holds a credential, `secret_key`, in clear"
    assert (finding.value, finding.location.line) == (None, 5)
    assert "wJalr" not in repr(finding)
