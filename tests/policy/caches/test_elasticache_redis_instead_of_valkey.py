import pytest

from plainwork_policies.caches.elasticache_redis_instead_of_valkey import elasticache_redis_instead_of_valkey

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n  %s\n}\n'
SERVERLESS = 'resource "aws_elasticache_serverless_cache" "x" {\n  engine = %s\n}\n'
FOUND = "runs `redis`, where `valkey` costs less"


@pytest.mark.parametrize(
    ("hcl", "found"),
    [
        (GROUP % 'engine = "redis"', [FOUND]),
        (GROUP % "", [FOUND]),
        (GROUP % "engine = null", [FOUND]),
        (GROUP % 'engine = "valkey"', []),
        (GROUP % "engine = var.engine", ["`var.engine` is not declared"]),
        (SERVERLESS % '"redis"', [FOUND]),
        (SERVERLESS % '"valkey"', []),
        (SERVERLESS % '"memcached"', []),
    ],
)
def test_a_cache_runs_valkey(hcl, found, messages):
    assert messages(elasticache_redis_instead_of_valkey, hcl) == found


def test_a_secondary_of_a_global_datastore_takes_its_engine(statuses):
    secondary = GROUP % "global_replication_group_id = aws_elasticache_global_replication_group.g.id"
    assert statuses(elasticache_redis_instead_of_valkey, secondary) == {}
