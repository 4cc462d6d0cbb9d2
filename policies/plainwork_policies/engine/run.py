"""One run: paths go in, every stack under them is judged, and what could not be judged is kept beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from os.path import realpath
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Run, Stack
from plainwork_core.read import Input, find
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry, by_name, needed
from plainwork_policies.engine.runner import Result, evaluate
from plainwork_policies.engine.settings import FailOn, Settings

PASSED, FAILED, ERROR = 0, 1, 2


@frozen()
class StackResult:
    """A stack and all that the policies say of it."""

    stack: Stack
    results: tuple[Result, ...]


@frozen()
class Problem:
    """What could not be judged: `file` as the user named it, `""` where it is not about one, and why."""

    file: str
    message: str


@frozen()
class RunResult:
    """All that a report says.

    Args:
        stacks: the stacks, in the order of the paths.
        unread: inputs that could not be read, and faults before any was.
        policies: those that judged.
        disabled: those that the settings switch off.
        fail_on: the verdict that gives exit code 1.
    """

    stacks: tuple[StackResult, ...] = ()
    unread: tuple[Problem, ...] = ()
    policies: tuple[PolicyEntry | Policy, ...] = ()
    disabled: tuple[PolicyEntry | Policy, ...] = ()
    fail_on: FailOn = "failed"

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what was not read, and the policies that crashed."""
        return (*self.unread, *(problem for judged in self.stacks for problem in _crashes(judged)))

    @cached_property
    def statuses(self) -> Counter[str]:
        """Count the results, one for each policy and subject, by verdict."""
        return Counter(result.status for judged in self.stacks for result in judged.results)

    @cached_property
    def modules_not_evaluated(self) -> tuple[str, ...]:
        """The addresses of the module calls whose resources the input does not contain; a plan contains them."""
        stacks = (result.stack for result in self.stacks if result.stack.format != "plan")
        return tuple(call.address for stack in stacks for call in stack.module_calls)

    @cached_property
    def forgotten(self) -> tuple[str, ...]:
        """The addresses that a plan drops from the state without a change; no policy checks them."""
        return tuple(change.address for result in self.stacks for change in result.stack.changes if change.forgets)

    @property
    def exit_code(self) -> int:
        """2 if there is a problem, 1 if the run has a status that fails it, 0 otherwise."""
        if self.problems:
            return ERROR
        is_incomplete = bool(self.statuses["not_evaluated"] or self.modules_not_evaluated)
        is_failed = self.statuses["failed"] or (self.fail_on == "not-evaluated" and is_incomplete)
        return FAILED if is_failed else PASSED


def run(
    paths: Iterable[Path],
    policies: Sequence[PolicyEntry | Policy],
    settings: Settings,
    backend_config: Sequence[str] = (),
) -> RunResult:
    """Judge everything under *paths*; what cannot be read is a problem of the run and stops nothing else.

    Args:
        paths: files and folders, each of any kind that `readers.find` knows.
        policies: all there are; those that the settings disable do not judge.
        settings: what the policies are set by.
        backend_config: what `terraform init -backend-config` is given, files and `key=value`, for the one backend.

    Raises:
        InputError: the settings leave no policy to judge with, or disable one that does not exist; *backend_config*
            cannot be read, or is not for one backend.
    """
    off = policy_ids(settings.policies.disable)
    selected = tuple(policy for policy in policies if policy.id not in off)
    if not selected:
        raise InputError("[policies] disable leaves no policy to judge with")
    inputs = list(_inputs(paths))
    stacks = together(_completed([each for each in inputs if isinstance(each, Stack)], backend_config))
    return RunResult(
        stacks=tuple(StackResult(stack, tuple(evaluate(stack, needed(selected, stack), settings))) for stack in stacks),
        unread=tuple(each for each in inputs if isinstance(each, Problem)),
        policies=selected,
        disabled=tuple(policy for policy in policies if policy.id in off),
        fail_on=settings.fail_on,
    )


def together(stacks: Sequence[Stack]) -> list[Stack]:
    """Return *stacks* so that each knows them all."""
    run = Run(tuple(stacks))
    return [replace(stack, run=run) for stack in stacks]


def _completed(stacks: list[Stack], backend_config: Sequence[str]) -> list[Stack]:
    if not backend_config:
        return stacks
    from plainwork_core.read.backend_config import completed  # noqa: PLC0415  few runs have one

    meant = [stack.source for stack in stacks if stack.backend]
    if len(meant) != 1:
        found = f"{len(meant)} stacks have one ({', '.join(meant)})" if meant else "no stack here has one"
        raise InputError(f"--backend-config completes one backend block, but {found}; name one folder of HCL or JSON")
    return [replace(each, backend=completed(each.backend, backend_config)) if each.backend else each for each in stacks]


def policy_ids(disable: Iterable[str]) -> frozenset[str]:
    """The ids of the policies that the setting *disable* names.

    Raises:
        InputError: there is no such policy.
    """
    try:
        return frozenset(by_name(name).id for name in disable)
    except InputError as error:
        raise InputError(f"[policies] disable: {error}") from error


def _inputs(paths: Iterable[Path]) -> Iterator[Stack | Problem]:
    seen: set[str] = set()
    for path in paths:
        try:
            found = find(path)
        except InputError as error:
            yield Problem(str(path), str(error))
            continue
        read = [_read(each) for each in found if not _is_seen(each, seen)]
        yield from read
        if read and all(isinstance(each, Stack) and not _has_anything(each) for each in read):
            yield Problem(str(path), f"{path}: no resource, data source, provider, backend or module found")


def _is_seen(each: Input, seen: set[str]) -> bool:
    place = realpath(each.source)
    if place in seen:
        return True
    seen.add(place)
    return False


def _read(each: Input) -> Stack | Problem:
    try:
        return each.read()
    except InputError as error:
        return Problem(each.source, str(error))
    except Exception as error:  # noqa: BLE001  a fault of a reader must not end in exit code 1, or hide the other inputs
        fault = f"{type(error).__name__}: {error}"
        return Problem(each.source, f"{each.source}: the reader crashed, which is a fault of plainwork: {fault}")


def _has_anything(stack: Stack) -> bool:
    return bool(stack.resources or stack.changes or stack.providers or stack.backend or stack.module_calls)


def _crashes(judged: StackResult) -> Iterator[Problem]:
    for result in judged.results:
        if result.status == "error":
            crash = result.findings[-1].message
            yield Problem(judged.stack.source, f"{judged.stack.source}: {result.address or 'the stack'}: {crash}")
