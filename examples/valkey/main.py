"""Two caches: a replication group for sessions, which must not be lost, and a serverless cache for pages.

`main.tf` is the generated HCL:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import AlarmActions, App, DataSource, Network, Provider, Resource, Stack
from plainwork.iam import allow, condition
from plainwork.valkey import CacheUsageLimits, Eviction, Valkey, ValkeyReplicationGroup, ValkeyServerless

NETWORK = Network(
    "vpc-0123456789abcdef0",
    {
        "euw1-az1": "subnet-0a1b2c3d4e5f60001",
        "euw1-az2": "subnet-0a1b2c3d4e5f60002",
        "euw1-az3": "subnet-0a1b2c3d4e5f60003",
    },
)
CLIENTS = {"web": "sg-0123456789abcdef0"}
KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"


def build(app: App) -> Stack:
    stack = Stack(app, "shop")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    stack.alarm_actions = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
    web = task_role(stack, "web")
    sessions = ValkeyReplicationGroup(
        stack,
        "sessions",
        version=Valkey.V8_1,
        eviction=Eviction.STORE,
        node_type="cache.r7g.large",
        replicas=1,
        network=NETWORK,
        clients=CLIENTS,
        users={"web": "on ~session:* +@read +@write +@connection"},
        kms_key_id=KMS_KEY,
    )
    sessions.grant_connect(web, user="web")

    pages = ValkeyServerless(
        stack,
        "pages",
        version=Valkey.V8_1,
        eviction=Eviction.CACHE,
        cache_usage_limits=CacheUsageLimits(data_storage_maximum=10, ecpu_per_second_maximum=5_000),
        network=NETWORK,
        clients=CLIENTS,
        users={"web": "on ~page:* +@read +@write +@connection +cluster +info"},
        kms_key_id=KMS_KEY,
    )
    pages.grant_connect(web, user="web")
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
