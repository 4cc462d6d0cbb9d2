import pytest

from plainwork_policies.backends.s3_backend_tls_verification_disabled import s3_backend_tls_verification_disabled

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n    %s\n  }\n}\n'
ADDRESS = "terraform.backend.s3"


@pytest.mark.parametrize(
    ("argument", "status"),
    [
        ("insecure = true", "failed"),
        ("insecure = false", "passed"),
        ('custom_ca_bundle = "/etc/ssl/store.pem"', "passed"),
        ("insecure = var.insecure", "not_evaluated"),
    ],
)
def test_a_backend_verifies_certificates(argument, status, statuses):
    assert statuses(s3_backend_tls_verification_disabled, BACKEND % argument) == {ADDRESS: status}
