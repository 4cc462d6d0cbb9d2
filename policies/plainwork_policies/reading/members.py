"""Lists, sets, blocks and maps, of which some members may be unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.values import Unknown, Value, members_of

T = TypeVar("T")
Raise = Callable[[Unknown], NotEvaluated]
"""Makes the exception for an unknown value of the argument."""


class Members(Generic[T]):
    """A collection whose iteration yields the certain members, then raises `NotEvaluated` if there may be more.

    So `in`, `for`, `any` and `len` are correct: `x in members` is true if a member certainly is `x`, and a loop without
    a match raises `NotEvaluated` if an unknown member may match.

    Args:
        raw: the members in the model, or an `Unknown` for all of them.
        make: makes a member of its index and value.
        not_evaluated: makes the exception if all of them are unknown.
        is_open: whether an unknown member may be none or several members, such as a `dynamic` block.
    """

    __slots__ = ("_is_open", "_make", "_not_evaluated", "_raw")

    def __init__(
        self,
        raw: list[Value] | Unknown,
        make: Callable[[int, Value], T],
        *,
        not_evaluated: Raise,
        is_open: bool = False,
    ) -> None:
        self._raw, self._make, self._not_evaluated, self._is_open = raw, make, not_evaluated, is_open

    def __iter__(self) -> Iterator[T]:
        if isinstance(self._raw, Unknown):
            raise self._not_evaluated(self._raw)
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
        """Return the certain members. A pass must not depend on them."""
        found: list[T] = []
        try:
            for member in self:
                found.append(member)  # noqa: PERF402  the members before the exception count
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
        for _ in self:
            return True
        return False


class Entries(Generic[T]):
    """A map. A key raises `NotEvaluated` only if it is not a certain key and an unknown key may be the same.

    Args:
        raw: the map in the model, an `Unknown`, or `None`.
        make: makes an entry of its key and value; the value of an absent key is `None`.
        not_evaluated: makes the exception if a key may be unknown.
    """

    __slots__ = ("_make", "_members", "_not_evaluated", "_raw")

    def __init__(self, raw: Value, make: Callable[[str, Value], T], *, not_evaluated: Raise) -> None:
        self._raw, self._make, self._not_evaluated = raw, make, not_evaluated
        self._members = members_of(raw)

    def __contains__(self, key: str) -> bool:
        return self._value(key) is not None

    def __getitem__(self, key: str) -> T:
        """Return the entry of *key*."""
        return self._make(key, self._value(key))

    def __iter__(self) -> Iterator[str]:
        yield from self._members
        if isinstance(self._raw, Unknown):
            raise self._not_evaluated(self._raw)

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield the keys with their entries."""
        for key, value in self._members.items():
            yield key, self._make(key, value)
        if isinstance(self._raw, Unknown):
            raise self._not_evaluated(self._raw)

    def _value(self, key: str) -> Value:
        if key not in self._members and isinstance(self._raw, Unknown):
            raise self._not_evaluated(self._raw)
        return self._members.get(key)
