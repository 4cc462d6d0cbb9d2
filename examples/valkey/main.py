"""Two caches: a replication group for sessions, which must not be lost, and a serverless cache for pages.

`main.tf` is the generated HCL:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, condition
from plainwork.valkey import (
    AlarmActions,
    CacheUsageLimits,
    CacheUser,
    Eviction,
    ValkeyReplicationGroup,
    ValkeyServerless,
    ValkeyVersion,
)

VPC_ID = "vpc-0123456789abcdef0"
SUBNETS = {
    "euw1-az1": "subnet-0a1b2c3d4e5f60001",
    "euw1-az2": "subnet-0a1b2c3d4e5f60002",
    "euw1-az3": "subnet-0a1b2c3d4e5f60003",
}
WEB = "sg-0123456789abcdef0"
KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
PAGER = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")


def build(app: App) -> Stack:
    stack = Stack(app, "valkey")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    sessions = ValkeyReplicationGroup(
        stack,
        "sessions",
        replication_group_id="sessions",
        description="Sessions of signed-in users",
        engine_version=ValkeyVersion.V8_1,
        eviction=Eviction.STORE,
        node_type="cache.r7g.large",
        replicas=1,
        region="eu-west-1",
        vpc_id=VPC_ID,
        subnets=SUBNETS,
        clients={"web": WEB},
        users={"web": CacheUser("on ~session:* +@read +@write +@connection")},
        kms_key_id=KMS_KEY,
        snapshot_retention_limit=7,
        snapshot_window="02:00-03:00",
        maintenance_window="sun:03:00-sun:04:00",
        log_retention_in_days=30,
        alarm_actions=PAGER,
    )
    web = task_role(stack, "web")
    sessions.grant_connect(web["name"], user="web")

    pages = ValkeyServerless(
        stack,
        "pages",
        name="pages",
        description="Rendered pages, each with a time to live",
        engine_version=ValkeyVersion.V8_1,
        eviction=Eviction.CACHE,
        cache_usage_limits=CacheUsageLimits(data_storage_maximum=10, ecpu_per_second_maximum=5_000),
        region="eu-west-1",
        vpc_id=VPC_ID,
        subnets=SUBNETS,
        clients={"web": WEB},
        users={"web": CacheUser("on ~page:* +@read +@write +@connection +cluster +info")},
        kms_key_id=KMS_KEY,
        snapshot_retention_limit=0,
        alarm_actions=PAGER,
    )
    pages.grant_connect(web["name"], user="web")
    return stack


def task_role(stack: Stack, id_: str) -> Resource:
    """A role that only ECS tasks of this account can assume."""
    trust = DataSource(
        stack,
        "aws_iam_policy_document",
        f"{id_}_trust",
        statement=[
            allow(
                "TrustTasksOfThisAccount",
                ["sts:AssumeRole"],
                [],
                condition("StringEquals", "aws:SourceAccount", "123456789012"),
                condition("ArnLike", "aws:SourceArn", "arn:aws:ecs:eu-west-1:123456789012:*"),
                principals={"type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"]},
            )
        ],
    )
    return Resource(stack, "aws_iam_role", id_, name=f"example-prod-{id_}", assume_role_policy=trust["json"])


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
