"""The stacks of one run, which some policies compare."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from plainwork_core.model.cache import Cache

if TYPE_CHECKING:
    from plainwork_core.model.stack import Stack

_T = TypeVar("_T")


class Run(Cache):
    """The stacks of one run.

    Args:
        members: all of them. One whose result is stored has of its values those by which the built-in policies compare
            stacks: `source` of module calls, the place of an S3 backend, the names of buckets.
        directories: the real paths of the directories that were read, those of modules that their callers call too.
        unread: reads those of *members* that lack their values, by source.

    Attributes:
        used: the sources of the stacks whose values were read since it was cleared.
    """

    def __init__(
        self,
        members: Sequence[Stack],
        directories: frozenset[str] = frozenset(),
        unread: Mapping[str, Callable[[], Stack]] | None = None,
    ) -> None:
        self.members, self.directories = tuple(members), directories
        self._unread = dict(unread or {})
        self._by_source = {stack.source: stack for stack in self.members}
        self._used_by: dict[tuple[Hashable, ...], set[str]] = {}
        self.used: set[str] = set()

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """All stacks with their values."""
        return tuple(self.stack(member.source) for member in self.members)

    def stack(self, source: str) -> Stack:
        """Return the stack *source* with its values, without its own `run`."""
        self.used.add(source)
        if read := self._unread.pop(source, None):
            self._by_source[source] = read()
        return self._by_source[source]

    def cached(self, make: Callable[..., _T], *arguments: Hashable) -> _T:
        """Return `make(self, *arguments)`, computed once; the stacks that it read count as used each time."""
        key = (make, *arguments)
        before, self.used = self.used, self._used_by.setdefault(key, set())
        try:
            return super().cached(make, *arguments)
        finally:
            before |= self.used
            self.used = before
