"""One run: reads the inputs, evaluates the policies on every stack, and keeps the inputs that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from os.path import realpath
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Run, Stack
from plainwork_core.read import Input, NotAPlanError, find
from plainwork_policies.engine.exclude import exclusion
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry, by_pattern, needed
from plainwork_policies.engine.run_result import Problem, RunResult, Skipped, StackResult, Unconfigured
from plainwork_policies.engine.runner import evaluate, has_subject
from plainwork_policies.engine.settings import Settings


def run(
    paths: Iterable[Path],
    policies: Sequence[PolicyEntry | Policy],
    settings: Settings,
    backend_config: Sequence[str] = (),
) -> RunResult:
    """Check the inputs under *paths*. An input that cannot be read is a problem; the other inputs are checked.

    Args:
        paths: files and directories of any format that `plainwork_core.read.find` supports.
        policies: the available ones; those that the settings disable are not evaluated.
        settings: of the policies.
        backend_config: arguments of `terraform init -backend-config`, files and `key=value`, for the only backend.

    Raises:
        InputError: the settings disable all policies, or one that does not exist; *backend_config* cannot be read,
            or the inputs do not have exactly one backend.
    """
    disabled = policy_ids(settings.policies.disable)
    selected = tuple(policy for policy in policies if policy.id not in disabled)
    if not selected:
        raise InputError("[policies] disable lists every policy; remove at least one")
    inputs = list(_inputs(paths, exclusion(settings.exclude, settings.directory)))
    stacks = together(_completed([stack for stack in inputs if isinstance(stack, Stack)], backend_config))
    checked = [(stack, needed(selected, stack)) for stack in stacks]
    return RunResult(
        stacks=tuple(StackResult(stack, tuple(evaluate(stack, policies, settings))) for stack, policies in checked),
        unread=tuple(found for found in inputs if isinstance(found, Problem) and not isinstance(found, Skipped)),
        skipped=tuple(found for found in inputs if isinstance(found, Skipped)),
        policies=selected,
        disabled=tuple(policy for policy in policies if policy.id in disabled),
        unconfigured=_unconfigured(checked, settings),
        fail_on=settings.fail_on,
    )


def _unconfigured(checked: Iterable[tuple[Stack, Sequence[Policy]]], settings: Settings) -> tuple[Unconfigured, ...]:
    found: dict[str, Unconfigured] = {}
    for stack, policies in checked:
        for policy in policies:
            setting = policy.missing_setting(settings)
            if setting and policy.id not in found and has_subject(policy, stack):
                found[policy.id] = Unconfigured(policy, setting)
    return tuple(found[id_] for id_ in sorted(found))


def together(stacks: Sequence[Stack]) -> list[Stack]:
    """Return *stacks* as the stacks of one run."""
    run = Run(tuple(stacks))
    return [replace(stack, run=run) for stack in stacks]


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


def policy_ids(disable: Iterable[str]) -> frozenset[str]:
    """Return the ids of the policies in the setting *disable*.

    Raises:
        InputError: a policy does not exist.
    """
    try:
        return frozenset(policy.id for name in disable for policy in by_pattern(name))
    except InputError as error:
        raise InputError(f"[policies] disable: {error}") from error


def _inputs(paths: Iterable[Path], is_excluded: Callable[[Path], bool]) -> Iterator[Stack | Problem]:
    seen: set[str] = set()
    for path in paths:
        try:
            found = find(path, is_excluded)
        except InputError as error:
            yield Problem(str(path), str(error))
            continue
        read = [_read(source) for source in found if not _is_seen(source, seen)]
        if read and all(isinstance(problem, Skipped) for problem in read):
            read = [Problem(problem.file, problem.message) for problem in read if isinstance(problem, Problem)]
        yield from read
        if read and all(isinstance(stack, Stack) and not _has_content(stack) for stack in read):
            yield Problem(str(path), f"{path}: no resource, data source, provider, backend or module found")


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
    blocks = stack.resources or stack.changes or stack.providers or stack.backend or stack.module_calls
    return bool(blocks or stack.notes)
