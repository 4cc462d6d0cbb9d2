"""ElastiCache engine, version and parameter group family do not match.

What: an `aws_elasticache_replication_group` that runs `valkey` without an `engine_version`, a version that its engine
    does not have, or a parameter group of another family, be it one of the stack or a `default.` one; an
    `aws_elasticache_serverless_cache` whose `major_engine_version` is no major version.
Why: the three have to move together. The plan is green, and ElastiCache refuses it in the middle of an apply, or in
    the middle of an upgrade.
Remedy: say all three::

        resource "aws_elasticache_parameter_group" "sessions" {
          name   = "sessions-valkey8"
          family = "valkey8"
        }

        resource "aws_elasticache_replication_group" "sessions" {
          engine               = "valkey"
          engine_version       = "8.1"
          parameter_group_name = aws_elasticache_parameter_group.sessions.name
        }
Limitations: that a version is to come, or is not offered in a region, is not known. Secondaries of a global
    datastore take
    all from it, and are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.elasticache import FIRST_VALKEY_VERSION, LAST_REDIS_VERSION
from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.caches.groups import DEFAULT_GROUP, SERVERLESS, caches, engine_of, parameter_group
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_REDIS_WITH_MINOR = 6
_VERSION = re.compile(r"(?P<major>\d+)\.(?P<minor>\d+|x)(?:\.\d+)?")


@policy(
    "PLW_CACHE_001",
    "elasticache-engine-version-mismatch",
    aliases=("engine-version-mismatch",),
    severity="medium",
    subjects=caches,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",),
)
def elasticache_engine_version_mismatch(cache: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare what *cache* runs with its version and its parameters."""
    engine = engine_of(cache)
    if isinstance(engine, Unknown):
        yield not_evaluated("engine", engine)
        return
    path = "major_engine_version" if cache.type == SERVERLESS else "engine_version"
    version = configured(cache, path)
    if isinstance(version, Unknown):
        yield not_evaluated(path, version)
        return
    problem = _major_problem(engine, version) if cache.type == SERVERLESS else _problem(engine, version)
    if problem:
        remedy = f'write one that it has, such as `{path} = "{"8" if cache.type == SERVERLESS else "8.1"}"` of `valkey`'
        yield fail(path, problem, value=version, remedy=remedy)
    elif cache.type != SERVERLESS:
        yield from _of_family(cache, engine, version, stack)


def _problem(engine: str, version: Value) -> str | None:
    if version is None:
        return "runs `valkey` without saying which version" if engine == "valkey" else None
    found = _VERSION.fullmatch(str(version))
    if engine not in ("valkey", "redis"):
        return None
    if found is None:
        return f"has the version `{version}`: ElastiCache takes a major and a minor one"
    number = (int(found["major"]), int(found["minor"]) if found["minor"].isdigit() else 0)
    is_named_differently = str(version).count(".") > 1 or found["minor"] == "x"
    if engine == "valkey" and (number < FIRST_VALKEY_VERSION.number or is_named_differently):
        return f"has the version `{version}`, but Valkey begins with `7.2` and is named by major and minor version"
    if engine == "redis" and number > LAST_REDIS_VERSION:
        return f"has the version `{version}`, but ElastiCache's last of Redis is `7.1`"
    return None


def _major_problem(engine: str, version: Value) -> str | None:
    if version is None or (str(version).isdigit() and (engine != "redis" or str(version) == "7")):
        return None
    return f"has the major version `{version}`, which `{engine}` has not"


def _of_family(cache: Resource, engine: str, version: Value, stack: Stack) -> Iterator[Finding]:
    path, group = "parameter_group_name", parameter_group(cache, stack)
    name = configured(cache, path)
    family = group.get("family") if isinstance(group, Resource) else group
    if group is None and isinstance(name, str):
        family = name.removeprefix(DEFAULT_GROUP).removesuffix(".cluster.on")
    wanted = _family(engine, version)
    if isinstance(family, Unknown):
        yield not_evaluated(path, family)
    elif family is not None and not re.fullmatch(wanted, str(family)):
        runs = f"`{engine}` {version}" if version else f"`{engine}`"
        message = f"runs {runs} with a parameter group of the family `{family}`"
        remedy = "take a group of the engine's own family" if version is None else f"take a group of `{_shown(wanted)}`"
        yield fail(path, message, value=family, remedy=remedy)


def _family(engine: str, version: Value) -> str:
    """Return the pattern of the families that *engine* takes at *version*."""
    if version is None:
        return rf"{re.escape(engine)}\d.*"
    major, _, rest = str(version).partition(".")
    if engine == "valkey" or (engine == "redis" and int(major) > _REDIS_WITH_MINOR):
        return f"{engine}{major}"
    minor = "x" if engine == "redis" and int(major) == _REDIS_WITH_MINOR else rest.partition(".")[0]
    return rf"{re.escape(engine)}{major}\.{minor}"


def _shown(pattern: str) -> str:
    return pattern.replace("\\", "")
