import pytest

from plainwork_policies.caches.elasticache_serverless_limits_missing import elasticache_serverless_limits_missing

CACHE = 'resource "aws_elasticache_serverless_cache" "x" {\n%s}\n'
LIMITS = "cache_usage_limits {\n%s}\n"
DATA, UNITS = "data_storage {\n  maximum = %s\n}\n", "ecpu_per_second {\n  maximum = %s\n}\n"
NO_DATA, NO_UNITS = "`maximum` of `data_storage` is not set", "`maximum` of `ecpu_per_second` is not set"


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (LIMITS % (DATA % "10" + UNITS % "5000"), []),
        (LIMITS % (DATA % "10"), [NO_UNITS]),
        (LIMITS % (UNITS % "5000"), [NO_DATA]),
        (LIMITS % ("data_storage {\n  minimum = 1\n}\n" + UNITS % "5000"), [NO_DATA]),
        (LIMITS % (DATA % "var.maximum" + UNITS % "5000"), ["`var.maximum` is not declared"]),
        ("", [NO_DATA, NO_UNITS]),
    ],
)
def test_a_serverless_cache_has_both_limits(limits, found, messages):
    reported = messages(elasticache_serverless_limits_missing, CACHE % limits)
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


def test_a_replication_group_is_not_checked(statuses):
    assert (
        statuses(elasticache_serverless_limits_missing, 'resource "aws_elasticache_replication_group" "x" {}\n') == {}
    )
