"""ElastiCache engine, version and parameter group family do not match.

What: An `aws_elasticache_replication_group` that runs `valkey` without an `engine_version`, with a version that its
    engine does not have, or with a parameter group of another family. An `aws_elasticache_serverless_cache` whose
    `major_engine_version` is not a major version of its engine.
Why: Engine, version and parameter group family depend on each other. `terraform plan` accepts other combinations.
    ElastiCache rejects them during apply or during an upgrade.
Remedy: Set `engine`, `engine_version` and a parameter group of the same family.
Limitations: A version of Valkey or Memcached that is later than those of November 2026 passes. Versions of Redis before
    6 are not compared with a list. Whether a Region offers a version is not checked. Secondaries of a global datastore
    are not checked, because the datastore determines their engine.
"""

from __future__ import annotations

import re

from plainwork_core.aws.elasticache import (
    MAJOR_VERSIONS,
    REDIS_VERSIONS,
    VALKEY_VERSIONS,
    is_known_or_newer,
)
from plainwork_core.text import enumeration
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
    version, known = argument.string(default=None), MAJOR_VERSIONS.get(name)
    if version is None or known is None:
        return
    is_valid = version in known if name == "redis" else is_known_or_newer(version, known)
    if not is_valid:
        message = f"`major_engine_version` is `{version}`; the major versions of `{name}` are {enumeration(known)}"
        yield argument.fail(message, remedy=f'Set `major_engine_version` to a major version, such as `"{known[-1]}"`.')


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
    if name == "valkey":
        rule = f"the versions of `valkey` are {enumeration(VALKEY_VERSIONS)}"
        return None if is_known_or_newer(version, VALKEY_VERSIONS) else rule
    minor = f"{found['major']}.{found['minor']}".replace(".x", ".0")
    is_valid = int(found["major"]) < _REDIS_WITH_MINOR or minor in REDIS_VERSIONS
    return None if is_valid else f"the last versions of `redis` are {enumeration(REDIS_VERSIONS)}"


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
