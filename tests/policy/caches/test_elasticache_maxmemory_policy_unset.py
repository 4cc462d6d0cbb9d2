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
def test_somebody_says_what_is_evicted(parameters, expected, status):
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
def test_a_default_group_decides_nothing(name, expected, status):
    assert status(PARAMETER % ('"maxmemory-policy"', '"allkeys-lru"'), name) == expected


def test_the_finding_names_the_group(messages):
    assert messages(elasticache_maxmemory_policy_unset, PARAMETERS % "" + GROUP % MINE) == [
        (
            "takes `aws_elasticache_parameter_group.p`, which leaves `maxmemory-policy` at `volatile-lru`: nobody "
            "decided what is evicted"
        )
    ]


def test_a_serverless_cache_has_nothing_to_decide(statuses):
    assert statuses(elasticache_maxmemory_policy_unset, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
