"""The stacks of a run whose results are in the cache: they are read only if a policy on another stack needs values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from plainwork_core.model.stack import Run, Stack
from plainwork_core.read import Input
from plainwork_core.read.options import Reading
from plainwork_policies.engine.inputs import ReadInput, read_again, together, with_note

if TYPE_CHECKING:
    from plainwork_policies.stored.cache import Cache, Hit


def with_stale_read(inputs: Sequence[ReadInput], reading: Reading, jobs: int, cache: Cache | None) -> list[ReadInput]:
    """Return *inputs* without the results in the cache that depend on other stacks as they were."""
    hits = {one.found.source: one.hit for one in inputs if one.hit and isinstance(one.found, Stack)}
    run = run_of(inputs)
    if not hits or run is None:
        return list(inputs)
    from plainwork_policies.stored.cache import Facts  # noqa: PLC0415  few runs have a cache

    facts, digests = Facts(run), observed_digests(inputs)
    stale = {
        source for source, hit in hits.items() if hit.facts != facts.digest(hit.stack) or not _is_current(hit, digests)
    }
    found = iter(read_again([one for one in inputs if _source(one) in stale], reading, jobs, cache))
    return [next(found) if _source(one) in stale else one for one in inputs]


def run_of(inputs: Sequence[ReadInput]) -> Run | None:
    """Return the run of *inputs*; `None` without a stack."""
    stacks = together([one.found for one in inputs if isinstance(one.found, Stack)])
    return stacks[0].run if stacks else None


def observed_digests(inputs: Sequence[ReadInput]) -> Mapping[str, str]:
    """Return the digest of what was read of each stack, by source."""
    from plainwork_policies.stored.cache import observed_digest  # noqa: PLC0415  few runs have a cache

    return {_source(one): observed_digest(one.observed or {}) for one in inputs}


def unread(inputs: Sequence[ReadInput]) -> dict[str, Callable[[], Stack]]:
    """Return a reader of each stack that has no values, by source."""
    return {_source(one): _reader(one.source) for one in inputs if one.hit and one.source}


def _reader(source: Input) -> Callable[[], Stack]:
    def read() -> Stack:
        stack = source.read()
        return with_note(stack) if stack.format == "plan" else stack

    return read


def _source(one: ReadInput) -> str:
    return one.found.source if isinstance(one.found, Stack) else ""


def _is_current(hit: Hit, digests: Mapping[str, str]) -> bool:
    return all(digests.get(source) == before for source, before in hit.used.items())
