"""Makes the base of `plainwork check --against`: a saved report, a baseline, a plan, a directory or a Git revision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from os.path import relpath
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.read.options import ReadOptions
from plainwork_core.repository import repository_root
from plainwork_policies.compare.base import Base, base_of
from plainwork_policies.compare.baseline import base_of_baseline, is_baseline
from plainwork_policies.compare.pairs import former_stacks
from plainwork_policies.compare.saved import base_of_report, is_report
from plainwork_policies.compare.version import Version, is_revision, version_at
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run import run
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.engine.settings import Settings
from plainwork_policies.stored.cache import Cache

_SETTING = "fail_on_new_access"
"""The setting of the policy that compares two versions of a stack."""


@frozen()
class Checked:
    """What a run checks.

    Args:
        paths: files and directories.
        policies: the available ones.
        settings: of the run.
        options: as for `run`.
        source: the HCL of a plan, as for `run`.
        jobs: the number of processes, as for `run`.
        is_base: whether it is another version, which may lack variables of *options*.
        cache: of results; not for another version.
    """

    paths: Sequence[Path]
    policies: Sequence[PolicyEntry | Policy]
    settings: Settings
    options: ReadOptions
    source: Path | None = None
    jobs: int = 1
    is_base: bool = False
    cache: Cache | None = None

    def result(self, base: Base | None = None) -> RunResult:
        """Run the policies, some of which compare a stack with its version in *base*."""
        read = base.read if base and _compares_access(self.settings) else None
        return run(
            self.paths,
            self.policies,
            self.settings,
            self.options,
            source=self.source,
            jobs=self.jobs,
            is_base=self.is_base,
            cache=self.cache if read is None else None,
            former=None if read is None else partial(former_stacks, base=read),
        )

    def at(self, version: Version) -> Checked:
        """Return the same run on another *version*."""
        directory, other = version.directory, version.other
        source = self.source and other / relpath(self.source.resolve(), directory)
        return replace(
            self,
            paths=version.paths,
            settings=self.settings.relocated(directory, other),
            options=version.options(self.options),
            source=source,
            is_base=True,
            cache=None,
        )


def _compares_access(settings: Settings) -> bool:
    """Return whether a stack is compared with its version in the base, so that its result depends on both."""
    in_paths = (keys.table for part in settings.paths for keys in part.settings.tables)
    return any(getattr(table, _SETTING, None) for table in (*settings.tables, *in_paths))


def base_at(name: str, checked: Checked) -> Base:
    """Return the base *name* for the run of *checked*: a file, a directory or a Git revision.

    Raises:
        InputError: *name* is nothing of the kind, or it cannot be read, synthesized or checked.
    """
    if not is_revision(name):
        if (saved := _saved_base(Path(name), name)) is not None:
            return saved.within(checked.paths)
        if checked.source:
            raise InputError(f"--against: {name} has no --source of its own; compare with a baseline or a saved report")
    with version_at(name, checked.paths) as version:
        return _base_of(version, checked)


def _base_of(version: Version, checked: Checked) -> Base:
    if not version.paths:
        return Base(version.name, (), {}, frozenset(policy.id for policy in checked.policies), {})
    done = _whole(version.name, checked.at(version).result())
    return base_of(done, version.name, version.path_of).shown_at(version.other, version.directory)


def saved_base(name: str, paths: Iterable[str]) -> Base:
    """Return the base in the file *name* for a run on *paths* of the repository.

    Raises:
        InputError: it is neither a baseline nor a report, or cannot be read.
    """
    file = Path(name)
    if not file.is_file():
        raise InputError(f"--against: {name} is not a file; pass a baseline, or a report of `--format json`")
    found = _saved_base(file, name)
    if found is None:
        raise InputError(f"--against: {name} is neither a baseline nor a report of `--format json`")
    return found.within(repository_root() / path for path in paths)


def _saved_base(file: Path, name: str) -> Base | None:
    """Return the baseline or the report in *file*; `None` for an input of a check."""
    document = _saved(file)
    if is_baseline(document):
        return base_of_baseline(document, name)
    return base_of_report(document, name) if is_report(document) else None


def _saved(file: Path) -> Any:
    """Return the JSON in *file*; `None` for a directory or a file of HCL."""
    if file.is_dir() or file.suffix != ".json":
        return None
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"--against: {file}: cannot be read as JSON: {error}; restore it or write it again") from error


def _whole(name: str, done: RunResult) -> RunResult:
    """Return *done*, the run on a base without problems; its waivers do not matter.

    Raises:
        InputError: an input could not be read, or a policy crashed, so that findings may be missing.
    """
    if problems := [problem for problem in done.problems if problem not in done.waivers]:
        raise InputError(f"--against: {name} cannot be checked: {problems[0].message}")
    return done
