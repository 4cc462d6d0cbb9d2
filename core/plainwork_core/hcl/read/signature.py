"""What a function of HCL takes, and how it meets unknown values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.references import Scope
from plainwork_core.model.values import Unknown, Value, merged, unknowns

Convert = Callable[[Value], Any]


def any_value(value: Value) -> Value:
    """Take any value as it is, null too."""
    return value


def present(value: Value) -> Value:
    """Take any value except null."""
    if value is None:
        raise Rejected("null is not allowed here")
    return value


def or_null(convert: Convert) -> Convert:
    """Return the conversion that takes null too, as null."""
    return lambda value: None if value is None else convert(value)


@frozen(slots=True)
class Function:
    """A function by what it does and takes.

    Args:
        call: does it, on converted arguments.
        parameters: converts each argument.
        rest: converts each further argument; without it there is none.
        optional: how many of the last *parameters* may be left out.
        partial: whether members of its arguments may be unknown; otherwise one of them makes the result unknown.
        whole: whether its arguments themselves may be unknown too.
        in_scope: whether *call* takes the scope of the expression first.
    """

    call: Callable[..., Value]
    parameters: tuple[Convert, ...] = ()
    rest: Convert | None = None
    optional: int = 0
    partial: bool = False
    whole: bool = False
    in_scope: bool = False

    def __call__(self, name: str, arguments: list[Value], scope: Scope) -> Value:
        """Return the result of `name(arguments)`.

        Raises:
            Rejected: arguments that Terraform would not take.
        """
        hidden = [member for argument in arguments for member in self._hidden(argument)]
        if hidden:
            return merged(hidden)
        self._count(name, len(arguments))
        converters = [*self.parameters, *[self.rest] * len(arguments)]
        first = (scope,) if self.in_scope else ()
        try:
            return self.call(
                *first, *(convert(value) for convert, value in zip(converters, arguments, strict=False) if convert)
            )
        except Rejected as error:
            raise Rejected(f"`{name}()`: {error}") from None
        except Unsupported as error:
            return Unknown(f"`{name}()` is not evaluated {error}")

    def _hidden(self, argument: Value) -> list[Unknown]:
        if self.whole:
            return []
        if self.partial:
            return [argument] if isinstance(argument, Unknown) else []
        return list(unknowns(argument))

    def _count(self, name: str, given: int) -> None:
        most = len(self.parameters)
        if given < most - self.optional or (given > most and not self.rest):
            raise Rejected(f"`{name}()` takes {most} arguments, not {given}")
