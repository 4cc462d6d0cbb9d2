"""Immutable data classes that are cheap to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from operator import attrgetter
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
        compared = [attribute for attribute in fields(made) if attribute.compare]
        made.__compared__ = _getter(compared)
        made.__hashed__ = _getter([attribute for attribute in compared if attribute.hash is not False])
        for name, method in _METHODS.items():
            if name not in cls.__dict__:
                setattr(made, name, method)
        return made

    return decorate


def _getter(attributes: list[Field[Any]]) -> attrgetter[Any]:
    return attrgetter(*[attribute.name for attribute in attributes] or ("__class__",))


def _equals(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__compared__(self) == self.__compared__(other)


def _hash(self: Any) -> int:
    return hash(self.__hashed__(self))


def _represent(self: Any) -> str:
    shown = ", ".join(
        f"{attribute.name}={getattr(self, attribute.name)!r}" for attribute in fields(self) if attribute.repr
    )
    return f"{type(self).__qualname__}({shown})"


_METHODS = {"__eq__": _equals, "__hash__": _hash, "__repr__": _represent}
