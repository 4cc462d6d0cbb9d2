import pytest

from plainwork_policies.caches.elasticache_failover_disabled import elasticache_failover_disabled

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n%s\n}\n'
SAFE = "automatic_failover_enabled = true\nmulti_az_enabled = true\n"


@pytest.mark.parametrize(
    ("nodes", "found"),
    [
        ("num_cache_clusters = 2", []),
        ("num_cache_clusters = 1", ["`num_cache_clusters` is `1`; no replica can be promoted"]),
        ("", ["`num_cache_clusters` is not set; no replica can be promoted"]),
        ('preferred_cache_cluster_azs = ["a", "b"]', []),
        ("num_node_groups = 2\nreplicas_per_node_group = 1", []),
        (
            "num_node_groups = 2\nreplicas_per_node_group = 0",
            ["`replicas_per_node_group` is `0`; no replica can be promoted"],
        ),
        ("num_node_groups = 2", []),
        ("number_cache_clusters = 1", []),
        ("cluster_mode {\n  num_node_groups = 2\n}", []),
        ("num_cache_clusters = var.nodes", ["`var.nodes` is not declared"]),
    ],
)
def test_a_replication_group_has_a_replica(nodes, found, messages):
    reported = messages(elasticache_failover_disabled, GROUP % (SAFE + nodes))
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


@pytest.mark.parametrize(
    ("failover", "zones", "found"),
    [
        ("true", "true", []),
        ('"true"', "true", []),
        ("true", "false", ["`multi_az_enabled` is `false`"]),
        ("null", "null", ["`automatic_failover_enabled` is not set", "`multi_az_enabled` is not set"]),
        ("var.failover", "true", ["`var.failover` is not declared"]),
    ],
)
def test_failover_and_multi_az_are_enabled(failover, zones, found, messages):
    arguments = f"num_cache_clusters = 3\nautomatic_failover_enabled = {failover}\nmulti_az_enabled = {zones}"
    reported = messages(elasticache_failover_disabled, GROUP % arguments)
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


def test_a_serverless_cache_is_not_checked(statuses):
    assert statuses(elasticache_failover_disabled, 'resource "aws_elasticache_serverless_cache" "x" {}\n') == {}
