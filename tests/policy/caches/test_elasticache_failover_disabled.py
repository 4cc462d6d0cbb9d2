import pytest

from plainwork_policies.caches.elasticache_failover_disabled import elasticache_failover_disabled

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n%s\n}\n'
SAFE = "automatic_failover_enabled = true\nmulti_az_enabled = true\n"
ONE = "has one node: nothing takes over when %s is gone"


@pytest.mark.parametrize(
    ("nodes", "found"),
    [
        ("num_cache_clusters = 2", []),
        ("num_cache_clusters = 1", [ONE % "it"]),
        ("", [ONE % "it"]),
        ('preferred_cache_cluster_azs = ["a", "b"]', []),
        ("num_node_groups = 2\nreplicas_per_node_group = 1", []),
        ("num_node_groups = 2\nreplicas_per_node_group = 0", [ONE % "each shard"]),
        ("num_node_groups = 2", []),
        ("number_cache_clusters = 1", []),
        ("cluster_mode {\n  num_node_groups = 2\n}", []),
        ("num_cache_clusters = var.nodes", ["`var.nodes` is not declared"]),
    ],
)
def test_there_is_a_node_to_take_over(nodes, found, messages):
    assert messages(elasticache_failover_disabled, GROUP % (SAFE + nodes)) == found


@pytest.mark.parametrize(
    ("failover", "zones", "found"),
    [
        ("true", "true", []),
        ('"true"', "true", []),
        ("true", "false", ["is off: all nodes may be in one zone"]),
        ("null", "null", ["is off: no replica takes over", "is off: all nodes may be in one zone"]),
        ("var.failover", "true", ["`var.failover` is not declared"]),
    ],
)
def test_it_takes_over_from_another_zone(failover, zones, found, messages):
    arguments = f"num_cache_clusters = 3\nautomatic_failover_enabled = {failover}\nmulti_az_enabled = {zones}"
    assert messages(elasticache_failover_disabled, GROUP % arguments) == found


def test_a_serverless_cache_is_in_several_zones(statuses):
    assert statuses(elasticache_failover_disabled, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
