import pytest

from plainwork_policies.caches.elasticache_no_authentication import elasticache_no_authentication

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n  %s\n}\n'
SERVERLESS = 'resource "aws_elasticache_serverless_cache" "x" {\n  %s\n}\n'
CLUSTER = 'resource "aws_elasticache_cluster" "x" {\n  engine = %s\n}\n'
USER = 'resource "aws_elasticache_user" "x" {\n  access_string = %s\n  %s\n}\n'
MODE = "authentication_mode {\n    type = %s\n  }"


@pytest.mark.parametrize(
    ("hcl", "status"),
    [
        (GROUP % "", "failed"),
        (GROUP % "user_group_ids = []", "failed"),
        (GROUP % "user_group_ids = [aws_elasticache_user_group.x.id]", "passed"),
        (GROUP % "user_group_ids = var.groups", "not_evaluated"),
        (GROUP % "auth_token = random_password.x.result", "passed"),
        (GROUP % "auth_token = var.token", "not_evaluated"),
        (GROUP % "auth_token_wo = ephemeral.random_password.x.result", "passed"),
        (GROUP % "auth_token_wo_version = 1", "passed"),
        (GROUP % "auth_token_wo = var.token", "not_evaluated"),
        (SERVERLESS % 'engine = "valkey"', "failed"),
        (SERVERLESS % "engine = var.engine", "not_evaluated"),
        (SERVERLESS % 'engine = "valkey"\nuser_group_id = aws_elasticache_user_group.x.id', "passed"),
        (SERVERLESS % 'engine = "valkey"\nuser_group_id = var.group', "not_evaluated"),
        (CLUSTER % '"redis"', "failed"),
        (CLUSTER % "var.engine", "not_evaluated"),
    ],
)
def test_a_cache_requires_authentication(hcl, status, statuses):
    assert list(statuses(elasticache_no_authentication, hcl).values()) == [status]


@pytest.mark.parametrize("engine", ['"memcached"', "null"])
def test_memcached_and_nodes_of_a_replication_group_are_not_checked(engine, statuses):
    assert statuses(elasticache_no_authentication, CLUSTER % engine) == {}


def test_a_serverless_cache_of_memcached_is_not_checked(statuses):
    assert statuses(elasticache_no_authentication, SERVERLESS % 'engine = "memcached"') == {}


@pytest.mark.parametrize(
    ("access", "how", "status"),
    [
        ('"on ~* +@all"', MODE % '"iam"', "passed"),
        ('"on ~* +@all"', 'passwords = ["a"]', "passed"),
        ('"on ~* +@all"', "no_password_required = true", "failed"),
        ('"on ~* +@all"', MODE % '"no-password-required"', "failed"),
        ('"off -@all"', MODE % '"no-password-required"', "passed"),
        ("var.access", MODE % '"no-password-required"', "not_evaluated"),
        ("var.access", MODE % '"iam"', "passed"),
        ('"off -@all"', MODE % "var.type", "passed"),
        ('"on ~* +@all"', MODE % "var.type", "not_evaluated"),
    ],
)
def test_a_user_that_is_on_needs_a_password_or_iam(access, how, status, statuses):
    assert statuses(elasticache_no_authentication, USER % (access, how)) == {"aws_elasticache_user.x": status}


@pytest.mark.parametrize(
    ("hcl", "found"),
    [
        (GROUP % "", "`user_group_ids` and `auth_token` are not set"),
        (SERVERLESS % 'engine = "valkey"', "`user_group_id` is not set"),
        (
            CLUSTER % '"redis"',
            "`engine` is `redis`; an `aws_elasticache_cluster` does not support authentication",
        ),
        (
            USER % ('"on"', MODE % '"no-password-required"'),
            "`authentication_mode` is `no-password-required` and the user is `on`",
        ),
        (USER % ('"on"', "no_password_required = true"), "`no_password_required` is `true` and the user is `on`"),
    ],
)
def test_the_finding_has_the_argument_and_its_value(hcl, found, messages):
    (message,) = messages(elasticache_no_authentication, hcl)
    assert found in message
