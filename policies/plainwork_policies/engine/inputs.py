"""Reads the inputs of a run as stacks, and completes what some of them do not contain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from os.path import realpath
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Note, Run, Stack
from plainwork_core.read import Input, NotAPlanError, find
from plainwork_core.read.options import Reading
from plainwork_core.text import listed
from plainwork_policies.engine.parallel import each
from plainwork_policies.engine.run_result import Problem, Skipped


def read_inputs(
    paths: Iterable[Path], is_excluded: Callable[[Path], bool], reading: Reading, jobs: int
) -> Iterator[Stack | Problem]:
    """Yield each stack under *paths*, and a problem for each input that cannot be read, in *jobs* processes."""
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


def together(stacks: Sequence[Stack]) -> list[Stack]:
    """Return *stacks* as the stacks of one run, without the modules that are evaluated with their callers."""
    called: frozenset[str] = frozenset().union(*(stack.directories for stack in stacks))
    kept = [stack for stack in stacks if stack.format != "hcl" or realpath(stack.source) not in called]
    run = Run(tuple(kept), frozenset(realpath(stack.source) for stack in stacks))
    return [replace(stack, run=run) for stack in kept]


def with_source(stacks: list[Stack], source: Path | None, reading: Reading) -> list[Stack]:
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


def completed_backend(stacks: list[Stack], backend_config: Sequence[str]) -> list[Stack]:
    """Return *stacks* with the arguments *backend_config* of their only backend.

    Raises:
        InputError: they do not have exactly one backend, or a file of *backend_config* cannot be read.
    """
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
