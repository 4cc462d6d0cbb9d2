import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from plainwork_core.aws.elasticache import REDIS_VERSIONS, VALKEY_VERSIONS


@pytest.mark.skipif(find_spec("cfnlint") is None, reason="cfn-lint, a dependency of moto, is not installed")
def test_the_versions_are_those_that_elasticache_lists():
    """cfn-lint takes its list from `DescribeCacheEngineVersions`; before Redis 6 AWS no longer lists all versions."""
    schema = Path(find_spec("cfnlint").origin).parent / "data/schemas/extensions/aws_elasticache_cachecluster"
    rules = json.loads((schema / "engine_version.json").read_text())["allOf"][1:]
    listed = {rule["if"]["properties"]["Engine"]["const"]: rule["then"]["properties"] for rule in rules}
    versions = {engine: properties["EngineVersion"]["enum"] for engine, properties in listed.items()}
    assert [version for version in versions["redis"] if version >= "6"] == list(REDIS_VERSIONS)
    assert versions["valkey"] == list(VALKEY_VERSIONS)
