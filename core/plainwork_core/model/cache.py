"""Values that are computed once from an object of the model."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from plainwork_core.model.not_evaluated import NotEvaluated

if TYPE_CHECKING:
    from plainwork_core.model.stack import Stack

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Cache:
    """An object that caches values computed from it."""

    @cached_property
    def _results(self) -> dict[tuple[Hashable, ...], tuple[Any, NotEvaluated | None]]:
        return {}

    def cached(self, make: Callable[..., _T], *arguments: Hashable) -> _T:
        """Return `make(self, *arguments)`, computed once for each combination of arguments.

        If the computation raises `NotEvaluated`, the exception is cached too.
        """
        key = (make, *arguments)
        outcome = self._results.get(key)
        if outcome is None:
            outcome = self._results[key] = self._outcome(make, arguments)
        result, not_evaluated = outcome
        if not_evaluated is not None:
            raise not_evaluated.with_traceback(None)
        found: _T = result
        return found

    def _outcome(self, make: Callable[..., Any], arguments: tuple[Hashable, ...]) -> tuple[Any, NotEvaluated | None]:
        try:
            return make(self, *arguments), None
        except NotEvaluated as raised:
            return None, raised


def cached_per_stack(make: Callable[Concatenate[Stack, _P], _T]) -> Callable[Concatenate[Stack, _P], _T]:
    """Cache the results of a function of a stack.

    Further arguments are positional and hashable; the function is called once for each combination.
    """

    @wraps(make)
    def cached(stack: Stack, /, *arguments: _P.args, **_: _P.kwargs) -> _T:
        return stack.cached(make, *arguments)

    return cached
