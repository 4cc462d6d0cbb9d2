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
        ({"dimension": "var.dimension"}, "not_evaluated"),
        ({"resource": '"cluster/x"'}, "failed"),
        ({"resource": '"cache-cluster/x"'}, "failed"),
        ({"dimension": '"elasticache:cache-cluster:Nodes"', "resource": '"cache-cluster/x"'}, "passed"),
        ({"dimension": '"elasticache:cache-cluster:Nodes"'}, "failed"),
        ({"dimension": "var.dimension", "resource": '"cache-cluster/x"'}, "not_evaluated"),
        ({"resource": "var.resource"}, "not_evaluated"),
    ],
)
def test_the_arguments_of_a_target_are_valid(change, expected, status):
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
def test_a_cache_needs_node_groups_and_a_node_type_that_can_scale(node_type, shards, expected, resource, status):
    assert status(node_type, shards, resource=resource) == {"aws_appautoscaling_target.t": expected}


def test_another_cache_is_not_checked(status):
    found = status('"cache.t4g.medium"', resource='"replication-group/y"')
    assert found == {"aws_appautoscaling_target.t": "passed"}


def test_a_target_of_another_service_is_not_checked(status):
    other = {"namespace": '"ecs"', "dimension": '"ecs:service:DesiredCount"', "resource": '"service/a/b"'}
    assert status(**other) == {}


def test_each_finding_has_the_replication_group(messages):
    hcl = CACHE % ('"cache.t4g.medium"', "num_cache_clusters = 2") + TARGET % RIGHT
    node_type, mode = messages(elasticache_scaling_target_invalid, hcl)
    assert "`resource_id` is `aws_elasticache_replication_group.x` with node type `cache.t4g.medium`" in node_type
    assert "`resource_id` is `aws_elasticache_replication_group.x`, which has no node groups" in mode


def test_the_finding_has_the_valid_values(messages):
    hcl = CACHE % (LARGE, SHARDS) + TARGET % (RIGHT | {"resource": '"cache-cluster/x"'})
    (message,) = messages(elasticache_scaling_target_invalid, hcl)
    assert message == "`resource_id` is `cache-cluster/x`; a valid value begins with `replication-group/`"
