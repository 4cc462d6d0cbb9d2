"""The cache of results: one file for each stack, which is believed only if nothing that it depends on has changed.

A stack with a secret has no entry. An entry that is not as it was written is not believed: its stack is checked.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.files import write_bytes
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Run, Stack
from plainwork_core.observed import Observed, state
from plainwork_policies.engine.digests import digest
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry, loaded
from plainwork_policies.engine.run_result import Unconfigured
from plainwork_policies.engine.stack_check import Evaluation
from plainwork_policies.stored import DAMAGE
from plainwork_policies.stored.findings import waiver_data, waiver_of
from plainwork_policies.stored.results import results_data, results_of
from plainwork_policies.stored.stacks import StoredStack, buckets, facts, stack_data, stack_of


@frozen()
class Hit:
    """The stored result of a stack whose files have not changed.

    Args:
        stack: without values.
        evaluation: before waivers.
        observed: the files and directories that were read.
        declared: the variables that its root module declares.
        facts: the digest of what the other stacks of its run showed.
        used: the digest of what was read of other stacks whose values it used, by source.
    """

    stack: StoredStack
    evaluation: Evaluation
    observed: Observed
    declared: frozenset[str]
    facts: str
    used: Mapping[str, str]


@frozen()
class NewEntry:
    """The result of a stack that is to be stored. The arguments are those of `Hit`, with the stack that was read."""

    path: str
    stack: Stack
    evaluation: Evaluation
    observed: Observed
    declared: frozenset[str]
    facts: str
    used: Mapping[str, str]


class Cache:
    """The entries in one directory.

    Attributes:
        hits: the number of results of the last run that were in the cache.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._config = ""
        self._policies = _Loaded({})
        self._states: dict[str, str] = {}
        self._damaged: list[str] = []
        self._unwritten: list[str] = []
        self.hits = 0

    def configure(self, config: str, policies: Sequence[PolicyEntry | Policy]) -> None:
        """Set the digest of everything but the inputs, and the available policies."""
        self._config = digest(config, str(Path.cwd()), list(sys.version_info[:2]))
        self._policies = _Loaded({policy.id: policy for policy in policies})

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on entries that are damaged, or cannot be written."""
        found = []
        if self._damaged:
            found.append(f"{_entries(self._damaged)} of the cache not readable, and checked again")
        if self._unwritten:
            found.append(f"{_entries(self._unwritten)} of the cache not written")
        return tuple(found)

    def look_up(self, path: str, source: str) -> Hit | None:
        """Return the result of the stack *source*, found under *path* of the user, if its files have not changed."""
        file = self._file(path, source)
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._damaged.append(f"{file}: {error.strerror}")
            return None
        try:
            return self._hit(_document(content), path, source)
        except (*DAMAGE, InputError, RecursionError):
            self._damaged.append(str(file))
            return None

    def _hit(self, entry: Mapping[str, Any], path: str, source: str) -> Hit | None:
        if (entry["path"], entry["source"]) != (path, source):
            raise ValueError(entry["source"])
        if entry["config"] != self._config or not all(self._is_same(*pair) for pair in entry["observed"].items()):
            return None
        stack = stack_of(entry["stack"])
        if stack.source != source or stack.hides_code:
            raise ValueError(stack.source)
        policies = self._policies
        unconfigured = (Unconfigured(policies[id_], str(setting)) for id_, setting in entry["unconfigured"])
        comments = tuple(map(waiver_of, entry["comments"])), tuple(map(str, entry["problems"]))
        evaluation = Evaluation(results_of(entry, policies), comments, tuple(unconfigured))
        declared = frozenset(map(str, entry["declared"]))
        return Hit(stack, evaluation, entry["observed"], declared, str(entry["facts"]), dict(entry["used"]))

    def _is_same(self, path: str, before: str) -> bool:
        if path not in self._states:
            self._states[path] = state(path)
        return self._states[path] == before != ""

    def store(self, entry: NewEntry) -> None:
        """Write *entry*, unless its stack has a secret, a policy crashed, or a file changed or has no state."""
        results = entry.evaluation.results
        if entry.stack.has_secrets or any(result.status == "error" for result in results):
            return
        if any(not before or state(path) != before for path, before in entry.observed.items()):
            return
        comments, problems = entry.evaluation.comments
        unconfigured = [[missing.policy.id, missing.setting] for missing in entry.evaluation.unconfigured]
        document = {
            "path": entry.path,
            "source": entry.stack.source,
            "config": self._config,
            "observed": entry.observed,
            "declared": sorted(entry.declared),
            "facts": entry.facts,
            "used": entry.used,
            "stack": stack_data(entry.stack),
            "comments": list(map(waiver_data, comments)),
            "problems": list(problems),
            "unconfigured": unconfigured,
            **results_data(results),
        }
        file = self._file(entry.path, entry.stack.source)
        try:
            file.parent.mkdir(exist_ok=True)
            write_bytes(file, _content(document))
        except OSError as error:
            self._unwritten.append(f"{file}: {error.strerror}")

    def _file(self, path: str, source: str) -> Path:
        name = digest(str(Path.cwd()), path, source)
        return self._directory / name[:2] / f"{name[2:]}.json"


class _Loaded(dict[str, Policy]):
    """The available policies by id, imported when they are looked up."""

    def __init__(self, available: Mapping[str, PolicyEntry | Policy]) -> None:
        super().__init__()
        self._available = available

    def __missing__(self, id_: str) -> Policy:
        self[id_] = loaded(self._available[id_])
        return self[id_]


def _entries(problems: Sequence[str]) -> str:
    """Return the number of entries and the first of their *problems*."""
    return f"{len(problems)} {'entry' if len(problems) == 1 else 'entries'} ({problems[0]})"


class Facts:
    """What the stacks of *run* show to each other."""

    def __init__(self, run: Run) -> None:
        self._of_all = digest(list(map(facts, run.members)), sorted(run.directories))
        self._with_bucket: dict[str, list[str]] = {}
        for stack in run.members:
            for name in buckets(stack):
                self._with_bucket.setdefault(name, []).append(stack.source)

    def digest(self, stack: Stack) -> str:
        """Return the digest of what *stack* may read of the others."""
        name = stack.backend.values.get("bucket") if stack.backend else None
        return digest(self._of_all, self._with_bucket.get(name, []) if isinstance(name, str) else [])


def observed_digest(observed: Observed) -> str:
    """Return the digest of what was read of a stack."""
    return digest(observed)


def _content(document: Mapping[str, Any]) -> bytes:
    body = json.dumps(document, separators=(",", ":")).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _document(content: bytes) -> Mapping[str, Any]:
    """Return the document in an entry.

    Raises:
        ValueError: it is not as it was written.
    """
    head, _, body = content.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != head:
        raise ValueError("another digest")
    document: Mapping[str, Any] = json.loads(body)
    return document
