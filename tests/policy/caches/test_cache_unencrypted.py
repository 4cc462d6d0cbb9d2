import pytest

from plainwork_policies.caches.cache_unencrypted import cache_unencrypted

GROUP = """resource "aws_elasticache_replication_group" "x" {
  engine                     = %s
  transit_encryption_enabled = %s
  at_rest_encryption_enabled = %s
}
"""
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
        ("var.engine", "true", "null", ["not evaluated: `var.engine` is not declared"]),
        ("var.engine", "true", "true", []),
        ('"valkey"', "var.tls", "true", ["not evaluated: `var.tls` is not declared"]),
    ],
)
def test_a_cache_is_encrypted_both_ways(engine, transit, rest, found, messages):
    assert messages(cache_unencrypted, GROUP % (engine, transit, rest)) == found


def test_a_serverless_cache_always_is(verdicts):
    assert verdicts(cache_unencrypted, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
