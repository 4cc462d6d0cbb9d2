import pytest

from plainwork_policies.caches.elasticache_transit_encryption_optional import elasticache_transit_encryption_optional

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n%s\n}\n'


@pytest.mark.parametrize(
    ("mode", "encryption", "status"),
    [
        ('"required"', "true", "passed"),
        ("null", "true", "passed"),
        ('"preferred"', "true", "failed"),
        ('"preferred"', "false", "passed"),
        ('"preferred"', "null", "passed"),
        ("var.mode", "true", "not_evaluated"),
        ('"preferred"', "var.encryption", "not_evaluated"),
    ],
)
def test_encryption_in_transit_is_required(mode, encryption, status, statuses):
    hcl = GROUP % f"transit_encryption_mode = {mode}\ntransit_encryption_enabled = {encryption}"
    assert list(statuses(elasticache_transit_encryption_optional, hcl).values()) == [status]


def test_the_finding_has_the_mode(messages):
    hcl = GROUP % 'transit_encryption_mode = "preferred"\ntransit_encryption_enabled = true'
    (message,) = messages(elasticache_transit_encryption_optional, hcl)
    assert message == "`transit_encryption_mode` is `preferred`; the cache also accepts connections without TLS"
