"""Caches that another stack or a person created."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, DataSource, Provider, Resource, Stack, synthesize
from plainwork.errors import ArgumentsError, GrantError, PlainworkError
from plainwork.valkey import ValkeyReplicationGroup, ValkeyServerless

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

GROUP_ID = "sg-0123456789abcdef0"


@pytest.fixture
def stack(app: App) -> Stack:
    stack = Stack(app, "reports")
    Provider(stack, "aws", version="~> 5.100", region="eu-west-1", allowed_account_ids=["123456789012"])
    return stack


def test_grants_and_egress_rules(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    role = Resource(stack, "aws_iam_role", "worker", name="worker", assume_role_policy="{}")
    tasks = Resource(stack, "aws_security_group", "tasks", name="tasks")
    nodes = ValkeyReplicationGroup.existing(stack, "sessions", name="shop-sessions", security_group_id=GROUP_ID)
    nodes.grant_connect(role, user="shop-sessions-web")
    nodes.client_egress_rule(tasks)
    pages = ValkeyServerless.existing(stack, "pages", name="shop-pages", security_group_id=GROUP_ID)
    pages.grant_connect("worker", user="shop-pages-web")
    pages.client_egress_rule(tasks)
    assert stack == hcl_snapshot


def test_a_data_source_is_an_existing_cache(stack: Stack) -> None:
    found = DataSource(stack, "aws_elasticache_replication_group", "sessions", replication_group_id="shop-sessions")
    user = DataSource(stack, "aws_elasticache_user", "web", user_id="shop-sessions-web")
    cache = ValkeyReplicationGroup.existing(
        stack, "sessions", name=found, endpoint=found["configuration_endpoint_address"]
    )
    cache.grant_connect("worker", user=user)
    assert cache.endpoint == "${data.aws_elasticache_replication_group.sessions.configuration_endpoint_address}"
    [document] = synthesize(stack)["data"]["aws_iam_policy_document"].values()
    prefix = "arn:aws:elasticache:eu-west-1:123456789012"
    assert document["statement"][0]["resources"] == [
        f"{prefix}:replicationgroup:${{data.aws_elasticache_replication_group.sessions.replication_group_id}}",
        f"{prefix}:user:${{data.aws_elasticache_user.web.user_id}}",
    ]


@pytest.mark.parametrize(
    ("region", "partition"), [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-east-1", "aws-us-gov")]
)
def test_the_arn_has_the_partition_of_the_region(app: App, region: str, partition: str) -> None:
    cache = ValkeyServerless.existing(
        Stack(app, "reports"), "pages", name="pages", region=region, account_id="${var.account_id}"
    )
    assert cache.arn == f"arn:{partition}:elasticache:{region}:${{var.account_id}}:serverlesscache:pages"


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ({"name": "Sessions"}, "name must be a literal of at most 40 lowercase letters"),
        ({"security_group_id": "web"}, "security_group_id must be an id that begins with 'sg-'"),
        ({"region": "Ireland"}, "region must be the name of an AWS Region"),
        ({"account_id": "1234"}, "account_id must be the account's 12 digits"),
    ],
)
def test_an_existing_cache_rejects(stack: Stack, arguments: dict[str, Any], rule: str) -> None:
    with pytest.raises(ArgumentsError) as error:
        ValkeyReplicationGroup.existing(stack, "sessions", **{"name": "sessions", **arguments})
    assert rule in str(error.value)


def test_an_existing_cache_needs_an_account(app: App) -> None:
    stack = Stack(app, "reports")
    Provider(stack, "aws", region="eu-west-1")
    with pytest.raises(ArgumentsError, match="account_id must be given"):
        ValkeyReplicationGroup.existing(stack, "sessions", name="sessions")


@pytest.mark.parametrize("user", ["*", "web*", "user:web", "", 7])
def test_a_grant_is_for_one_user(stack: Stack, user: Any) -> None:
    cache = ValkeyReplicationGroup.existing(stack, "sessions", name="sessions")
    with pytest.raises(GrantError, match="user must be the id of a user, as 'sessions-web'"):
        cache.grant_connect("worker", user=user)


def test_an_egress_rule_needs_both_security_groups(stack: Stack) -> None:
    without = ValkeyReplicationGroup.existing(stack, "first", name="sessions")
    with pytest.raises(ArgumentsError, match="security_group_id must be set for an egress rule"):
        without.client_egress_rule(GROUP_ID)
    cache = ValkeyReplicationGroup.existing(stack, "second", name="sessions", security_group_id=GROUP_ID)
    with pytest.raises(ArgumentsError, match="client must be one of the clients that are security groups"):
        cache.client_egress_rule("10.0.0.0/16")


def test_the_endpoint_is_known_only_if_it_is_given(stack: Stack) -> None:
    cache = ValkeyReplicationGroup.existing(stack, "sessions", name="sessions")
    with pytest.raises(PlainworkError, match="the endpoint of cache 'sessions' is not known; set `endpoint`"):
        _ = cache.endpoint
