import pytest

from plainwork_policies.caches.elasticache_unencrypted import elasticache_unencrypted

GROUP = """resource "aws_elasticache_replication_group" "x" {
  engine                     = %s
  transit_encryption_enabled = %s
  at_rest_encryption_enabled = %s
}
"""
CLUSTER = 'resource "aws_elasticache_cluster" "x" {\n  %s\n}\n'
LONE = "is `%s` in a lone cluster: nothing is encrypted at rest, nor can be"
CLEAR, REST = "is %s: nothing is encrypted on the way", "is %s: nothing is encrypted at rest"


@pytest.mark.parametrize(
    ("engine", "transit", "rest", "found"),
    [
        ('"redis"', "true", "true", []),
        ('"redis"', '"true"', '"true"', []),
        ('"redis"', "null", "null", [CLEAR % "unset", REST % "unset"]),
        ("null", "true", "null", [REST % "unset"]),
        ('"valkey"', "null", "null", [CLEAR % "unset"]),
        ('"valkey"', "false", "false", [CLEAR % "false", REST % "false"]),
        ("var.engine", "true", "null", ["`var.engine` is not declared"]),
        ("var.engine", "true", "true", []),
        ('"valkey"', "var.tls", "true", ["`var.tls` is not declared"]),
    ],
)
def test_a_cache_is_encrypted_both_ways(engine, transit, rest, found, messages):
    assert messages(elasticache_unencrypted, GROUP % (engine, transit, rest)) == found


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ('engine = "redis"', [CLEAR % "unset", LONE % "redis"]),
        ('engine = "valkey"\n  transit_encryption_enabled = false', [CLEAR % "false", LONE % "valkey"]),
        ('engine = "redis"\n  transit_encryption_enabled = true', [LONE % "redis"]),
        ('engine = "redis"\n  transit_encryption_enabled = var.tls', [LONE % "redis"]),
        ("engine = var.engine", ["`var.engine` is not declared"]),
        ('engine = "memcached"', []),
        ('replication_group_id = "sessions"', []),
    ],
)
def test_a_lone_cluster_cannot_be(arguments, found, messages):
    assert messages(elasticache_unencrypted, CLUSTER % arguments) == found


def test_a_serverless_cache_always_is(statuses):
    assert statuses(elasticache_unencrypted, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
