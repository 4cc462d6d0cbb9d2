"""Baseline of an account: encryption and no public buckets by default, and AWS Config with rules."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, condition, deny

ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"
BUCKET = "example-config-prod"
DAYS = 2557  # seven years, until a file is deleted
RULES = {  # identifier and parameters of AWS
    "access-keys-rotated": ("ACCESS_KEYS_ROTATED", {"maxAccessKeyAge": "90"}),
    "encrypted-volumes": ("ENCRYPTED_VOLUMES", {}),
    "rds-storage-encrypted": ("RDS_STORAGE_ENCRYPTED", {}),
    "required-tags": ("REQUIRED_TAGS", {"tag1Key": "Environment", "tag2Key": "Owner"}),
    "restricted-ssh": ("INCOMING_SSH_DISABLED", {}),
    "root-account-mfa-enabled": ("ROOT_ACCOUNT_MFA_ENABLED", {}),
}


def build(app: App) -> Stack:
    stack = Stack(app, "account-baseline")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    Resource(stack, "aws_ebs_encryption_by_default", "this", enabled=True)
    Resource(stack, "aws_s3_account_public_access_block", "this", **block_public_access())
    config(stack)
    return stack


def block_public_access() -> dict[str, bool]:
    names = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
    return dict.fromkeys(names, True)


def config(stack: Stack) -> None:
    """The recorder, its bucket and the rules; a rule needs the recorder, the recorder starts after the channel."""
    bucket = config_bucket(stack)
    role = Resource(stack, "aws_iam_service_linked_role", "config", aws_service_name="config.amazonaws.com")
    group = {"all_supported": True, "include_global_resource_types": True}
    recorder = Resource(stack, "aws_config_configuration_recorder", "this", role_arn=role["arn"], recording_group=group)
    channel = Resource(
        stack, "aws_config_delivery_channel", "this", s3_bucket_name=bucket["bucket"], depends_on=[recorder]
    )
    status = Resource(
        stack,
        "aws_config_configuration_recorder_status",
        "this",
        name=recorder["name"],
        is_enabled=True,
        depends_on=[channel],
    )
    for name, (identifier, parameters) in RULES.items():
        Resource(
            stack,
            "aws_config_config_rule",
            name.replace("-", "_"),
            name=name,
            source={"owner": "AWS", "source_identifier": identifier},
            input_parameters=jsonencode(parameters) if parameters else None,
            depends_on=[status],
        )


def config_bucket(stack: Stack) -> Resource:
    bucket = Resource(stack, "aws_s3_bucket", "config", bucket=BUCKET)
    rule = {"id": "delete-old-files", "status": "Enabled", "filter": {}, "expiration": {"days": DAYS}}
    rule["abort_incomplete_multipart_upload"] = {"days_after_initiation": 7}
    Resource(stack, "aws_s3_bucket_lifecycle_configuration", "config", bucket=bucket["id"], rule=[rule])
    Resource(stack, "aws_s3_bucket_public_access_block", "config", bucket=bucket["id"], **block_public_access())
    service = {"type": "Service", "identifiers": ["config.amazonaws.com"]}
    own = condition("StringEquals", "aws:SourceAccount", ACCOUNT_ID)
    acl = condition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")
    no_tls = condition("Bool", "aws:SecureTransport", "false")
    objects, logs = f"{bucket['arn']}/*", f"{bucket['arn']}/AWSLogs/{ACCOUNT_ID}/Config/*"
    statement = [
        allow("AllowCheck", ["s3:GetBucketAcl", "s3:ListBucket"], [bucket["arn"]], own, principals=service),
        allow("AllowDelivery", ["s3:PutObject"], [logs], own, acl, principals=service),
        deny("DenyWithoutTls", ["s3:*"], [bucket["arn"], objects], no_tls),
    ]
    policy = DataSource(stack, "aws_iam_policy_document", "config", statement=statement)["json"]
    return Resource(stack, "aws_s3_bucket_policy", "config", bucket=bucket["id"], policy=policy)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
