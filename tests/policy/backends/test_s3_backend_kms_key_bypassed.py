import pytest

from plainwork_policies.backends.s3_backend_kms_key_bypassed import s3_backend_kms_key_bypassed

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n    %s\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "state" {\n  bucket = "state"\n}\n'
ENCRYPTION = (
    'resource "aws_s3_bucket_server_side_encryption_configuration" "state" {\n  bucket = aws_s3_bucket.state.id\n'
    "  rule {\n    apply_server_side_encryption_by_default {\n      %s\n    }\n  }\n}\n"
)
KEY = 'sse_algorithm = "aws:kms"\nkms_master_key_id = aws_kms_key.state.arn'


@pytest.mark.parametrize(
    ("arguments", "encryption", "status"),
    [
        ("encrypt = true", KEY, "failed"),
        ('encrypt = true\nkms_key_id = "alias/state"', KEY, "passed"),
        ("encrypt = true\nkms_key_id = var.key", KEY, "not_evaluated"),
        ("encrypt = false", KEY, "passed"),
        ("", KEY, "passed"),
        ("encrypt = var.encrypt", KEY, "not_evaluated"),
        ("encrypt = var.encrypt", 'sse_algorithm = "AES256"', "passed"),
        ("encrypt = true", 'sse_algorithm = "aws:kms"\nkms_master_key_id = var.key', "not_evaluated"),
        ("encrypt = true", 'sse_algorithm = "AES256"', "passed"),
        ("encrypt = true", 'sse_algorithm = "aws:kms"', "passed"),
        ("encrypt = true", "sse_algorithm = var.algorithm", "not_evaluated"),
    ],
)
def test_a_backend_uses_the_key_of_its_bucket(arguments, encryption, status, statuses):
    hcl = BACKEND % arguments + BUCKET + ENCRYPTION % encryption
    assert statuses(s3_backend_kms_key_bypassed, hcl) == {"terraform.backend.s3": status}


def test_a_bucket_without_configured_encryption_has_no_key(statuses):
    assert statuses(s3_backend_kms_key_bypassed, BACKEND % "encrypt = true" + BUCKET) == {
        "terraform.backend.s3": "passed"
    }


def test_the_bucket_may_be_in_another_stack_of_the_run(findings_of_run):
    stacks = {"bootstrap": BUCKET + ENCRYPTION % KEY, "web": BACKEND % "encrypt = true"}
    ((stack, message),) = findings_of_run(s3_backend_kms_key_bypassed, stacks)
    assert stack == "web"
    assert "instead of the KMS key of aws_s3_bucket_server_side_encryption_configuration.state" in message


def test_a_backend_whose_bucket_is_not_in_the_run_is_not_checked(statuses):
    assert statuses(s3_backend_kms_key_bypassed, BACKEND % "encrypt = true") == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("var.name", {"terraform.backend.s3": "not_evaluated"}), ('"${var.environment}-logs"', {})],
)
def test_a_bucket_whose_unknown_name_may_be_the_backends_is_not_evaluated(name, expected, statuses):
    bucket = BUCKET.replace('bucket = "state"', f"bucket = {name}")
    assert statuses(s3_backend_kms_key_bypassed, BACKEND % "encrypt = true" + bucket) == expected


@pytest.mark.parametrize("arguments", ["", "encrypt = false", 'encrypt = true\nkms_key_id = "alias/state"'])
def test_an_unknown_name_does_not_matter_if_terraform_does_not_request_aes256(arguments, statuses):
    bucket = BUCKET.replace('bucket = "state"', "bucket = var.name")
    assert statuses(s3_backend_kms_key_bypassed, BACKEND % arguments + bucket) == {"terraform.backend.s3": "passed"}


def test_an_unknown_name_in_another_stack_is_not_compared(findings_of_run):
    stacks = {"logs": BUCKET.replace('bucket = "state"', "bucket = var.name"), "web": BACKEND % "encrypt = true"}
    assert findings_of_run(s3_backend_kms_key_bypassed, stacks) == []
