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
MINE, STORE = "aws_elasticache_parameter_group.p.name", '"noeviction"'


@pytest.mark.parametrize(
    ("days", "status"), [("7", "passed"), ("0", "failed"), ("null", "failed"), ("var.days", "not_evaluated")]
)
def test_a_store_keeps_snapshots(days, status, statuses):
    found = statuses(elasticache_noeviction_without_snapshots, STACK % (STORE, MINE, days))
    assert found == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(
    ("eviction", "group"),
    [('"allkeys-lru"', MINE), ("var.eviction", MINE), (STORE, "null"), (STORE, '"made-elsewhere"')],
)
def test_what_is_not_known_to_be_a_store_is_not_judged(eviction, group, statuses):
    assert statuses(elasticache_noeviction_without_snapshots, STACK % (eviction, group, "0")) == {}


def test_the_finding_says_what_is_lost(messages):
    assert messages(elasticache_noeviction_without_snapshots, STACK % (STORE, '"p"', "0")) == [
        "evicts nothing (`noeviction`), and keeps no snapshot: what is lost stays lost"
    ]
