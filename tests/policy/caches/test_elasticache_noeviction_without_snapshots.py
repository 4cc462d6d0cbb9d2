import pytest

from plainwork_policies.caches.elasticache_noeviction_without_snapshots import elasticache_noeviction_without_snapshots

STACK = """resource "aws_elasticache_parameter_group" "p" {
  name   = "p"
  family = "valkey8"
  parameter {
    name  = "maxmemory-policy"
    value = %s
  }
}
resource "aws_elasticache_replication_group" "x" {
  parameter_group_name     = %s
  snapshot_retention_limit = %s
}
"""
MINE, NO_EVICTION = "aws_elasticache_parameter_group.p.name", '"noeviction"'


@pytest.mark.parametrize(
    ("days", "status"), [("7", "passed"), ("0", "failed"), ("null", "failed"), ("var.days", "not_evaluated")]
)
def test_a_cache_that_evicts_nothing_has_snapshots(days, status, statuses):
    found = statuses(elasticache_noeviction_without_snapshots, STACK % (NO_EVICTION, MINE, days))
    assert found == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(
    ("eviction", "group"),
    [('"allkeys-lru"', MINE), (NO_EVICTION, "null"), (NO_EVICTION, '"default.valkey8"')],
)
def test_a_cache_that_evicts_keys_is_not_checked(eviction, group, statuses):
    assert statuses(elasticache_noeviction_without_snapshots, STACK % (eviction, group, "0")) == {}


@pytest.mark.parametrize(("days", "status"), [("0", "not_evaluated"), ("7", "passed")])
@pytest.mark.parametrize(
    ("eviction", "group"), [("var.eviction", MINE), (NO_EVICTION, '"made-elsewhere"'), (NO_EVICTION, "var.group")]
)
def test_an_unknown_eviction_counts_without_snapshots(eviction, group, days, status, statuses):
    found = statuses(elasticache_noeviction_without_snapshots, STACK % (eviction, group, days))
    assert found == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(("days", "state"), [("0", "`0`"), ("null", "not set")])
def test_the_finding_has_the_retention(days, state, messages):
    (message,) = messages(elasticache_noeviction_without_snapshots, STACK % (NO_EVICTION, '"p"', days))
    assert f"`snapshot_retention_limit` is {state}" in message
