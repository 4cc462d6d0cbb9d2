"""One run: reads the inputs, evaluates the policies on every stack, and keeps the inputs that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from os.path import realpath
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Note, Run, Stack
from plainwork_core.read import Input, NotAPlanError, find
from plainwork_core.read.options import Reading, ReadOptions
from plainwork_core.text import listed
from plainwork_policies.engine.parallel import each
from plainwork_policies.engine.path_glob import exclusion
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import Problem, RunResult, Skipped, StackResult, Unconfigured
from plainwork_policies.engine.runner import has_subject
from plainwork_policies.engine.selection import selected
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.stack_check import StackCheck, check_of, stack_results
from plainwork_policies.engine.unused_waivers import CheckedStack, unused
from plainwork_policies.engine.waived import Waivers


def run(
    paths: Iterable[Path],
    policies: Sequence[PolicyEntry | Policy],
    settings: Settings,
    options: ReadOptions = ReadOptions(),  # noqa: B008  immutable
    *,
    today: date | None = None,
    source: Path | None = None,
    jobs: int = 1,
    is_base: bool = False,
) -> RunResult:
    """Check the inputs under *paths*. An input that cannot be read is a problem; the other inputs are checked.

    Args:
        paths: files and directories of any format that `plainwork_core.read.find` supports.
        policies: the available ones; the settings select those that are evaluated.
        settings: of the policies.
        options: the values of variables and the workspace, for each root module of HCL, and arguments of the only
            backend.
        today: the date on which waivers are valid; by default that of the machine.
        source: the directory of the HCL that the only plan was made of.
        jobs: the number of processes; 0 for the number of cores.
        is_base: whether *options* are for another version of the inputs, which may lack a variable.

    Raises:
        InputError: the settings select no policy, or one that does not exist; a file of *options* cannot be read; the
            inputs do not have exactly one backend; no root module declares a variable of *options*; *source* cannot be
            read, or is not that of exactly one plan.
    """
    available = selected(policies, settings.selections)
    if not available.policies:
        raise InputError("no policy is selected; correct `select`, `ignore` or the options of these names")
    reading = Reading(options)
    excluded = exclusion((*settings.exclude, *(own.glob for own in settings.own_policies)))
    inputs = list(_inputs(paths, excluded, reading, jobs))
    if not is_base and (undeclared := reading.undeclared()):
        raise InputError(f"--var {undeclared[0]}: no root module declares a variable of this name")
    found = [stack for stack in inputs if isinstance(stack, Stack)]
    stacks = together(_completed(_with_source(found, source, reading), options.backend_config))
    checks = [check_of(stack, policies, settings) for stack in stacks]
    selections = [check.selected for check in checks] or [available]
    unread = tuple(found for found in inputs if isinstance(found, Problem) and not isinstance(found, Skipped))
    waivers = Waivers(settings, policies, today or date.today())
    results = stack_results(checks, waivers, jobs)
    unconfigured = _unconfigured(checks)
    return RunResult(
        stacks=results,
        unread=unread,
        waivers=_waiver_problems(checks, results, None if unread else unconfigured),
        skipped=tuple(found for found in inputs if isinstance(found, Skipped)),
        known_policies=tuple(policy.id for policy in policies),
        policies=_in_order(policies, (selection.policies for selection in selections)),
        ignored=_in_order(policies, (selection.ignored for selection in selections)),
        unconfigured=unconfigured,
        min_severity=settings.min_severity,
        fail_on=settings.fail_on,
    )


def _in_order(
    policies: Iterable[PolicyEntry | Policy], groups: Iterable[tuple[PolicyEntry | Policy, ...]]
) -> tuple[PolicyEntry | Policy, ...]:
    """Return those of *policies* that are in one of *groups*."""
    ids = {policy.id for group in groups for policy in group}
    return tuple(policy for policy in policies if policy.id in ids)


def _unconfigured(checks: Iterable[StackCheck]) -> tuple[Unconfigured, ...]:
    found: dict[str, Unconfigured] = {}
    for check in checks:
        for policy in check.needed:
            setting = policy.missing_setting(check.settings)
            if setting and policy.id not in found and has_subject(policy, check.stack):
                found[policy.id] = Unconfigured(policy, setting)
    return tuple(found[id_] for id_ in sorted(found))


def _waiver_problems(
    checks: Sequence[StackCheck], results: Sequence[StackResult], unconfigured: Iterable[Unconfigured] | None
) -> tuple[Problem, ...]:
    """Return the problems of waivers; without *unconfigured*, an input is not read, which may have their findings."""
    found = [problem for result in results for problem in result.waivers.problems]
    if unconfigured is not None:
        pairs = zip(checks, results, strict=True)
        checked = [CheckedStack(check.stack, check.selected.policies, result.waivers) for check, result in pairs]
        found += unused(checked, {missing.policy.id for missing in unconfigured})
    return tuple(Problem("", message) for message in dict.fromkeys(found))


def together(stacks: Sequence[Stack]) -> list[Stack]:
    """Return *stacks* as the stacks of one run, without the modules that are evaluated with their callers."""
    called: frozenset[str] = frozenset().union(*(stack.directories for stack in stacks))
    kept = [stack for stack in stacks if stack.format != "hcl" or realpath(stack.source) not in called]
    run = Run(tuple(kept), frozenset(realpath(stack.source) for stack in stacks))
    return [replace(stack, run=run) for stack in kept]


def _with_source(stacks: list[Stack], source: Path | None, reading: Reading) -> list[Stack]:
    """Return *stacks* with the plan completed from *source*; without it, with a note on the documents that it hides."""
    if source is not None:
        from plainwork_core.read.plan_source import completed  # noqa: PLC0415  few runs use it

        return completed(stacks, source, reading)
    return [_with_note(stack) if stack.format == "plan" else stack for stack in stacks]


def _with_note(plan: Stack) -> Stack:
    from plainwork_core.iam.hidden_documents import hidden_documents  # noqa: PLC0415  HCL does not need it

    if not (hidden := list(hidden_documents(plan))):
        return plan
    note = f"{listed('policy document', hidden)} known only after apply; `--source DIR` reads their HCL"
    return replace(plan, notes=(*plan.notes, Note(note)))


def _completed(stacks: list[Stack], backend_config: Sequence[str]) -> list[Stack]:
    if not backend_config:
        return stacks
    from plainwork_core.read.backend_config import completed  # noqa: PLC0415  few runs use it

    sources = [stack.source for stack in stacks if stack.backend]
    if len(sources) != 1:
        found = f"{len(sources)} stacks have one ({', '.join(sources)})" if sources else "no stack has one"
        raise InputError(f"--backend-config requires one backend block, but {found}; check one directory at a time")
    return [
        replace(stack, backend=completed(stack.backend, backend_config)) if stack.backend else stack for stack in stacks
    ]


def _inputs(
    paths: Iterable[Path], is_excluded: Callable[[Path], bool], reading: Reading, jobs: int
) -> Iterator[Stack | Problem]:
    seen: set[str] = set()
    for path in paths:
        try:
            found = find(path, is_excluded, reading)
        except InputError as error:
            yield Problem(str(path), str(error))
            continue
        read = _all_read([source for source in found if not _is_seen(source, seen)], reading, jobs)
        if read and all(isinstance(problem, Skipped) for problem in read):
            read = [Problem(problem.file, problem.message) for problem in read if isinstance(problem, Problem)]
        yield from read
        if read and all(isinstance(stack, Stack) and not _has_content(stack) for stack in read):
            yield Problem(str(path), f"{path}: no resource, data source, provider, backend or module found")


def _all_read(inputs: Sequence[Input], reading: Reading, jobs: int) -> list[Stack | Problem]:
    """Read *inputs*; another process returns the variables that its root modules declare."""

    def read(source: Input) -> tuple[Stack | Problem, set[str]]:
        return _read(source), reading.declared

    found = each(read, inputs, jobs)
    reading.declared.update(*(declared for _, declared in found))
    return [result for result, _ in found]


def _is_seen(source: Input, seen: set[str]) -> bool:
    path = realpath(source.source)
    if path in seen:
        return True
    seen.add(path)
    return False


def _read(source: Input) -> Stack | Problem:
    try:
        return source.read()
    except NotAPlanError as error:
        return (Skipped if source.is_optional else Problem)(source.source, str(error))
    except InputError as error:
        return Problem(source.source, str(error))
    except Exception as error:  # noqa: BLE001  a fault of a reader must not end in exit code 1, or prevent the check of other inputs
        fault = f"{type(error).__name__}: {error}"
        return Problem(source.source, f"{source.source}: the reader crashed, which is a bug of plainwork: {fault}")


def _has_content(stack: Stack) -> bool:
    blocks = stack.resources or stack.changes or stack.providers or stack.module_calls
    return bool(blocks or stack.backend or stack.encryption or stack.notes)
