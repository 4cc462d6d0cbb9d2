"""Route 53 Resolver query logs: one bucket for each environment, which only the named roles can read."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, condition, deny

ENVIRONMENTS = {"dev": ["vpc-0123456789abcdef1"], "prod": ["vpc-0123456789abcdef0"]}  # the VPCs of each
READERS = {
    "dev": ["arn:aws:iam::123456789012:role/developer", "arn:aws:iam::123456789012:role/security-audit"],
    "prod": ["arn:aws:iam::123456789012:role/security-audit"],
}
DAYS = {"dev": 30, "prod": 400}  # until an object is deleted
ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"


def build(app: App) -> Stack:
    stack = Stack(app, "resolver-query-logs")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Owner": "security"}},
    )
    for environment, vpc_ids in ENVIRONMENTS.items():
        bucket, policy = log_bucket(stack, environment)
        config = Resource(
            stack,
            "aws_route53_resolver_query_log_config",
            environment,
            name=f"dns-{environment}",
            destination_arn=bucket["arn"],
            tags={"Environment": environment},
            depends_on=[policy],
        )
        for number, vpc_id in enumerate(vpc_ids):
            Resource(
                stack,
                "aws_route53_resolver_query_log_config_association",
                f"{environment}_{number}",
                resolver_query_log_config_id=config["id"],
                resource_id=vpc_id,
            )
    return stack


def log_bucket(stack: Stack, environment: str) -> tuple[Resource, Resource]:
    """The bucket and its policy, which the log service must find before the first delivery."""
    name = f"example-dns-logs-{environment}"
    bucket = Resource(stack, "aws_s3_bucket", environment, bucket=name, tags={"Environment": environment})
    Resource(
        stack,
        "aws_s3_bucket_public_access_block",
        environment,
        bucket=bucket["id"],
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    Resource(
        stack,
        "aws_s3_bucket_lifecycle_configuration",
        environment,
        bucket=bucket["id"],
        rule=[
            {
                "id": "delete-old-logs",
                "status": "Enabled",
                "filter": {},
                "expiration": {"days": DAYS[environment]},
                "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
            }
        ],
    )
    logs = {"type": "Service", "identifiers": ["delivery.logs.amazonaws.com"]}
    own = condition("StringEquals", "aws:SourceAccount", ACCOUNT_ID)
    source = condition("ArnLike", "aws:SourceArn", f"arn:aws:logs:{REGION}:{ACCOUNT_ID}:*")
    acl = condition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")
    reader = condition("ArnNotLike", "aws:PrincipalArn", *READERS[environment])
    no_tls = condition("Bool", "aws:SecureTransport", "false")
    objects, delivered = f"{bucket['arn']}/*", f"{bucket['arn']}/AWSLogs/{ACCOUNT_ID}/*"
    statement = [
        allow("AWSLogDeliveryAclCheck", ["s3:GetBucketAcl"], [bucket["arn"]], own, source, principals=logs),
        allow("AWSLogDeliveryWrite", ["s3:PutObject"], [delivered], own, source, acl, principals=logs),
        deny("DenyOtherReaders", ["s3:GetObject", "s3:GetObjectVersion"], [objects], reader),
        deny("DenyWithoutTls", ["s3:*"], [bucket["arn"], objects], no_tls),
    ]
    document = DataSource(stack, "aws_iam_policy_document", environment, statement=statement)
    return bucket, Resource(stack, "aws_s3_bucket_policy", environment, bucket=bucket["id"], policy=document["json"])


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
