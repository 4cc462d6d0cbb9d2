import pytest

from plainwork_policies.caches.elasticache_serverless_limits_missing import elasticache_serverless_limits_missing

CACHE = 'resource "aws_elasticache_serverless_cache" "x" {\n%s}\n'
LIMITS = "cache_usage_limits {\n%s}\n"
DATA, UNITS = "data_storage {\n  maximum = %s\n}\n", "ecpu_per_second {\n  maximum = %s\n}\n"
NO_DATA, NO_UNITS = "has no maximum for what it stores", "has no maximum for its units a second"


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (LIMITS % (DATA % "10" + UNITS % "5000"), []),
        (LIMITS % (DATA % "10"), [NO_UNITS]),
        (LIMITS % (UNITS % "5000"), [NO_DATA]),
        (LIMITS % ("data_storage {\n  minimum = 1\n}\n" + UNITS % "5000"), [NO_DATA]),
        (LIMITS % (DATA % "var.most" + UNITS % "5000"), ["`var.most` is not declared"]),
        ("", [NO_DATA, NO_UNITS]),
    ],
)
def test_a_serverless_cache_has_both_limits(limits, found, messages):
    assert messages(elasticache_serverless_limits_missing, CACHE % limits) == found


def test_nodes_have_a_size_of_their_own(statuses):
    assert (
        statuses(elasticache_serverless_limits_missing, 'resource "aws_elasticache_replication_group" "x" {}\n') == {}
    )
