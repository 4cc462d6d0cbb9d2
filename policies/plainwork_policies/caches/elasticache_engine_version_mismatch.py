"""ElastiCache engine, version and parameter group family do not match.

What: An `aws_elasticache_replication_group` that runs `valkey` without an `engine_version`, with a version that its
    engine does not have, or with a parameter group of another family. An `aws_elasticache_serverless_cache` whose
    `major_engine_version` is not a major version of its engine.
Why: Engine, version and parameter group family depend on each other. `terraform plan` accepts other combinations.
    ElastiCache rejects them during apply or during an upgrade.
Remedy: Set `engine`, `engine_version` and a parameter group of the same family.
Limitations: Versions that are not released, or that a Region does not offer, are not detected. Secondaries of a global
    datastore are not checked, because the datastore determines their engine.
"""

from __future__ import annotations

import re

from plainwork_core.aws.elasticache import FIRST_VALKEY_VERSION, LAST_REDIS_VERSION
from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.caches.subjects import (
    DEFAULT_PARAMETER_GROUP,
    GROUP,
    SERVERLESS,
    engine,
    has_own_settings,
    parameter_group,
)

_REDIS_WITH_MINOR = 6
_VERSION = re.compile(r"(?P<major>\d+)\.(?P<minor>\d+|x)(?:\.\d+)?")


@policy(
    "PLW_CACHE_001",
    "elasticache-engine-version-mismatch",
    severity="medium",
    on=(GROUP, SERVERLESS),
    where=has_own_settings,
    aliases=("engine-version-mismatch",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",),
)
def elasticache_engine_version_mismatch(cache: Resource) -> Findings:
    """Compare the engine with the version and the parameter group."""
    yield from _major_version_problems(cache) if cache.type == SERVERLESS else _version_problems(cache)


def _major_version_problems(cache: Resource) -> Findings:
    argument, name = cache["major_engine_version"], engine(cache)
    version = argument.string(default=None)
    if version is not None and (not version.isdigit() or (name == "redis" and version != "7")):
        message = f"`major_engine_version` is `{version}`, which is not a major version of `{name}`"
        example = "7" if name == "redis" else "8"
        yield argument.fail(message, remedy=f'Set `major_engine_version` to a major version, such as `"{example}"`.')


def _version_problems(cache: Resource) -> Findings:
    name, argument = engine(cache), cache["engine_version"]
    version = argument.string(default=None)
    if rule := _broken_rule(name, version):
        remedy = 'Set `engine_version` to a version of the engine, such as `"8.1"` with `engine = "valkey"`.'
        yield argument.fail(f"`engine_version` is {argument.state}; {rule}", remedy=remedy)
    else:
        yield from _family_problems(cache, name, version)


def _broken_rule(name: str, version: str | None) -> str | None:
    if version is None:
        return "`valkey` requires a version" if name == "valkey" else None
    if name not in ("valkey", "redis"):
        return None
    if (found := _VERSION.fullmatch(version)) is None:
        return "a version has a major and a minor number, such as `8.1`"
    number = (int(found["major"]), int(found["minor"]) if found["minor"].isdigit() else 0)
    if name == "redis":
        return "the last version of `redis` is `7.1`" if number > LAST_REDIS_VERSION else None
    if number < FIRST_VALKEY_VERSION.number:
        return f"the first version of `valkey` is `{FIRST_VALKEY_VERSION.engine_version}`"
    has_other_form = version.count(".") > 1 or found["minor"] == "x"
    return "a version of `valkey` has a major and a minor number, such as `8.1`" if has_other_form else None


def _family_problems(cache: Resource, name: str, version: str | None) -> Findings:
    family, required = _family(cache), _required_family(name, version)
    if family is None or re.fullmatch(required, family):
        return
    runs, expected = f"`{name}` `{version}`", f"family `{_shown(required)}`"
    if version is None:
        runs, expected = f"`{name}`", f"a family of `{name}`"
    yield cache["parameter_group_name"].fail(
        f"parameter group family is `{family}`, but {runs} requires {expected}",
        value=family,
        remedy=f"Set `parameter_group_name` to a parameter group of {expected}.",
    )


def _family(cache: Resource) -> str | None:
    group = parameter_group(cache)
    if group is not None:
        return group["family"].string(default=None)
    name = cache["parameter_group_name"].string(default=None)
    return name and name.removeprefix(DEFAULT_PARAMETER_GROUP).removesuffix(".cluster.on")


def _required_family(name: str, version: str | None) -> str:
    """Return the pattern of the parameter group families of a version."""
    if version is None:
        return rf"{re.escape(name)}\d.*"
    major, _, rest = version.partition(".")
    if name == "valkey" or (name == "redis" and int(major) > _REDIS_WITH_MINOR):
        return f"{name}{major}"
    minor = "x" if name == "redis" and int(major) == _REDIS_WITH_MINOR else rest.partition(".")[0]
    return rf"{re.escape(name)}{major}\.{minor}"


def _shown(pattern: str) -> str:
    return pattern.replace("\\", "")
