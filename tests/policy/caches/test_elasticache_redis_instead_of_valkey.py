import pytest

from plainwork_policies.caches.elasticache_redis_instead_of_valkey import elasticache_redis_instead_of_valkey

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n  %s\n}\n'
SERVERLESS = 'resource "aws_elasticache_serverless_cache" "x" {\n  engine = %s\n}\n'
REDIS, DEFAULT = "`engine` is `redis`;", "`engine` is not set, which means `redis`;"


@pytest.mark.parametrize(
    ("hcl", "found"),
    [
        (GROUP % 'engine = "redis"', [REDIS]),
        (GROUP % "", [DEFAULT]),
        (GROUP % "engine = null", [DEFAULT]),
        (GROUP % 'engine = "valkey"', []),
        (GROUP % "engine = var.engine", ["`var.engine` is not declared"]),
        (SERVERLESS % '"redis"', [REDIS]),
        (SERVERLESS % '"valkey"', []),
        (SERVERLESS % '"memcached"', []),
    ],
)
def test_a_cache_runs_valkey(hcl, found, messages):
    reported = messages(elasticache_redis_instead_of_valkey, hcl)
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


def test_a_secondary_of_a_global_datastore_is_not_checked(statuses):
    secondary = GROUP % "global_replication_group_id = aws_elasticache_global_replication_group.g.id"
    assert statuses(elasticache_redis_instead_of_valkey, secondary) == {}


def test_a_cache_that_may_be_a_secondary_is_not_evaluated(statuses):
    hcl = GROUP % "global_replication_group_id = var.datastore"
    assert statuses(elasticache_redis_instead_of_valkey, hcl) == {
        "aws_elasticache_replication_group.x": "not_evaluated"
    }
