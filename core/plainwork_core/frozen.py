"""Immutable data classes that are cheap to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, slots: bool = False, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a data class that type checkers treat as `dataclass(frozen=True)`: equal by value, hashable, not assignable.

    `dataclass` compiles each method of each class at import, and guards each attribute at run time: a third of the time
    of a small run, which imports some seventy classes. Here the methods are shared, and nothing guards the attributes.
    """

    def decorate(cls: type[T]) -> Any:
        made: Any = dataclass(slots=slots, kw_only=kw_only, eq=False, repr=False)(cls)
        made.__compared__ = tuple(attribute.name for attribute in fields(made) if attribute.compare)
        for name, method in _METHODS.items():
            if name not in cls.__dict__:
                setattr(made, name, method)
        return made

    return decorate


def _values(instance: Any) -> tuple[Any, ...]:
    return tuple([getattr(instance, name) for name in instance.__compared__])


def _equals(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _represent(self: Any) -> str:
    shown = ", ".join(
        f"{attribute.name}={getattr(self, attribute.name)!r}" for attribute in fields(self) if attribute.repr
    )
    return f"{type(self).__qualname__}({shown})"


_METHODS = {"__eq__": _equals, "__hash__": _hash, "__repr__": _represent}
