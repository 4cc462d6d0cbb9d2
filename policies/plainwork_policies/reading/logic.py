"""Kleene's AND and OR over conditions that may raise `NotEvaluated`, independent of their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import call
from typing import TypeVar

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_policies.engine.finding import Finding

T = TypeVar("T")
U = TypeVar("U")
Condition = Callable[[], bool]


def check_each(members: Iterable[T], check: Callable[[T], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of *check* in each of *members*; a member that is not evaluated does not end the others."""
    try:
        for member in members:
            try:
                yield from check(member)
            except NotEvaluated as raised:
                yield _finding(raised)
    except NotEvaluated as raised:
        yield _finding(raised)


def flattened(members: Iterable[T], read: Callable[[T], Iterable[U]]) -> Iterator[U]:
    """Yield what *read* gives for each of *members*: first what is certain, then `NotEvaluated` if more is possible."""
    first: NotEvaluated | None = None
    try:
        for member in members:
            try:
                yield from read(member)
            except NotEvaluated as raised:
                first = first or raised
    except NotEvaluated as raised:
        first = first or raised
    if first is not None:
        raise first


def some(members: Iterable[T], test: Callable[[T], bool]) -> bool:
    """Return whether *test* is true for one of *members*; an unknown value counts only if it is true for none."""
    return _first(members, test) is not None


def find(members: Iterable[T], test: Callable[[T], bool]) -> T | None:
    """Return the first of *members* for which *test* is true; one that cannot be tested hides no other."""
    found = _first(members, test)
    return None if found is None else found[0]


def every(members: Iterable[T], test: Callable[[T], bool]) -> bool:
    """Return whether *test* is true for each of *members*; an unknown value counts only if it is false for none."""
    return _first(members, test, answer=False) is None


def any_condition(*conditions: Condition) -> bool:
    """Return whether one of *conditions* is true; an unknown value counts only if none is."""
    return some(conditions, call)


def all_conditions(*conditions: Condition) -> bool:
    """Return whether all of *conditions* are true; an unknown value counts only if none is false."""
    return every(conditions, call)


def is_certain(condition: Condition) -> bool:
    """Return whether *condition* is certainly true. A pass must not depend on false."""
    try:
        return bool(condition())
    except NotEvaluated:
        return False


def is_possible(condition: Condition) -> bool:
    """Return whether *condition* is true or may be, as for a subject that is read with other values later."""
    try:
        return bool(condition())
    except NotEvaluated:
        return True


def _first(members: Iterable[T], test: Callable[[T], bool], *, answer: bool = True) -> tuple[T] | None:
    """Return the first of *members* to which the *answer* of *test* is true or false, alone in a tuple.

    Without one, raise the first `NotEvaluated` of the tests, or that with which *members* end.
    """
    first: NotEvaluated | None = None
    try:
        for member in members:
            try:
                if bool(test(member)) is answer:
                    return (member,)
            except NotEvaluated as raised:
                first = first or raised
    except NotEvaluated as raised:
        first = first or raised
    if first is not None:
        raise first
    return None


def _finding(raised: NotEvaluated) -> Finding:
    return Finding("not_evaluated", raised.because.reason, raised.path, location=raised.location)
