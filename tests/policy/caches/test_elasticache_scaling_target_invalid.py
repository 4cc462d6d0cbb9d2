import pytest

from plainwork_policies.caches.elasticache_scaling_target_invalid import elasticache_scaling_target_invalid

CACHE = """resource "aws_elasticache_replication_group" "x" {
  replication_group_id = "x"
  node_type            = %s
  %s
}
"""
TARGET = """resource "aws_appautoscaling_target" "t" {
  service_namespace  = %(namespace)s
  scalable_dimension = %(dimension)s
  resource_id        = %(resource)s
}
"""
RIGHT = {
    "namespace": '"elasticache"',
    "dimension": '"elasticache:replication-group:NodeGroups"',
    "resource": '"replication-group/${aws_elasticache_replication_group.x.id}"',
}
LARGE, SHARDS = '"cache.r7g.large"', "num_node_groups = 2"


@pytest.fixture
def status(statuses):
    def status(node_type=LARGE, shards=SHARDS, **change):
        return statuses(elasticache_scaling_target_invalid, CACHE % (node_type, shards) + TARGET % (RIGHT | change))

    return status


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "passed"),
        ({"dimension": '"elasticache:replication-group:Replicas"'}, "passed"),
        ({"dimension": '"elasticache:replication-group:Shards"'}, "failed"),
        ({"dimension": "var.dimension"}, "not_evaluated"),
        ({"namespace": '"redis"'}, "failed"),
        ({"resource": '"cluster/x"'}, "failed"),
        ({"resource": "var.resource"}, "passed"),
    ],
)
def test_a_target_names_what_there_is(change, expected, status):
    assert status(**change) == {"aws_appautoscaling_target.t": expected}


@pytest.mark.parametrize("resource", [RIGHT["resource"], '"replication-group/x"'])
@pytest.mark.parametrize(
    ("node_type", "shards", "expected"),
    [
        (LARGE, SHARDS, "passed"),
        (LARGE, "", "passed"),
        ('"cache.t4g.medium"', SHARDS, "failed"),
        ("var.node_type", SHARDS, "not_evaluated"),
        (LARGE, "num_cache_clusters = 2", "failed"),
    ],
)
def test_a_cache_scales_that_has_shards_of_nodes_that_do(node_type, shards, expected, resource, status):
    assert status(node_type, shards, resource=resource) == {"aws_appautoscaling_target.t": expected}


def test_another_cache_is_not_the_one_that_scales(status):
    found = status('"cache.t4g.medium"', resource='"replication-group/y"')
    assert found == {"aws_appautoscaling_target.t": "passed"}


def test_a_target_of_another_service_is_not_judged(status):
    other = {"namespace": '"ecs"', "dimension": '"ecs:service:DesiredCount"', "resource": '"service/a/b"'}
    assert status(**other) == {}


def test_each_finding_says_what_does_not_scale(messages):
    hcl = CACHE % ('"cache.t4g.medium"', "num_cache_clusters = 2") + TARGET % RIGHT
    assert messages(elasticache_scaling_target_invalid, hcl) == [
        "is `aws_elasticache_replication_group.x`, of `cache.t4g.medium`: ElastiCache does not scale burstable nodes",
        "is `aws_elasticache_replication_group.x`, which has no shards: ElastiCache scales with cluster mode only",
    ]
