"""Lists, sets, blocks and maps, of which some members may be unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.values import PartialMap, Unknown, Value

if TYPE_CHECKING:
    from plainwork_policies.reading.argument import Argument

T = TypeVar("T")


class Members(Generic[T]):
    """Several things: first the certain ones, in order, then `NotEvaluated` if there may be more or others.

    So Python's `in`, `for`, `any` and `len` are right: `x in members` is true if one member certainly is `x`, and a
    loop that finds nothing ends in *not evaluated* while an unknown member may be what it looks for.

    Args:
        raw: the members as the model has them, or the unknown value that stands for all.
        make: makes a member of its index and value.
        of: the argument that they are read from.
        is_open: whether an unknown member may stand for none or several, as a `dynamic` block does.
    """

    __slots__ = ("_is_open", "_make", "_of", "_raw")

    def __init__(
        self, raw: list[Value] | Unknown, make: Callable[[int, Value], T], *, of: Argument, is_open: bool = False
    ) -> None:
        self._raw, self._make, self._of, self._is_open = raw, make, of, is_open

    def __iter__(self) -> Iterator[T]:
        if isinstance(self._raw, Unknown):
            raise self._of.not_evaluated(self._raw)
        first: NotEvaluated | None = None
        for index, value in enumerate(self._raw):
            try:
                member = self._make(index, value)
            except NotEvaluated as raised:
                first = first or raised
            else:
                yield member
        if first is not None:
            raise first

    def certain(self) -> list[T]:
        """The members that are certain. A pass must not rest on them."""
        found: list[T] = []
        try:
            for member in self:
                found.append(member)  # noqa: PERF402  what precedes the exception counts
        except NotEvaluated:
            pass
        return found

    def __contains__(self, wanted: object) -> bool:
        return any(member == wanted for member in self)

    def __len__(self) -> int:
        if isinstance(self._raw, list) and not self._is_open:
            return len(self._raw)
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        if isinstance(self._raw, list) and not self._is_open:
            return bool(self._raw)
        return any(True for _ in self)


class Entries:
    """A map. A key ends in `NotEvaluated` only if it is not certainly there and an unknown key may be it."""

    __slots__ = ("_of",)

    def __init__(self, of: Argument) -> None:
        self._of = of

    def __contains__(self, key: str) -> bool:
        return self[key].raw is not None

    def __getitem__(self, key: str) -> Argument:
        """The value of *key*, as an argument; not set if the map does not have the key."""
        members = self._members()
        if key not in members and isinstance(self._of.raw, Unknown):
            raise self._of.not_evaluated(self._of.raw)
        return self._of.entry(key, members.get(key))

    def __iter__(self) -> Iterator[str]:
        yield from self._members()
        if isinstance(self._of.raw, Unknown):
            raise self._of.not_evaluated(self._of.raw)

    def _members(self) -> Mapping[str, Value]:
        raw = self._of.raw
        members = raw.members if isinstance(raw, PartialMap) else raw
        return members if isinstance(members, Mapping) else {}
