import pytest

from plainwork_policies.arguments.s3_encryption_key_unsupported import s3_encryption_key_unsupported

RULE = """
  rule {
    apply_server_side_encryption_by_default {
      %s
    }
  }
"""
SEPARATE = f'resource "aws_s3_bucket_server_side_encryption_configuration" "x" {{{RULE}}}\n'
INLINE = f'resource "aws_s3_bucket" "x" {{\n  server_side_encryption_configuration {{{RULE}  }}\n}}\n'
AES, KMS = 'sse_algorithm = "AES256"\n', 'sse_algorithm = "aws:kms"\n'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (AES, "passed"),
        (AES + "kms_master_key_id = aws_kms_key.k.arn", "failed"),
        (AES + 'kms_master_key_id = "alias/reports"', "failed"),
        (AES + 'kms_master_key_id = ""', "passed"),
        (AES + "kms_master_key_id = null", "passed"),
        (AES + "kms_master_key_id = var.key", "not_evaluated"),
        (KMS + "kms_master_key_id = aws_kms_key.k.arn", "passed"),
        (KMS + "kms_master_key_id = var.key", "passed"),
        ('sse_algorithm = "aws:kms:dsse"\nkms_master_key_id = "alias/reports"', "passed"),
        ("sse_algorithm = var.algorithm\nkms_master_key_id = aws_kms_key.k.arn", "not_evaluated"),
    ],
)
@pytest.mark.parametrize("hcl", [SEPARATE, INLINE])
def test_a_key_needs_an_algorithm_that_uses_it(hcl, arguments, status, statuses):
    (found,) = statuses(s3_encryption_key_unsupported, hcl % arguments).values()
    assert found == status


def test_a_bucket_without_an_encryption_block_is_not_checked(statuses):
    assert statuses(s3_encryption_key_unsupported, 'resource "aws_s3_bucket" "x" {\n}\n') == {}
