"""A private S3 bucket: versioned, encrypted, TLS only, with a lifecycle that removes old versions."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import condition, deny

NAME = "example-prod-reports"
DAYS_TO_RESTORE = 30  # how long a deleted or overwritten object can be restored


def build(app: App) -> Stack:
    stack = Stack(app, "private-bucket")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    bucket = Resource(stack, "aws_s3_bucket", "reports", bucket=NAME)
    Resource(
        stack,
        "aws_s3_bucket_public_access_block",
        "reports",
        bucket=bucket["id"],
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    versioning = Resource(
        stack,
        "aws_s3_bucket_versioning",
        "reports",
        bucket=bucket["id"],
        versioning_configuration={"status": "Enabled"},
    )
    Resource(
        stack,
        "aws_s3_bucket_lifecycle_configuration",
        "reports",
        bucket=bucket["id"],
        rule=[
            {
                "id": "remove-old-versions",
                "status": "Enabled",
                "filter": {},
                "noncurrent_version_expiration": {"noncurrent_days": DAYS_TO_RESTORE},
                "expiration": {"expired_object_delete_marker": True},
                "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
            }
        ],
        depends_on=[versioning],
    )
    tls_only(stack, bucket)
    return stack


def tls_only(stack: Stack, bucket: Resource) -> None:
    """Deny requests without TLS. It grants nothing: roles of the account get access by their own policies."""
    document = DataSource(
        stack,
        "aws_iam_policy_document",
        "reports_bucket",
        statement=[
            deny(
                "DenyWithoutTls",
                ["s3:*"],
                [bucket["arn"], f"{bucket['arn']}/*"],
                condition("Bool", "aws:SecureTransport", "false"),
            )
        ],
    )
    Resource(stack, "aws_s3_bucket_policy", "reports", bucket=bucket["id"], policy=document["json"])


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
