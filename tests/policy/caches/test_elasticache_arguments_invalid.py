import pytest

from plainwork_policies.caches.elasticache_arguments_invalid import elasticache_arguments_invalid

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n%s\n}\n'
SERVERLESS = 'resource "aws_elasticache_serverless_cache" "x" {\n%s\n}\n'
LIMIT = "cache_usage_limits {\n  %s {\n    minimum = %s\n    maximum = %s\n  }\n}"


@pytest.mark.parametrize(
    ("argument", "value", "status"),
    [
        ("node_type", '"cache.r7g.large"', "passed"),
        ("node_type", '"cache.t4g.micro"', "passed"),
        ("node_type", '"cache.c7gn.xlarge"', "passed"),
        ("node_type", '"r7g.large"', "failed"),
        ("node_type", '"cache.large"', "failed"),
        ("node_type", "var.type", "not_evaluated"),
    ],
)
def test_a_node_type_has_a_form(argument, value, status, statuses):
    hcl = GROUP % f"{argument} = {value}"
    assert statuses(elasticache_arguments_invalid, hcl) == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(
    ("groups", "encrypted", "status"),
    [
        ('["a"]', "true", "passed"),
        ('["a"]', "false", "failed"),
        ('["a"]', "null", "failed"),
        ("[aws_elasticache_user_group.a.id]", "null", "failed"),
        ('["a", "b"]', "true", "failed"),
        ("[]", "null", "passed"),
        ("null", "null", "passed"),
        ('["a"]', "var.encrypted", "not_evaluated"),
        ("var.groups", "false", "not_evaluated"),
        ("var.groups", "true", "passed"),
    ],
)
def test_one_user_group_requires_encryption_in_transit(groups, encrypted, status, statuses):
    hcl = GROUP % f"user_group_ids = {groups}\ntransit_encryption_enabled = {encrypted}"
    assert statuses(elasticache_arguments_invalid, hcl) == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(
    ("limit", "minimum", "maximum", "found"),
    [
        ("data_storage", "1", "5000", []),
        ("data_storage", "null", "10", []),
        ("data_storage", "0", "10", ["`minimum` of `data_storage` is `0`; the range is 1 to 5000"]),
        ("data_storage", "1", "5001", ["`maximum` of `data_storage` is `5001`; the range is 1 to 5000"]),
        ("data_storage", "20", "10", ["`minimum` (20) is greater than `maximum` (10) of `data_storage`"]),
        ("ecpu_per_second", "1000", "15000000", []),
        ("ecpu_per_second", "999", "5000", ["`minimum` of `ecpu_per_second` is `999`; the range is 1000 to 15000000"]),
        ("ecpu_per_second", "var.minimum", "5000", ["`var.minimum` is not declared"]),
    ],
)
def test_limits_of_a_serverless_cache_are_in_range(limit, minimum, maximum, found, messages):
    reported = messages(elasticache_arguments_invalid, SERVERLESS % (LIMIT % (limit, minimum, maximum)))
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


@pytest.mark.parametrize(
    ("time", "expected"),
    [('"02:00"', "passed"), ('"25:00"', "failed"), ("var.time", "not_evaluated")],
)
def test_a_snapshot_time_has_a_form(time, expected, statuses):
    hcl = SERVERLESS % f"daily_snapshot_time = {time}"
    assert statuses(elasticache_arguments_invalid, hcl) == {"aws_elasticache_serverless_cache.x": expected}


def test_the_finding_has_the_path_of_the_argument(results):
    (result,) = results(elasticache_arguments_invalid, SERVERLESS % (LIMIT % ("data_storage", "0", "10")))
    assert [finding.path for finding in result.findings] == ["cache_usage_limits.0.data_storage.0.minimum"]


CLUSTER = 'resource "aws_elasticache_cluster" "x" {\n  engine = "redis"\n%s\n}\n'


@pytest.mark.parametrize("cache", [GROUP, CLUSTER])
@pytest.mark.parametrize(
    ("snapshots", "maintenance", "status"),
    [
        ('"03:00-04:00"', '"sun:04:00-sun:05:00"', "passed"),
        ('"03:00-05:00"', '"sun:04:00-sun:05:00"', "failed"),
        ('"23:30-00:30"', '"Mon:00:00-Mon:01:00"', "failed"),
        ('"00:00-01:00"', '"sun:23:30-mon:00:30"', "failed"),
        ('"03:00-05:00"', "null", "passed"),
        ("null", '"sun:04:00-sun:05:00"', "passed"),
        ('"soon"', '"sun:04:00-sun:05:00"', "passed"),
        ('"03:00-05:00"', "var.window", "not_evaluated"),
        ("var.window", '"sun:04:00-sun:05:00"', "not_evaluated"),
    ],
)
def test_snapshots_are_outside_the_maintenance_window(cache, snapshots, maintenance, status, statuses):
    hcl = cache % f"snapshot_window = {snapshots}\nmaintenance_window = {maintenance}"
    assert list(statuses(elasticache_arguments_invalid, hcl).values()) == [status]


def test_the_finding_has_both_windows(messages):
    hcl = GROUP % 'snapshot_window = "03:00-05:00"\nmaintenance_window = "sun:04:00-sun:05:00"'
    (message,) = messages(elasticache_arguments_invalid, hcl)
    assert message == "`snapshot_window` is `03:00-05:00`, which overlaps `maintenance_window` `sun:04:00-sun:05:00`"


def test_a_cluster_has_a_valid_node_type(statuses):
    hcl = CLUSTER % 'node_type = "r7g.large"'
    assert statuses(elasticache_arguments_invalid, hcl) == {"aws_elasticache_cluster.x": "failed"}
