import pytest

from plainwork_policies.backends.s3_backend_public_acl import s3_backend_public_acl

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n    %s\n  }\n}\n'
ADDRESS = "terraform.backend.s3"


@pytest.mark.parametrize(
    ("argument", "status"),
    [
        ('acl = "public-read"', "failed"),
        ('acl = "public-read-write"', "failed"),
        ('acl = "authenticated-read"', "failed"),
        ('acl = "private"', "passed"),
        ('acl = "bucket-owner-full-control"', "passed"),
        ("", "passed"),
        ("acl = var.acl", "not_evaluated"),
    ],
)
def test_the_acl_of_the_state_is_not_public(argument, status, statuses):
    assert statuses(s3_backend_public_acl, BACKEND % argument) == {ADDRESS: status}
