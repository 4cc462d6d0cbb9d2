import pytest

from plainwork.valkey import Valkey
from plainwork_policies.caches.elasticache_engine_version_mismatch import elasticache_engine_version_mismatch

GROUP = 'resource "aws_elasticache_replication_group" "x" {\n%s\n}\n'
PARAMETERS = 'resource "aws_elasticache_parameter_group" "p" {\n  name = "p"\n  family = %s\n}\n'
SERVERLESS = 'resource "aws_elasticache_serverless_cache" "x" {\n%s\n}\n'
VALKEY_8 = 'engine = "valkey"\nengine_version = "8.1"\n'
MINE = "parameter_group_name = aws_elasticache_parameter_group.p.name"


@pytest.fixture
def status(statuses):
    return lambda hcl: statuses(elasticache_engine_version_mismatch, hcl)["aws_elasticache_replication_group.x"]


@pytest.mark.parametrize(
    ("engine", "version", "expected"),
    [
        ('"valkey"', '"7.2"', "passed"),
        ('"valkey"', '"9.1"', "passed"),
        ('"valkey"', "null", "failed"),
        ('"valkey"', '"6.2"', "failed"),
        ('"valkey"', '"7.1"', "failed"),
        ('"valkey"', '"8.x"', "failed"),
        ('"valkey"', '"8"', "failed"),
        ('"valkey"', '"7.2.6"', "failed"),
        ('"valkey"', '"7.3"', "failed"),
        ('"valkey"', '"10.0"', "passed"),
        ('"redis"', '"7.1"', "passed"),
        ('"redis"', '"6.x"', "passed"),
        ('"redis"', '"5.0.6"', "passed"),
        ('"redis"', '"6.2"', "passed"),
        ('"redis"', '"6.9"', "failed"),
        ('"redis"', '"8.0"', "failed"),
        ('"redis"', "null", "passed"),
        ("null", '"7.2"', "failed"),
        ("var.engine", '"8.1"', "not_evaluated"),
        ('"valkey"', "var.version", "not_evaluated"),
    ],
)
def test_a_version_belongs_to_its_engine(engine, version, expected, status):
    assert status(GROUP % f"engine = {engine}\nengine_version = {version}") == expected


@pytest.mark.parametrize("version", Valkey)
def test_every_version_of_the_constructs_passes_with_its_parameter_family(version, status):
    group = f'engine = "valkey"\nengine_version = "{version.engine_version}"\n{MINE}'
    assert status(PARAMETERS % f'"{version.family}"' + GROUP % group) == "passed"


@pytest.mark.parametrize(
    ("engine", "version", "family", "expected"),
    [
        ("valkey", "8.1", '"valkey8"', "passed"),
        ("valkey", "8.1", '"valkey7"', "failed"),
        ("valkey", "7.2", '"redis7"', "failed"),
        ("valkey", "8.1", '"foo"', "failed"),
        ("valkey", "8.1", "var.family", "not_evaluated"),
        ("redis", "7.1", '"redis7"', "passed"),
        ("redis", "6.2", '"redis6.x"', "passed"),
        ("redis", "5.0.6", '"redis5.0"', "passed"),
        ("redis", "7.0", '"redis6.x"', "failed"),
    ],
)
def test_a_parameter_group_has_the_family_of_the_version(engine, version, family, expected, status):
    group = GROUP % f'engine = "{engine}"\nengine_version = "{version}"\n{MINE}'
    assert status(PARAMETERS % family + group) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('"p"', "passed"),
        ('"default.valkey8"', "passed"),
        ('"default.valkey8.cluster.on"', "passed"),
        ('"default.redis7"', "failed"),
        ('"default.${var.family}"', "not_evaluated"),
        ('"made-elsewhere"', "not_evaluated"),
        ("var.name", "not_evaluated"),
    ],
)
def test_a_parameter_group_is_found_by_its_name(name, expected, status):
    assert status(PARAMETERS % '"valkey8"' + GROUP % f"{VALKEY_8}parameter_group_name = {name}") == expected


@pytest.mark.parametrize(
    ("family", "expected"), [('"redis7"', "passed"), ('"redis6.x"', "passed"), ('"valkey8"', "failed")]
)
def test_without_a_version_the_engine_is_compared(family, expected, status):
    assert status(PARAMETERS % family + GROUP % f'engine = "redis"\n{MINE}') == expected


@pytest.mark.parametrize(
    ("engine", "version", "expected"),
    [
        ("valkey", '"8"', "passed"),
        ("valkey", "null", "passed"),
        ("valkey", '"8.1"', "failed"),
        ("redis", '"7"', "passed"),
        ("redis", '"8"', "failed"),
        ("memcached", '"1.6"', "passed"),
        ("memcached", '"1.6.22"', "failed"),
        ("memcached", '"1.4"', "failed"),
        ("valkey", '"6"', "failed"),
        ("valkey", '"10"', "passed"),
        ("valkey", "var.version", "not_evaluated"),
    ],
)
def test_a_serverless_cache_has_a_major_version(engine, version, expected, statuses):
    hcl = SERVERLESS % f'engine = "{engine}"\nmajor_engine_version = {version}'
    assert statuses(elasticache_engine_version_mismatch, hcl) == {"aws_elasticache_serverless_cache.x": expected}


def test_a_secondary_of_a_global_datastore_is_not_checked(statuses):
    hcl = GROUP % "global_replication_group_id = aws_elasticache_global_replication_group.g.id"
    assert statuses(elasticache_engine_version_mismatch, hcl) == {}


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ('engine = "valkey"', "`engine_version` is not set; `valkey` requires a version"),
        (f"{VALKEY_8}{MINE}", "parameter group family is `redis7`, but `valkey` `8.1` requires family `valkey8`"),
        (
            'engine = "redis"\nengine_version = "8.0"',
            "`engine_version` is `8.0`; the last versions of `redis` are `6.0`",
        ),
        (
            'engine = "valkey"\nengine_version = "6.2"',
            "`engine_version` is `6.2`; the versions of `valkey` are `7.2`, `8.0`",
        ),
    ],
)
def test_the_finding_has_the_argument_the_value_and_the_rule(arguments, found, messages):
    (message,) = messages(elasticache_engine_version_mismatch, PARAMETERS % '"redis7"' + GROUP % arguments)
    assert found in message


def test_the_finding_of_a_serverless_cache_has_the_major_versions(messages):
    hcl = SERVERLESS % 'engine = "valkey"\nmajor_engine_version = "8.1"'
    (message,) = messages(elasticache_engine_version_mismatch, hcl)
    assert message == "`major_engine_version` is `8.1`; the major versions of `valkey` are `7`, `8` and `9`"
