"""Makes the base of `plainwork check --against`: a saved report, a baseline, a plan, a directory or a Git revision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.read.options import ReadOptions
from plainwork_core.repository import repository_path, repository_root
from plainwork_policies.compare.apps import synthesize
from plainwork_policies.compare.base import Base, base_of
from plainwork_policies.compare.baseline import base_of_baseline, is_baseline
from plainwork_policies.compare.revision import checked_out, revision_problem
from plainwork_policies.compare.saved import base_of_report, is_report
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run import run
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.engine.settings import Settings
from plainwork_policies.stored.cache import Cache

_INPUTS = (".tf", ".tofu", ".json")


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

    def result(self) -> RunResult:
        """Run the policies."""
        return run(
            self.paths,
            self.policies,
            self.settings,
            self.options,
            source=self.source,
            jobs=self.jobs,
            is_base=self.is_base,
            cache=self.cache,
        )

    def at(self, paths: Sequence[Path], directory: Path, other: Path) -> Checked:
        """Return the same run on *paths* in *other*, another version of *directory*."""
        source = self.source and other / relpath(self.source.resolve(), directory)
        files = tuple(_copy_of(file, directory, other) for file in self.options.variable_files)
        options = replace(self.options, variable_files=files)
        settings = self.settings.relocated(directory, other)
        return replace(self, paths=paths, settings=settings, options=options, source=source, is_base=True, cache=None)


def _copy_of(file: Path, directory: Path, other: Path) -> Path:
    """Return *file* in *other*, another version of *directory*, or itself if it is not there."""
    absolute, root = file.resolve(), directory.resolve()
    copy = other / absolute.relative_to(root) if absolute.is_relative_to(root) else file
    return copy if copy.exists() else file


def base_at(name: str, checked: Checked) -> Base:
    """Return the base *name* for the run of *checked*: a file, a directory or a Git revision.

    Raises:
        InputError: *name* is nothing of the kind, or it cannot be read, synthesized or checked.
    """
    file, problem = Path(name), revision_problem(name, Path.cwd())
    if file.exists() and problem is None:
        raise InputError(f"--against: {name} is a path and a Git revision; write ./{name} or refs/heads/{name}")
    if problem is None:
        return _of_revision(name, checked)
    if not file.exists():
        hint = f"Git: {problem}" if problem else "fetch the revision first, as with `git fetch origin main`"
        raise InputError(f"--against: {name} is neither a file nor a directory, nor a Git revision; {hint}")
    if (saved := _saved_base(file, name)) is not None:
        return saved.within(checked.paths)
    if checked.source:
        raise InputError(f"--against: {name} has no --source of its own; compare with a baseline or a saved report")
    return _of_path(file, checked)


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


def _of_path(file: Path, checked: Checked) -> Base:
    if len(checked.paths) != 1:
        raise InputError(f"--against: {file} is another version of one PATH, and this run has {len(checked.paths)}")
    (path,) = checked.paths
    done = _whole(str(file), checked.at([file], path, file).result())
    base = base_of(done, str(file), lambda source: repository_path(str(path / relpath(source, file))))
    return base.shown_at(file, path)


def _of_revision(name: str, checked: Checked) -> Base:
    root = repository_root()
    with checked_out(name, root) as tree:
        copies = {path: tree / relpath(path.resolve(), root) for path in checked.paths}
        if outside := [path for path in copies if not path.resolve().is_relative_to(root)]:
            raise InputError(f"--against: {outside[0]} is outside of {root}, the repository of {name}")
        synthesize(tree, root, checked.paths)
        if missing := [path for path, copy in copies.items() if _may_be_plan(path) and not copy.exists()]:
            raise InputError(
                f"--against: {name} has no {missing[0]}; compare a plan with a plan, a baseline or a saved report"
            )
        found = [copy for copy in copies.values() if _has_inputs(copy)]
        if not found:
            return Base(name, (), {}, frozenset(policy.id for policy in checked.policies))
        done = _whole(name, checked.at(found, root, tree).result())
        base = base_of(done, name, lambda source: repository_path(str(root / relpath(source, tree))))
        return base.shown_at(tree, root)


def _may_be_plan(path: Path) -> bool:
    return path.suffix == ".json" and not path.name.endswith(".tf.json")


def _has_inputs(path: Path) -> bool:
    return path.is_file() or any(file.suffix in _INPUTS for file in path.rglob("*"))


def _whole(name: str, done: RunResult) -> RunResult:
    """Return *done*, the run on a base without problems; its waivers do not matter.

    Raises:
        InputError: an input could not be read, or a policy crashed, so that findings may be missing.
    """
    if problems := [problem for problem in done.problems if problem not in done.waivers]:
        raise InputError(f"--against: {name} cannot be checked: {problems[0].message}")
    return done
