import pytest

from plainwork_policies.backends.s3_backend_kms_key_bypassed import s3_backend_kms_key_bypassed

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n    %s\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "state" {\n  bucket = "state"\n}\n'
ENCRYPTION = (
    'resource "aws_s3_bucket_server_side_encryption_configuration" "state" {\n  bucket = aws_s3_bucket.state.id\n'
    "  rule {\n    apply_server_side_encryption_by_default {\n      %s\n    }\n  }\n}\n"
)
KEY = 'sse_algorithm = "aws:kms"\nkms_master_key_id = aws_kms_key.state.arn'
BYPASSED = "asks S3 for `AES256`, but its bucket encrypts with a KMS key of its own"


@pytest.mark.parametrize(
    ("arguments", "encryption", "verdict"),
    [
        ("encrypt = true", KEY, "failed"),
        ('encrypt = true\nkms_key_id = "alias/state"', KEY, "passed"),
        ("encrypt = true\nkms_key_id = var.key", KEY, "not_evaluated"),
        ("encrypt = false", KEY, "passed"),
        ("", KEY, "passed"),
        ("encrypt = true", 'sse_algorithm = "AES256"', "passed"),
        ("encrypt = true", 'sse_algorithm = "aws:kms"', "passed"),
        ("encrypt = true", "sse_algorithm = var.algorithm", "not_evaluated"),
    ],
)
def test_a_backend_names_the_key_of_its_bucket(arguments, encryption, verdict, statuses):
    hcl = BACKEND % arguments + BUCKET + ENCRYPTION % encryption
    assert statuses(s3_backend_kms_key_bypassed, hcl) == {"terraform.backend.s3": verdict}


def test_a_bucket_without_encryption_of_its_own_has_no_key(statuses):
    assert statuses(s3_backend_kms_key_bypassed, BACKEND % "encrypt = true" + BUCKET) == {
        "terraform.backend.s3": "passed"
    }


def test_the_bucket_may_be_in_another_stack_of_the_run(findings_of_run):
    stacks = {"bootstrap": BUCKET + ENCRYPTION % KEY, "web": BACKEND % "encrypt = true"}
    assert findings_of_run(s3_backend_kms_key_bypassed, stacks) == [("web", BYPASSED)]


def test_a_bucket_that_is_made_elsewhere_is_no_subject(statuses):
    assert statuses(s3_backend_kms_key_bypassed, BACKEND % "encrypt = true") == {}
