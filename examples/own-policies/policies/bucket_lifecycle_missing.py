from plainwork_policies.api import Findings, Resource, policy

LIFECYCLE = "aws_s3_bucket_lifecycle_configuration"


@policy("ACME_013", "bucket-lifecycle-missing", severity="low", on="aws_s3_bucket")
def bucket_lifecycle_missing(bucket: Resource) -> Findings:
    """S3 bucket has no lifecycle configuration."""
    if not bucket.referenced_by(LIFECYCLE, "bucket", "bucket"):
        yield bucket.fail(f"no `{LIFECYCLE}` refers to it", remedy=f"Add an `{LIFECYCLE}` with its `bucket`.")
