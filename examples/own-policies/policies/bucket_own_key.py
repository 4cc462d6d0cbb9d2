from plainwork_policies.api import Findings, Resource, policy, some

ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration"
KEY = "apply_server_side_encryption_by_default.kms_master_key_id"


@policy("ACME_005", "bucket-own-key", severity="high", on="aws_s3_bucket")
def bucket_own_key(bucket: Resource) -> Findings:
    """S3 bucket is not encrypted by a KMS key of the team."""
    configurations = bucket.referenced_by(ENCRYPTION, "bucket", "bucket")
    if not some(configurations, lambda one: some(one.blocks("rule"), lambda rule: rule[KEY].is_set)):
        yield bucket.fail("no encryption configuration has a key", remedy=f"Add `{ENCRYPTION}` with its key.")
