"""Reads the inputs of a run as stacks, and completes what some of them do not contain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Note, Run, Stack
from plainwork_core.observed import Observed, observing
from plainwork_core.read import Input, NotAPlanError, find
from plainwork_core.read.options import Reading
from plainwork_core.text import listed
from plainwork_policies.engine.parallel import each
from plainwork_policies.engine.run_result import Problem, Skipped

if TYPE_CHECKING:
    from plainwork_policies.stored.cache import Cache, Hit


@frozen()
class ReadInput:
    """What one input is.

    Args:
        found: the stack, which has no values if its result is in the cache.
        source: the input; `None` for a path without one.
        path: of the user, under which it is.
        observed: what was read of the disk, if there is a cache.
        declared: the variables that its root module declares.
        hit: its result in the cache; `None` if it is not there.
    """

    found: Stack | Problem
    source: Input | None = None
    path: str = ""
    observed: Observed | None = None
    declared: frozenset[str] = frozenset()
    hit: Hit | None = None


def read_inputs(
    paths: Iterable[Path], is_excluded: Callable[[Path], bool], reading: Reading, jobs: int, cache: Cache | None = None
) -> Iterator[ReadInput]:
    """Yield each stack under *paths*, and a problem for each input that cannot be read, in *jobs* processes."""
    seen: set[str] = set()
    for path in paths:
        try:
            found = find(path, is_excluded, reading)
        except InputError as error:
            yield ReadInput(Problem(str(path), str(error)))
            continue
        read = _all_read([source for source in found if not _is_seen(source, seen)], str(path), reading, jobs, cache)
        if read and all(isinstance(one.found, Skipped) for one in read):
            read = [replace(one, found=_as_problem(one.found)) for one in read]
        yield from read
        if read and all(
            isinstance(one.found, Stack) and one.hit is None and not _has_content(one.found) for one in read
        ):
            yield ReadInput(Problem(str(path), f"{path}: no resource, data source, provider, backend or module found"))


def _as_problem(found: Stack | Problem) -> Stack | Problem:
    return Problem(found.file, found.message) if isinstance(found, Problem) else found


def _all_read(inputs: Sequence[Input], path: str, reading: Reading, jobs: int, cache: Cache | None) -> list[ReadInput]:
    """Return what *inputs* are: from the cache, otherwise read in *jobs* processes."""
    hits = {source.source: hit for source in inputs if cache and (hit := cache.look_up(path, source.source))}
    missing = [source for source in inputs if source.source not in hits]
    read = iter(read_again([ReadInput(Problem("", ""), source, path) for source in missing], reading, jobs, cache))
    found = []
    for source in inputs:
        hit = hits.get(source.source)
        found.append(ReadInput(hit.stack, source, path, hit.observed, hit.declared, hit) if hit else next(read))
    reading.declared.update(*(one.declared for one in found))
    return found


def read_again(inputs: Sequence[ReadInput], reading: Reading, jobs: int, cache: Cache | None) -> list[ReadInput]:
    """Return *inputs* as they are on disk."""

    def read(one: ReadInput) -> ReadInput:
        assert one.source is not None  # noqa: S101  only an input is read
        before = set(reading.declared)
        reading.declared.clear()
        if cache is None:
            found, observed = _read(one.source), None
        else:
            with observing() as observed:
                found = _read(one.source)
        declared = frozenset(reading.declared)
        reading.declared.update(before)
        return ReadInput(found, None, one.path, observed, declared)

    return [replace(found, source=one.source) for one, found in zip(inputs, each(read, inputs, jobs), strict=True)]


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


def together(stacks: Sequence[Stack], unread: Mapping[str, Callable[[], Stack]] | None = None) -> list[Stack]:
    """Return *stacks* as the stacks of one run, without the modules that are evaluated with their callers.

    Args:
        stacks: all that were read.
        unread: reads those that have no values, by source.
    """
    called: frozenset[str] = frozenset().union(*(stack.directories for stack in stacks))
    kept = [stack for stack in stacks if stack.format != "hcl" or realpath(stack.source) not in called]
    run = Run(kept, frozenset(realpath(stack.source) for stack in stacks), unread)
    return [replace(stack, run=run) for stack in kept]


def with_source(stacks: list[Stack], source: Path | None, reading: Reading) -> list[Stack]:
    """Return *stacks* with the plan completed from *source*; without it, with a note on the documents that it hides."""
    if source is not None:
        from plainwork_core.read.plan_source import completed  # noqa: PLC0415  few runs use it

        return completed(stacks, source, reading)
    return [with_note(stack) if stack.format == "plan" else stack for stack in stacks]


def with_note(plan: Stack) -> Stack:
    """Return *plan* with a note on the policy documents that it hides."""
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
