import pytest

from plainwork_policies.caches.elasticache_eviction_alarm_missing import elasticache_eviction_alarm_missing

PROVIDER = 'provider "aws" {}\n'
CACHES = """provider "aws" {}
resource "aws_elasticache_replication_group" "x" {
  replication_group_id = %s
}
resource "aws_elasticache_replication_group" "other" {
  replication_group_id = "other"
}
"""
ALARM = 'resource "aws_cloudwatch_metric_alarm" "a" {\n%s\n}\n'
ON_NODE = 'metric_name = "Evictions"\ndimensions = { CacheClusterId = %s }'
QUERY = (
    'metric_query {\n  metric {\n    metric_name = "Evictions"\n    dimensions = { CacheClusterId = "x-001" }\n  }\n}'
)
ADDRESS = "aws_elasticache_replication_group.x"


@pytest.fixture
def status(statuses):
    return lambda alarm, id_='"x"': statuses(elasticache_eviction_alarm_missing, CACHES % id_ + ALARM % alarm)[ADDRESS]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ('"x-001"', "passed"),
        ('"x-0001-001"', "passed"),
        ('"x-${each.key}"', "passed"),
        ('"${aws_elasticache_replication_group.x.id}-001"', "passed"),
        ("tolist(aws_elasticache_replication_group.x.member_clusters)[0]", "passed"),
        ('"other-001"', "failed"),
        ('"other-${each.key}"', "failed"),
        ('"xy-001"', "failed"),
        ("aws_elasticache_replication_group.other.id", "failed"),
        ("each.value", "not_evaluated"),
        ("var.node", "not_evaluated"),
    ],
)
def test_an_alarm_belongs_to_a_cache_by_the_name_of_its_node(node, expected, status):
    assert status(ON_NODE % node) == expected


@pytest.mark.parametrize(
    ("alarm", "expected"),
    [
        (QUERY, "passed"),
        ('metric_name = "DatabaseMemoryUsagePercentage"\ndimensions = { CacheClusterId = "x-001" }', "passed"),
        ('metric_name = "FreeableMemory"\ndimensions = { CacheClusterId = "x-001" }', "passed"),
        ('metric_query {\n  expression = "SELECT SUM(Evictions) FROM SCHEMA(\\"AWS/ElastiCache\\")"\n}', "passed"),
        ('metric_query {\n  expression = "e1 / e2"\n}', "failed"),
        ('metric_name = "CPUUtilization"\ndimensions = { CacheClusterId = "x-001" }', "failed"),
        ('metric_name = "Evictions"', "failed"),
        ('metric_name = "Evictions"\ndimensions = var.dimensions', "not_evaluated"),
        ('metric_name = "Evictions"\ndimensions = ["x-001"]', "not_evaluated"),
        ('metric_name = "Evictions"\ndimensions = { CacheClusterId = ["x-001"] }', "not_evaluated"),
        ('metric_name = "Evictions"\ndimensions = { CacheClusterId = 7 }', "failed"),
        ("metric_query {\n  expression = 7\n}", "failed"),
        ('metric_name = var.metric\ndimensions = { CacheClusterId = "x-001" }', "not_evaluated"),
    ],
)
def test_an_alarm_is_on_evictions_or_memory(alarm, expected, status):
    assert status(alarm) == expected


@pytest.mark.parametrize(
    ("id_", "node", "expected"),
    [
        ('"${var.name}-cache"', '"${var.name}-cache-001"', "passed"),
        ('"a-${var.name}-cache"', '"a-other-001"', "not_evaluated"),
        ('"a-${var.name}-cache"', '"other-001"', "failed"),
        ("var.id", '"x-001"', "not_evaluated"),
    ],
)
def test_a_cache_with_a_partly_unknown_name_may_be_monitored(id_, node, expected, status):
    assert status(ON_NODE % node, id_) == expected


def test_the_finding_has_the_missing_resource_and_metric(messages):
    cache = 'resource "aws_elasticache_serverless_cache" "s" {\n  name = "s"\n}\n'
    (message,) = messages(elasticache_eviction_alarm_missing, PROVIDER + cache)
    assert "no `aws_cloudwatch_metric_alarm` in this stack monitors `Evictions`" in message


def test_a_module_that_receives_the_cache_may_define_the_alarm(status):
    module = '}\nmodule "alarms" {\n  source = "./alarms"\n  cache = aws_elasticache_replication_group.x.id\n'
    assert status(module) == "not_evaluated"


def test_a_serverless_cache_is_found_by_its_name(statuses):
    cache = 'resource "aws_elasticache_serverless_cache" "s" {\n  name = "s"\n}\n'
    alarm = ALARM % 'metric_name = "Evictions"\ndimensions = { clusterId = "s" }'
    assert statuses(elasticache_eviction_alarm_missing, cache + alarm) == {
        "aws_elasticache_serverless_cache.s": "passed"
    }


@pytest.mark.parametrize(
    ("engine", "node", "expected"),
    [
        ('"redis"', '"s"', {"aws_elasticache_cluster.s": "passed"}),
        ('"redis"', "aws_elasticache_cluster.s.cluster_id", {"aws_elasticache_cluster.s": "passed"}),
        ('"redis"', '"other"', {"aws_elasticache_cluster.s": "failed"}),
        ("var.engine", '"other"', {"aws_elasticache_cluster.s": "not_evaluated"}),
        ("var.engine", '"s"', {"aws_elasticache_cluster.s": "passed"}),
        ('"memcached"', '"other"', {}),
        ("null", '"other"', {}),
    ],
)
def test_a_standalone_cluster_is_found_by_its_id(engine, node, expected, statuses):
    cluster = f'resource "aws_elasticache_cluster" "s" {{\n  cluster_id = "s"\n  engine = {engine}\n}}\n'
    assert statuses(elasticache_eviction_alarm_missing, PROVIDER + cluster + ALARM % (ON_NODE % node)) == expected


def test_the_alarm_may_be_defined_by_the_caller_of_a_module(statuses):
    assert (
        statuses(elasticache_eviction_alarm_missing, CACHES.removeprefix(PROVIDER) % '"x"')[ADDRESS] == "not_evaluated"
    )
