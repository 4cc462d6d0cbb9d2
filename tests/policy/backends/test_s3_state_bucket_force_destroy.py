import pytest

from plainwork_policies.backends.s3_state_bucket_force_destroy import s3_state_bucket_force_destroy

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "state" {\n  bucket = %s\n  %s\n}\n'


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ('"state"', "force_destroy = true", {"aws_s3_bucket.state": "failed"}),
        ('"state"', "force_destroy = false", {"aws_s3_bucket.state": "passed"}),
        ('"state"', "", {"aws_s3_bucket.state": "passed"}),
        ('"state"', "force_destroy = var.force", {"aws_s3_bucket.state": "not_evaluated"}),
        ("var.name", "force_destroy = true", {"aws_s3_bucket.state": "not_evaluated"}),
        ("var.name", "", {"aws_s3_bucket.state": "passed"}),
        ('"logs"', "force_destroy = true", {}),
    ],
)
def test_a_state_bucket_is_not_emptied_by_a_destroy(name, argument, expected, statuses):
    assert statuses(s3_state_bucket_force_destroy, BACKEND + BUCKET % (name, argument)) == expected
