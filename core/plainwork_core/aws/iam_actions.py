"""The IAM actions: access level, resource types, and their condition keys with types.

The table is `data/iam_actions.zip`, made from two collections of the AWS Service Authorization Reference by
`tools/iam_actions.py`. It has one member for each service, which is read at its first use.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from plainwork_core.data_files import FOLDER, STAMP
from plainwork_core.frozen import frozen
from plainwork_core.wildcards import is_any, matches

if TYPE_CHECKING:
    from zipfile import ZipFile

GLOBAL = "_global"
"""The member of the table that has the types of the global condition keys."""
_FILE = FOLDER / "iam_actions.zip"
_VARIABLE = re.compile(r"\$\{\w+\}")
_PLACEHOLDER = re.compile(r"(\$\{|<|tag-key$).*")


def arn_pattern(arn_format: str) -> str:
    """Return *arn_format* with `*` for each variable: `arn:*:s3:::*` for `arn:${Partition}:s3:::${BucketName}`."""
    return _VARIABLE.sub("*", arn_format)


@frozen(slots=True)
class ActionOn:
    """One action on one resource type.

    Args:
        required: whether the action requires an ARN of the type in the statement.
        keys: condition keys that the reference lists for the action with the type, such as `aws:RequestTag/${TagKey}`.
    """

    required: bool
    keys: tuple[str, ...]


@frozen(slots=True)
class ResourceType:
    """One resource type.

    Args:
        arn: its ARN format, such as `arn:${Partition}:s3:::${BucketName}`.
        keys: condition keys that the reference lists for it with any action that supports them.
    """

    arn: str
    keys: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """Its ARN format with `*` for each variable: `arn:*:s3:::*`."""
        return arn_pattern(self.arn)


@frozen()
class Action:
    """One action.

    Args:
        service: prefix, such as `s3`.
        name: such as `GetObject`.
        level: `List`, `Read`, `Write`, `Tagging` or `Permissions management`.
        on: by resource type; `""` is the action without a resource type.
        depends: further actions that the caller requires, such as `iam:PassRole`.
        second: `on` in the other source of the table; `None` if only one source has the action.
    """

    service: str
    name: str
    level: str
    on: Mapping[str, ActionOn]
    depends: tuple[str, ...]
    second: Mapping[str, ActionOn] | None

    def __hash__(self) -> int:
        """Return a hash of service and name, so that what is worked out from an action can be cached."""
        return hash((self.service, self.name))

    def __str__(self) -> str:
        """Return `s3:GetObject`."""
        return f"{self.service}:{self.name}"

    @property
    def takes_resource(self) -> bool:
        """Whether the action supports resource ARNs; otherwise its `Resource` must be `*`."""
        return any(self.on)

    @cached_property
    def in_second_source(self) -> Action | None:
        """The action as the other source of the table describes it."""
        return None if self.second is None else replace(self, on=self.second)


@lru_cache(maxsize=1024)
def expand(pattern: str) -> tuple[Action, ...]:
    """Return the actions that *pattern* (`s3:GetObject`, `s3:Get*`, `*`) matches, in any case."""
    service, _, name = ("*:*" if is_any(pattern) else pattern.lower()).partition(":")
    found = (actions_of(one).items() for one in _services(service))
    return tuple(action for actions in found for key, action in actions if matches(name, key))


@cache
def actions_of(service: str) -> dict[str, Action]:
    """Return the actions of the *service* prefix by lower-case name; empty for an unknown service."""
    rows = _read(service).get("actions", {}).items()
    return {name.lower(): _action(service, name, row) for name, row in rows}


def services() -> frozenset[str]:
    """Return the prefixes of all services."""
    return _members()


@cache
def resource_types(service: str) -> dict[str, ResourceType]:
    """Return the resource types of the *service* prefix by name; empty for an unknown service."""
    rows = _read(service).get("resources", {}).items()
    return {name: ResourceType(row["arn"], tuple(row["keys"])) for name, row in rows}


@cache
def uncertain_keys(service: str) -> frozenset[str]:
    """Return the condition keys of the *service* prefix, in lower case, whose actions are uncertain.

    The reference lists them for no action, or the sources of the table list them for different actions.
    """
    return frozenset(_read(service).get("keys", ()))


@lru_cache(maxsize=1024)
def key_type(key: str) -> str | None:
    """Return the type of a condition *key* such as `ec2:ResourceTag/Owner`, in any case; None for an unknown key.

    It is `String`, `Bool`, `Numeric`, `Date`, `ARN` or `IPAddress`; a key with several values in one request has
    `ArrayOfString`, `ArrayOfARN` or `ArrayOfBool`.
    """
    name = key.lower()
    families = [name[: match.end()] for match in re.finditer("[/:]", name)]
    for member in (GLOBAL, families[0][:-1] if families else "", "sts"):
        types = _key_types(member)
        for one in (name, *reversed(families)):
            if one in types:
                return types[one]
    return None


@cache
def _key_types(member: str) -> dict[str, str]:
    """Return the type of each condition key in lower case; `aws:requesttag/` is each `aws:RequestTag/${TagKey}`."""
    rows = _read(member).get("types", {}).items()
    return {_PLACEHOLDER.sub("", name.lower()): type_ for type_, names in rows for name in names}


def _services(pattern: str) -> list[str]:
    if "*" not in pattern and "?" not in pattern:
        return [pattern]
    return [name for name in sorted(_members()) if matches(pattern, name)]


def _action(service: str, name: str, row: Mapping[str, Any]) -> Action:
    on = _on(row["on"])
    second = row.get("second", row["on"])
    return Action(
        service,
        name,
        level=row["level"],
        on=on,
        depends=tuple(row["depends"]),
        second=None if second is None else on if second is row["on"] else _on(second),
    )


def _on(rows: Mapping[str, Any]) -> dict[str, ActionOn]:
    return {type_: ActionOn(row.get("required", False), tuple(row.get("keys", ()))) for type_, row in rows.items()}


@cache
def _read(member: str) -> dict[str, Any]:
    if member not in _members() and member != GLOBAL:
        return {}
    content: dict[str, Any] = json.loads(_archive().read(f"{member}.json"))
    return content


@cache
def _members() -> frozenset[str]:
    return frozenset(name.removesuffix(".json") for name in _archive().namelist()) - {STAMP, GLOBAL}


@cache
def _archive() -> ZipFile:
    """Return the table, whose index of 446 services is read once."""
    from io import BytesIO  # noqa: PLC0415  a stack without IAM does not need it
    from zipfile import ZipFile  # noqa: PLC0415  saves 20 ms for a stack without IAM

    return ZipFile(BytesIO(_FILE.read_bytes()))
