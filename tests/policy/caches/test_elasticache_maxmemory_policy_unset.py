import pytest

from plainwork_policies.caches.elasticache_maxmemory_policy_unset import elasticache_maxmemory_policy_unset

PARAMETERS = """resource "aws_elasticache_parameter_group" "p" {
  name   = "p"
  family = "valkey8"
%s
}
"""
GROUP = 'resource "aws_elasticache_replication_group" "x" {\n  parameter_group_name = %s\n}\n'
MINE = "aws_elasticache_parameter_group.p.name"
PARAMETER = "parameter {\n  name = %s\n  value = %s\n}\n"
DYNAMIC = 'dynamic "parameter" {\n  for_each = var.parameters\n  content {\n    name = parameter.key\n  }\n}\n'
OTHER = PARAMETER % ('"timeout"', '"60"')


@pytest.fixture
def status(statuses):
    def status(parameters, name=MINE):
        found = statuses(elasticache_maxmemory_policy_unset, PARAMETERS % parameters + GROUP % name)
        return found["aws_elasticache_replication_group.x"]

    return status


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (PARAMETER % ('"maxmemory-policy"', '"allkeys-lru"'), "passed"),
        (PARAMETER % ('"maxmemory-policy"', '"volatile-lru"'), "passed"),
        (PARAMETER % ('"maxmemory-policy"', "var.eviction"), "passed"),
        (OTHER + PARAMETER % ('"maxmemory-policy"', '"noeviction"'), "passed"),
        (OTHER, "failed"),
        ("", "failed"),
        (PARAMETER % ("var.name", '"a"'), "not_evaluated"),
        (DYNAMIC, "not_evaluated"),
        (DYNAMIC + PARAMETER % ('"maxmemory-policy"', '"allkeys-lru"'), "passed"),
    ],
)
def test_a_parameter_group_sets_maxmemory_policy(parameters, expected, status):
    assert status(parameters) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("null", "failed"),
        ('"default.valkey8"', "failed"),
        ('"made-elsewhere"', "not_evaluated"),
        ("var.name", "not_evaluated"),
    ],
)
def test_a_default_parameter_group_fails(name, expected, status):
    assert status(PARAMETER % ('"maxmemory-policy"', '"allkeys-lru"'), name) == expected


@pytest.mark.parametrize(
    ("name", "found"),
    [(MINE, "`aws_elasticache_parameter_group.p` does not set"), ("null", "the default parameter group")],
)
def test_the_finding_has_the_parameter_group(name, found, messages):
    (message,) = messages(elasticache_maxmemory_policy_unset, PARAMETERS % "" + GROUP % name)
    assert found in message
    assert "`maxmemory-policy`; the default is `volatile-lru`" in message


def test_a_serverless_cache_is_not_checked(statuses):
    assert statuses(elasticache_maxmemory_policy_unset, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
