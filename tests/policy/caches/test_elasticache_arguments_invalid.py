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
def test_one_user_group_goes_with_encryption(groups, encrypted, status, statuses):
    hcl = GROUP % f"user_group_ids = {groups}\ntransit_encryption_enabled = {encrypted}"
    assert statuses(elasticache_arguments_invalid, hcl) == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(
    ("limit", "least", "most", "found"),
    [
        ("data_storage", "1", "5000", []),
        ("data_storage", "null", "10", []),
        ("data_storage", "0", "10", ["is 0, but ElastiCache takes 1 to 5000"]),
        ("data_storage", "1", "5001", ["is 5001, but ElastiCache takes 1 to 5000"]),
        ("data_storage", "20", "10", ["has a minimum of 20 above its maximum of 10"]),
        ("ecpu_per_second", "1000", "15000000", []),
        ("ecpu_per_second", "999", "5000", ["is 999, but ElastiCache takes 1000 to 15000000"]),
        ("ecpu_per_second", "var.least", "5000", ["`var.least` is not declared"]),
    ],
)
def test_limits_of_a_serverless_cache_are_in_range(limit, least, most, found, messages):
    assert messages(elasticache_arguments_invalid, SERVERLESS % (LIMIT % (limit, least, most))) == found


@pytest.mark.parametrize(
    ("time", "found"),
    [('"02:00"', []), ('"25:00"', ["is `25:00`, which is not a time in UTC, such as `02:00`"])],
)
def test_a_serverless_cache_has_its_snapshot_at_a_time(time, found, messages):
    assert messages(elasticache_arguments_invalid, SERVERLESS % f"daily_snapshot_time = {time}") == found


def test_the_finding_stands_at_the_argument(results):
    (result,) = results(elasticache_arguments_invalid, SERVERLESS % (LIMIT % ("data_storage", "0", "10")))
    assert [each.path for each in result.findings] == ["cache_usage_limits.0.data_storage.0.minimum"]
