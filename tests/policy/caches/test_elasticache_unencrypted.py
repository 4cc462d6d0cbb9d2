import pytest

from plainwork_policies.caches.elasticache_unencrypted import elasticache_unencrypted

GROUP = """resource "aws_elasticache_replication_group" "x" {
  engine                     = %s
  transit_encryption_enabled = %s
  at_rest_encryption_enabled = %s
}
"""
CLUSTER = 'resource "aws_elasticache_cluster" "x" {\n  %s\n}\n'
STANDALONE = "`engine` is `%s`; an `aws_elasticache_cluster` does not support encryption at rest"
TRANSIT, REST = "`transit_encryption_enabled` is %s", "`at_rest_encryption_enabled` is %s"


@pytest.mark.parametrize(
    ("engine", "transit", "rest", "found"),
    [
        ('"redis"', "true", "true", []),
        ('"redis"', '"true"', '"true"', []),
        ('"redis"', "null", "null", [TRANSIT % "not set", REST % "not set"]),
        ("null", "true", "null", [REST % "not set"]),
        ('"valkey"', "null", "null", [TRANSIT % "not set"]),
        ('"valkey"', "false", "false", [TRANSIT % "`false`", REST % "`false`"]),
        ("var.engine", "true", "null", ["`var.engine` is not declared"]),
        ("var.engine", "true", "true", []),
        ('"valkey"', "var.tls", "true", ["`var.tls` is not declared"]),
    ],
)
def test_a_replication_group_is_encrypted_in_transit_and_at_rest(engine, transit, rest, found, messages):
    reported = messages(elasticache_unencrypted, GROUP % (engine, transit, rest))
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ('engine = "redis"', [TRANSIT % "not set", STANDALONE % "redis"]),
        ('engine = "valkey"\n  transit_encryption_enabled = false', [TRANSIT % "`false`", STANDALONE % "valkey"]),
        ('engine = "redis"\n  transit_encryption_enabled = true', [STANDALONE % "redis"]),
        ('engine = "redis"\n  transit_encryption_enabled = var.tls', [STANDALONE % "redis"]),
        ("engine = var.engine", ["`var.engine` is not declared"]),
        ('engine = "memcached"', []),
        ('replication_group_id = "sessions"', []),
    ],
)
def test_a_standalone_cluster_cannot_be_encrypted_at_rest(arguments, found, messages):
    reported = messages(elasticache_unencrypted, CLUSTER % arguments)
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


def test_a_serverless_cache_is_not_checked(statuses):
    assert statuses(elasticache_unencrypted, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
