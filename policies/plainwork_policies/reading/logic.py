"""Kleene's AND and OR over conditions that may raise `NotEvaluated`, independent of their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_policies.engine.finding import Finding

T = TypeVar("T")
U = TypeVar("U")
Condition = Callable[[], bool]


def check_each(members: Iterable[T], check: Callable[[T], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of *check* in each of *members*; a member that is not evaluated does not end the others."""
    for member in _attempts(members):
        try:
            yield from check(_certain(member))
        except NotEvaluated as raised:
            yield Finding("not_evaluated", raised.because.reason, raised.path, location=raised.location)


def flattened(members: Iterable[T], read: Callable[[T], Iterable[U]]) -> Iterator[U]:
    """Yield what *read* gives for each of *members*: first what is certain, then `NotEvaluated` if more is possible."""
    first: NotEvaluated | None = None
    for member in _attempts(members):
        try:
            yield from read(_certain(member))
        except NotEvaluated as raised:
            first = first or raised
    if first is not None:
        raise first


def some(members: Iterable[T], test: Callable[[T], bool]) -> bool:
    """Return whether *test* is true for one of *members*; an unknown value counts only if it is true for none."""
    return any_condition(*(_tested(member, test) for member in _attempts(members)))


def find(members: Iterable[T], test: Callable[[T], bool]) -> T | None:
    """Return the first of *members* for which *test* is true; one that cannot be tested hides no other."""
    first: NotEvaluated | None = None
    for attempt in _attempts(members):
        try:
            if test(member := _certain(attempt)):
                return member
        except NotEvaluated as raised:
            first = first or raised
    if first is not None:
        raise first
    return None


def every(members: Iterable[T], test: Callable[[T], bool]) -> bool:
    """Return whether *test* is true for each of *members*; an unknown value counts only if it is false for none."""
    return all_conditions(*(_tested(member, test) for member in _attempts(members)))


def any_condition(*conditions: Condition) -> bool:
    """Return whether one of *conditions* is true; an unknown value counts only if none is."""
    return _decided(conditions, by=True)


def all_conditions(*conditions: Condition) -> bool:
    """Return whether all of *conditions* are true; an unknown value counts only if none is false."""
    return _decided(conditions, by=False)


def is_certain(condition: Condition) -> bool:
    """Return whether *condition* is certainly true. A pass must not depend on false."""
    try:
        return bool(condition())
    except NotEvaluated:
        return False


def is_possible(condition: Condition) -> bool:
    """Return whether *condition* is true or may be, as for a subject that is read with other values later."""
    return not is_certain(lambda: not condition())


def _decided(conditions: Iterable[Condition], *, by: bool) -> bool:
    first: NotEvaluated | None = None
    for condition in conditions:
        try:
            if bool(condition()) is by:
                return by
        except NotEvaluated as raised:
            first = first or raised
    if first is not None:
        raise first
    return not by


def _tested(member: T | NotEvaluated, test: Callable[[T], bool]) -> Condition:
    return lambda: test(_certain(member))


def _attempts(members: Iterable[T]) -> Iterator[T | NotEvaluated]:
    """Yield the members, and at the end the `NotEvaluated` that their iteration raises."""
    try:
        yield from members
    except NotEvaluated as raised:
        yield raised


def _certain(member: T | NotEvaluated) -> T:
    if isinstance(member, NotEvaluated):
        raise member
    return member
