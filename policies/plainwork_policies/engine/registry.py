"""The registry of the built-in policies. Its index describes each policy, so that a run imports only those it needs.

`data/policies.json` is the index of the built-in policies. `python -m tools.policy_index` makes it from the modules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.wildcards import matches
from plainwork_policies.engine.retired import retired
from plainwork_policies.engine.subjects import ANY

if TYPE_CHECKING:
    from plainwork_core.model.stack import Resource, Stack
    from plainwork_policies.engine.policy import Policy
    from plainwork_policies.engine.severity import Severity

INDEX = Path(__file__).parents[1] / "data" / "policies.json"
ALL = "ALL"
"""Selects every policy."""
_PREFIX = {"managed": "", "data": "data."}


@frozen()
class PolicyEntry:
    """A policy in the index. The attributes are those of `Policy`; `module` and `slug` locate its import."""

    id: str
    slug: str
    severity: Severity
    title: str
    module: str
    types: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    since: str = "0.1"

    @property
    def names(self) -> tuple[str, ...]:
        """Id, slug and former slugs: each selects the policy."""
        return (self.id, self.slug, *self.aliases)

    def load(self) -> Policy:
        """Import the policy."""
        found: Policy = getattr(import_module(self.module), self.slug.replace("-", "_"))
        return found


@cache
def entries() -> tuple[PolicyEntry, ...]:
    """Return the built-in policies, by family and number."""
    return tuple(_entry(row) for row in _index()["policies"])


@cache
def policies() -> tuple[Policy, ...]:
    """Return the built-in policies, imported. A run uses `needed` instead."""
    return tuple(entry.load() for entry in entries())


def by_name(name: str, among: Iterable[PolicyEntry | Policy] | None = None) -> PolicyEntry | Policy:
    """Return the policy with this id, slug or former slug, in any case.

    Raises:
        InputError: no policy has that name, or only a retired one.
    """
    by_spelling = {alias: policy for policy in (entries() if among is None else among) for alias in policy.names}
    known = {alias.casefold(): policy for alias, policy in by_spelling.items()}
    if found := known.get(name.casefold()):
        return found
    if old := retired(name):
        raise InputError(f"policy {old.slug} ({old.id}) is retired; {old.replacement}")
    raise InputError(f"unknown policy {name!r}{_similar(name, by_spelling) or '; `plainwork policies` lists all'}")


def _similar(name: str, known: Iterable[str]) -> str:
    """Return a hint: the most similar slug, or the most similar id of the family that *name* begins with."""
    id_ = name.upper().replace("-", "_")
    if not id_.startswith("PLW_"):
        return did_you_mean(name.lower(), known)
    family, _, number = id_.rpartition("_")
    if number.isdigit():
        return did_you_mean(id_, (one for one in known if one.startswith(f"{family}_")))
    families = dict.fromkeys(one.rpartition("_")[0] for one in known if one.startswith("PLW_"))
    return f"; families: {', '.join(families)}" if id_.replace("_", "").isalnum() else ""


def by_pattern(pattern: str, among: Iterable[PolicyEntry | Policy] | None = None) -> list[PolicyEntry | Policy]:
    """Return the policies that *pattern* selects, in any case; *among* is by default the built-in policies.

    A pattern is `ALL`, a name as for `by_name`, its first words (`PLW_EFS`, `s3-backend`), or a name with `*` and `?`.

    Raises:
        InputError: no policy has such a name.
    """
    available, lowered = list(entries() if among is None else among), pattern.casefold()
    if lowered == ALL.casefold():
        return available
    if {"*", "?"}.intersection(pattern):
        found = [policy for policy in available if any(matches(lowered, name.casefold()) for name in policy.names)]
        if not found:
            raise InputError(f"no policy matches {pattern!r}; `plainwork policies` lists all")
        return found
    words = lowered.replace("-", "_").rstrip("_") + "_"
    exact = [policy for policy in available if lowered in map(str.casefold, policy.names)]
    return exact or [policy for policy in available if _begins_with(policy, words)] or [by_name(pattern, available)]


def _begins_with(policy: PolicyEntry | Policy, words: str) -> bool:
    return any(name.casefold().replace("-", "_").startswith(words) for name in policy.names)


def loaded(policy: PolicyEntry | Policy) -> Policy:
    """Return *policy*, imported if it is an entry of the index."""
    return policy.load() if isinstance(policy, PolicyEntry) else policy


def needed(policies: Iterable[PolicyEntry | Policy], stack: Stack) -> list[Policy]:
    """Return those of *policies* that may have a subject in *stack*, imported."""
    present = _index_keys(stack)
    return [loaded(policy) for policy in policies if not present.isdisjoint(policy.types)]


def settings_tables() -> Mapping[str, tuple[str, str]]:
    """Return the tables of the settings file that families own: package of the family and former name, by table."""
    return {table: (package, former) for table, package, former in _index()["settings"]}


def _index_keys(stack: Stack) -> set[str]:
    """Return the index keys of the stack (`Subjects.types`)."""
    keys = {ANY, *(_PREFIX[mode] + type_ for mode, type_ in stack.types)}
    keys |= {"resource" if mode == "managed" else "data" for mode, _ in stack.types}
    if any(map(_may_hold_document, stack.resources)):
        keys.add("document")
    kinds = {
        "provider": stack.providers,
        "backend": stack.backend,
        "encryption": stack.encryption,
        "module": stack.module_calls,
        "change": stack.changes,
    }
    return keys | {kind for kind, blocks in kinds.items() if blocks}


def _may_hold_document(resource: Resource) -> bool:
    """Return whether an argument of *resource* may be an IAM policy document."""
    if resource.mode == "data":
        return resource.type == "aws_iam_policy_document"
    return any(name in resource.values for name in _index()["documents"].get(resource.type, ()))


def _entry(row: dict[str, Any]) -> PolicyEntry:
    cells: dict[str, Any] = {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
    return PolicyEntry(**cells)


@cache
def _index() -> dict[str, Any]:
    index: dict[str, Any] = json.loads(INDEX.read_text(encoding="utf-8"))
    return index
