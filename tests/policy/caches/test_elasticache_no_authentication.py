import pytest

from plainwork_policies.caches.elasticache_no_authentication import elasticache_no_authentication

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n  %s\n}\n'
SERVERLESS = 'resource "aws_elasticache_serverless_cache" "x" {\n  %s\n}\n'
CLUSTER = 'resource "aws_elasticache_cluster" "x" {\n  engine = %s\n}\n'
USER = 'resource "aws_elasticache_user" "x" {\n  access_string = %s\n  %s\n}\n'
EVERYTHING = "whoever reaches it may do everything"
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
        (SERVERLESS % "", "failed"),
        (SERVERLESS % "user_group_id = aws_elasticache_user_group.x.id", "passed"),
        (SERVERLESS % "user_group_id = var.group", "not_evaluated"),
        (CLUSTER % '"redis"', "failed"),
        (CLUSTER % "var.engine", "not_evaluated"),
    ],
)
def test_a_cache_asks_who_comes(hcl, status, statuses):
    assert list(statuses(elasticache_no_authentication, hcl).values()) == [status]


@pytest.mark.parametrize("engine", ['"memcached"', "null"])
def test_memcached_and_a_node_of_a_group_have_nobody_to_ask(engine, statuses):
    assert statuses(elasticache_no_authentication, CLUSTER % engine) == {}


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
        ('"on ~* +@all"', MODE % "var.type", "not_evaluated"),
    ],
)
def test_a_user_who_is_on_has_to_say_who_it_is(access, how, status, statuses):
    assert statuses(elasticache_no_authentication, USER % (access, how)) == {"aws_elasticache_user.x": status}


@pytest.mark.parametrize(
    ("hcl", "found"),
    [
        (GROUP % "", "has no user group and no AUTH token: " + EVERYTHING),
        (SERVERLESS % "", "has no user group: " + EVERYTHING),
        (
            CLUSTER % '"redis"',
            "is `redis` in a lone cluster, which takes no user group and no AUTH token: " + EVERYTHING,
        ),
        (USER % ('"on"', "no_password_required = true"), "is on, and needs no password"),
    ],
)
def test_the_finding_says_who_comes_in(hcl, found, messages):
    assert messages(elasticache_no_authentication, hcl) == [found]
