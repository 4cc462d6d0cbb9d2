"""Least privilege from CloudTrail: a trail, IAM Access Analyzer, and a role with the policy that it generated."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, condition, deny, grant

ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"
BUCKET = "example-trail"
DAYS = 400  # until an object is deleted
UNUSED_DAYS = 90  # until a role, a key or a permission is unused
TRAIL_ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT_ID}:trail/account"
ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT_ID}"
GENERATED = [  # by IAM Access Analyzer for the role shop-deploy, with ARNs in place of its placeholders
    allow("DeployService", ["ecs:DescribeServices", "ecs:UpdateService"], [f"{ECS}:service/prod/shop"]),
    allow("RegisterTasks", ["ecs:RegisterTaskDefinition"], [f"{ECS}:task-definition/shop:*"]),
]
BY_HAND = [  # CloudTrail does not record iam:PassRole
    allow(
        "PassTaskRoles",
        ["iam:PassRole"],
        [f"arn:aws:iam::{ACCOUNT_ID}:role/shop-task", f"arn:aws:iam::{ACCOUNT_ID}:role/shop-execution"],
        condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com"),
    )
]


def build(app: App) -> Stack:
    stack = Stack(app, "least-privilege-trail")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "security"}},
    )
    bucket, policy = trail_bucket(stack)
    Resource(
        stack,
        "aws_cloudtrail",
        "account",
        name="account",
        s3_bucket_name=bucket["id"],
        is_multi_region_trail=True,
        enable_log_file_validation=True,
        depends_on=[policy],
    )
    analyzers(stack)
    generator = role(stack, "policy_generator", "access-analyzer.amazonaws.com")
    last_accessed = ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"]
    reads = [
        allow("ReadTrail", ["cloudtrail:GetTrail"], [TRAIL_ARN]),
        allow("ReadLastAccess", last_accessed, ["*"]),
        allow("ReadLogs", ["s3:GetObject", "s3:ListBucket"], [bucket["arn"], f"{bucket['arn']}/*"]),
    ]
    grant(stack, generator, name="reads", statements=reads)
    deploy = role(stack, "shop_deploy", "codebuild.amazonaws.com")
    grant(stack, deploy, name="deploy", statements=GENERATED + BY_HAND)
    return stack


def trail_bucket(stack: Stack) -> tuple[Resource, Resource]:
    """The bucket of the trail, and its policy, which CloudTrail must find when the trail is created."""
    bucket = Resource(stack, "aws_s3_bucket", "trail", bucket=BUCKET)
    blocks = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
    block = dict.fromkeys(blocks, True)
    Resource(stack, "aws_s3_bucket_public_access_block", "trail", bucket=bucket["id"], **block)
    rule = {"id": "delete-old-logs", "status": "Enabled", "filter": {}, "expiration": {"days": DAYS}}
    rule["abort_incomplete_multipart_upload"] = {"days_after_initiation": 7}
    Resource(stack, "aws_s3_bucket_lifecycle_configuration", "trail", bucket=bucket["id"], rule=[rule])
    trail = {"type": "Service", "identifiers": ["cloudtrail.amazonaws.com"]}
    of_trail = condition("StringEquals", "aws:SourceArn", TRAIL_ARN)
    acl = condition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")
    objects, logs = f"{bucket['arn']}/*", f"{bucket['arn']}/AWSLogs/{ACCOUNT_ID}/*"
    no_tls = condition("Bool", "aws:SecureTransport", "false")
    statement = [
        allow("AllowAclCheck", ["s3:GetBucketAcl"], [bucket["arn"]], of_trail, principals=trail),
        allow("AllowWrite", ["s3:PutObject"], [logs], of_trail, acl, principals=trail),
        deny("DenyWithoutTls", ["s3:*"], [bucket["arn"], objects], no_tls),
    ]
    policy = DataSource(stack, "aws_iam_policy_document", "trail", statement=statement)["json"]
    return bucket, Resource(stack, "aws_s3_bucket_policy", "trail", bucket=bucket["id"], policy=policy)


def analyzers(stack: Stack) -> None:
    """Findings on access from other accounts and on unused access, sent to a topic."""
    Resource(stack, "aws_accessanalyzer_analyzer", "external", analyzer_name="external-access", type="ACCOUNT")
    unused = {"analyzer_name": "unused-access", "type": "ACCOUNT_UNUSED_ACCESS"}
    age = {"unused_access": {"unused_access_age": UNUSED_DAYS}}
    Resource(stack, "aws_accessanalyzer_analyzer", "unused", configuration=age, **unused)
    topic = Resource(stack, "aws_sns_topic", "findings", name="access-findings")
    pattern = jsonencode({"source": ["aws.access-analyzer"], "detail": {"status": ["ACTIVE"]}})
    rule = Resource(stack, "aws_cloudwatch_event_rule", "findings", name="access-findings", event_pattern=pattern)
    Resource(stack, "aws_cloudwatch_event_target", "findings", rule=rule["name"], arn=topic["arn"])
    events = {"type": "Service", "identifiers": ["events.amazonaws.com"]}
    of_rule = condition("ArnEquals", "aws:SourceArn", rule["arn"])
    statement = [allow("AllowRule", ["sns:Publish"], [topic["arn"]], of_rule, principals=events)]
    policy = DataSource(stack, "aws_iam_policy_document", "findings", statement=statement)["json"]
    Resource(stack, "aws_sns_topic_policy", "findings", arn=topic["arn"], policy=policy)


def role(stack: Stack, name: str, service: str) -> Resource:
    statement = [allow("Trust", ["sts:AssumeRole"], [], principals={"type": "Service", "identifiers": [service]})]
    trust = DataSource(stack, "aws_iam_policy_document", f"{name}_trust", statement=statement)["json"]
    return Resource(stack, "aws_iam_role", name, name=name.replace("_", "-"), assume_role_policy=trust)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
