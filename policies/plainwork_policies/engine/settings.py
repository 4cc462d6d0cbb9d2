"""Settings: all that is a matter of taste, with defaults that a careful team would choose.

They stand in `plainwork.toml`, or under `[tool.plainwork]` in `pyproject.toml`. Each dataclass is one table and each
field one key, so that a new setting is one line here and nothing elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from plainwork_core.config_loader import build
from plainwork_core.errors import InputError

VARIABLE = "PLAINWORK_CONFIG"
FILE = "plainwork.toml"
FailOn = Literal["fail", "unknown"]


def _require_pattern(name: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise InputError(f"{name} {pattern!r} is no regular expression: {error}") from None


@dataclass(frozen=True)
class TagSettings:
    """`[tags]`: `required` keys that every taggable resource must have after `default_tags`.

    `allowed` lists the values that a key may have, such as `Environment = ["dev", "prod"]`; `patterns` gives the
    regular expression that the whole value of a key must match. `launched` names what a launch template or an ECS
    service must tag of what it makes; add `task` where the tasks of services must have tags.

    Raises:
        InputError: a pattern is no regular expression.
    """

    required: tuple[str, ...] = ("Environment", "Owner")
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    launched: tuple[Literal["instance", "volume", "network-interface", "task"], ...] = ("instance", "volume")

    def __post_init__(self) -> None:
        for key, pattern in self.patterns.items():
            _require_pattern(f"[tags.patterns] {key}", pattern)


@dataclass(frozen=True)
class RegionSettings:
    """`[regions]`: `allowed` region names; empty means that nobody has said, so the policy is not evaluated.

    `elsewhere` names regions that ARNs may be in although the stack has nothing there.
    """

    allowed: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class BackendSettings:
    """`[backends]`: `key_pattern`, the regular expression that a whole state key must match.

    `environments` are the words for each environment, joined by `|`, by which buckets and keys are told apart.

    Raises:
        InputError: `key_pattern` is no regular expression.
    """

    key_pattern: str = r"[\w.-]+(/[\w.-]+)+\.tfstate"
    environments: tuple[str, ...] = ("dev|development", "test|testing", "stage|staging", "prod|production")

    def __post_init__(self) -> None:
        _require_pattern("[backends] key_pattern", self.key_pattern)


@dataclass(frozen=True)
class PrivilegeSettings:
    """`[privileges]`: `accounts`, ids of accounts that may be granted something as a whole.

    `elevated_policies` are the AWS managed policies that nothing may attach, by what follows `policy/` in their ARNs.
    `github_subjects` says how wide a GitHub subject may be: one `repository`, or all of an `organization`.
    `passed_to_service` says when `iam:PassRole` needs a condition on who gets the role: for role `patterns`, or
    `always`.
    """

    accounts: tuple[str, ...] = ()
    elevated_policies: tuple[str, ...] = ("IAMFullAccess", "PowerUserAccess")
    github_subjects: Literal["repository", "organization"] = "repository"
    passed_to_service: Literal["patterns", "always"] = "patterns"


@dataclass(frozen=True)
class ChangeSettings:
    """`[changes]`: `most_touched` and `most_destroyed`, how many existing resources one plan may change and destroy.

    `stateful` lists resource types that hold data, besides those that the policies know. `may_destroy` lists addresses
    of what may be destroyed nevertheless. From `tag_changes` resources on of which only the tags change, a plan is one
    of tags, and should change nothing else.

    Raises:
        InputError: a number below 0.
    """

    most_touched: int = 50
    most_destroyed: int = 10
    stateful: tuple[str, ...] = ()
    may_destroy: tuple[str, ...] = ()
    tag_changes: int = 5

    def __post_init__(self) -> None:
        for name in ("most_touched", "most_destroyed", "tag_changes"):
            if (value := getattr(self, name)) < 0:
                raise InputError(f"[changes] {name} is {value}: write 0 or more")


@dataclass(frozen=True)
class ModuleSettings:
    """`[modules]`: `git_ref`, what pins a module from Git: a tag or any other `ref` but a branch's, or a `commit`.

    `exact_version` asks for one version of a module from a registry, and not for a range. `deepest` says how deep a
    stack's own modules may call each other, and `fewest_uses` how often a module of one's own is called at least; with
    1, once is enough.

    Raises:
        InputError: a number below 1.
    """

    git_ref: Literal["tag", "commit"] = "tag"
    exact_version: bool = False
    deepest: int = 2
    fewest_uses: int = 3

    def __post_init__(self) -> None:
        for name in ("deepest", "fewest_uses"):
            if (value := getattr(self, name)) < 1:
                raise InputError(f"[modules] {name} is {value}: write 1 or more")


@dataclass(frozen=True)
class CanarySettings:
    """`[canaries]`: `largest_start`, the percentage of the traffic that a new side of a weighted group starts with.

    Raises:
        InputError: no percentage.
    """

    largest_start: int = 10

    def __post_init__(self) -> None:
        if self.largest_start not in range(101):
            raise InputError(f"[canaries] largest_start is {self.largest_start}: write 0 to 100")


@dataclass(frozen=True)
class PolicySettings:
    """`[policies]`: `disable` lists ids or slugs of policies that do not judge; every report names them."""

    disable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Everything that can be set.

    `fail_on` says which verdict ends a run with exit code 1: `fail`, or `unknown` for *not evaluated* as well.
    """

    fail_on: FailOn = "fail"
    policies: PolicySettings = field(default_factory=PolicySettings)
    tags: TagSettings = field(default_factory=TagSettings)
    regions: RegionSettings = field(default_factory=RegionSettings)
    backends: BackendSettings = field(default_factory=BackendSettings)
    modules: ModuleSettings = field(default_factory=ModuleSettings)
    privileges: PrivilegeSettings = field(default_factory=PrivilegeSettings)
    changes: ChangeSettings = field(default_factory=ChangeSettings)
    canaries: CanarySettings = field(default_factory=CanarySettings)


def load(start: Path | None = None) -> Settings:
    """Read the settings that hold in the folder *start* (default: the working directory), or the defaults.

    Raises:
        InputError: a file that is not there, is no TOML or says what cannot be; two files in one folder.
    """
    file = find(start)
    return read(file) if file else Settings()


def find(start: Path | None = None) -> Path | None:
    """Return the file that the environment names in `PLAINWORK_CONFIG`, or the nearest one from *start* upwards."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    folder = (start or Path.cwd()).resolve()
    return next((file for each in (folder, *folder.parents) if (file := in_folder(each))), None)


def read(file: Path) -> Settings:
    """Read the settings that stand in *file*; a `pyproject.toml` keeps them under `[tool.plainwork]`.

    Raises:
        InputError: as for `load`.
    """
    if not file.is_file():
        raise InputError(f"{file}: there is no such settings file; correct {VARIABLE}, --config or the link")
    table = _toml(file)
    if file.name == "pyproject.toml":
        return build(Settings, _tool_table(table, file) or {}, f"{file}: [tool.plainwork]")
    return build(Settings, table, f"{file}:")


def in_folder(folder: Path) -> Path | None:
    """Return the settings file that lies in *folder* itself, if one does.

    Raises:
        InputError: there are two, or one is no TOML.
    """
    own, shared = folder / FILE, folder / "pyproject.toml"
    speaks = shared.is_file() and _tool_table(_toml(shared), shared) is not None
    if speaks and os.path.lexists(own):
        raise InputError(f"{own} and [tool.plainwork] in {shared} both hold settings: keep one of them")
    return own if os.path.lexists(own) else shared if speaks else None


def _tool_table(table: Mapping[str, Any], file: Path) -> Mapping[str, Any] | None:
    tools = table.get("tool", {})
    found = tools.get("plainwork") if isinstance(tools, Mapping) else None
    if found is not None and not isinstance(found, Mapping):
        raise InputError(f"{file}: `tool.plainwork` is {found!r}: write it as a table, [tool.plainwork]")
    return found


def _toml(file: Path) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415  most runs have no settings file to read

    from plainwork_core.read.text import decode  # noqa: PLC0415  as above

    try:
        return tomllib.loads(decode(file.read_bytes(), str(file)))
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise InputError(f"{file}: cannot be read as TOML: {error}") from error
