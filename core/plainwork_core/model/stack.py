"""The model of a stack: what a policy may know, whatever format it was read from.

Readers build it (`plainwork_core.read`); policies only read it. Every value may be `Unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import field
from functools import cached_property, wraps
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Backend, Change, Location, ModuleCall, Provider, Resource
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.values import Unknown, Value

__all__ = [
    "Backend",
    "Change",
    "Format",
    "Location",
    "ModuleCall",
    "Provider",
    "Resource",
    "Run",
    "Stack",
    "cached_per_run",
    "cached_per_stack",
]

Format = Literal["plan", "cdktf", "hcl"]
_T = TypeVar("_T")
_P = ParamSpec("_P")


class _Cache:
    """A place for what is computed from it once."""

    @cached_property
    def _results(self) -> dict[tuple[Hashable, ...], Any]:
        return {}

    def cached(self, make: Callable[..., _T], *arguments: Hashable) -> _T:
        """Return `make(self, *arguments)`, computed once for each combination of arguments.

        A computation that ends in `NotEvaluated` ends so each time, and is not repeated either.
        """
        key = (make, *arguments)
        if key not in self._results:
            try:
                self._results[key] = make(self, *arguments), None
            except NotEvaluated as raised:
                self._results[key] = None, raised
        result, not_evaluated = self._results[key]
        if not_evaluated is not None:
            raise not_evaluated.with_traceback(None)
        found: _T = result
        return found


@frozen()
class Run(_Cache):
    """The stacks of one run."""

    stacks: tuple[Stack, ...]


class PlanConfiguration(Protocol):
    """The configuration in a plan, which keeps the order of nested blocks that the planned values do not keep."""

    def arguments(self, address: str) -> Mapping[str, Value]:
        """Return the arguments in the block of the root's resource *address*; an expression is an `Unknown`."""

    def variable(self, name: str) -> Value:
        """Return the value of the root's variable *name*, or `None`."""


@frozen()
class Stack(_Cache):
    """One root module: the unit that is judged.

    Args:
        source: the path the user gave, or the file or folder found under it.
        format: what it was read from.
        providers: every configuration, modules' own included where the format has them.
        backend: `None` where the input has none, and always in a plan, which does not tell.
        resources: managed resources and data sources, in the input's order.
        module_calls: the modules that it calls; in a plan those that modules call too.
        changes: a plan's changes, deletions included; empty in other formats.
        required_version: the constraints on Terraform's version, joined by commas; a plan does not tell.
        configuration: what a plan says about the configuration that it was made of; `None` in other formats.
        run: every stack of the same run, this one included, as far as their own files tell; `None` where it is alone.
    """

    source: str
    format: Format
    providers: tuple[Provider, ...] = ()
    backend: Backend | None = None
    resources: tuple[Resource, ...] = ()
    module_calls: tuple[ModuleCall, ...] = ()
    changes: tuple[Change, ...] = ()
    required_version: str = ""
    configuration: PlanConfiguration | None = field(default=None, repr=False, compare=False)
    run: Run | None = None

    @cached_property
    def _by_type(self) -> dict[tuple[str, str], list[Resource]]:
        table: dict[tuple[str, str], list[Resource]] = {}
        for resource in self.resources:
            table.setdefault((resource.mode, resource.type), []).append(resource)
        return table

    @cached_property
    def _by_address(self) -> dict[str, Resource]:
        return {resource.address: resource for resource in self.resources}

    @cached_property
    def _providers_by_key(self) -> dict[str, Provider]:
        return {provider.key: provider for provider in self.providers}

    @property
    def may_be_module(self) -> bool:
        """Whether it may be a module that others call: a folder that says nowhere where it is deployed."""
        return self.format == "hcl" and self.backend is None and not self.providers

    def managed(self, *types: str) -> list[Resource]:
        """Return the managed resources of *types*, or all of them when none is named."""
        return self._of("managed", types)

    def data(self, *types: str) -> list[Resource]:
        """Return the data sources of *types*, or all of them when none is named."""
        return self._of("data", types)

    def _of(self, mode: str, types: Iterable[str]) -> list[Resource]:
        wanted = tuple(types)
        if not wanted:
            return [resource for resource in self.resources if resource.mode == mode]
        return [resource for type_ in wanted for resource in self._by_type.get((mode, type_), [])]

    def backends(self, *types: str) -> list[Backend]:
        """Return the backend if it is one of *types*, or of any type when none is named; a plan has none."""
        return [self.backend] if self.backend and (not types or self.backend.type in types) else []

    def resource(self, address: str) -> Resource | None:
        """Return the resource or data source at *address*."""
        return self._by_address.get(address)

    def provider_of(self, resource: Resource) -> Provider | Unknown | None:
        """Return the provider configuration that *resource* uses; `None` where the stack configures none."""
        if isinstance(resource.provider_key, Unknown):
            return resource.provider_key
        return self._providers_by_key.get(resource.provider_key)


def cached_per_stack(make: Callable[Concatenate[Stack, _P], _T]) -> Callable[Concatenate[Stack, _P], _T]:
    """Decorate a function of a stack that is asked often, so that each stack is worked out once.

    Further arguments are positional and hashable; each combination is worked out once.
    """

    @wraps(make)
    def cached(stack: Stack, /, *arguments: _P.args, **_: _P.kwargs) -> _T:
        return stack.cached(make, *arguments)

    return cached


def cached_per_run(make: Callable[Concatenate[Run, _P], _T]) -> Callable[Concatenate[Stack, _P], _T]:
    """Decorate a function of the stacks of a run, to be asked with one of them, so that each run is worked out once.

    Further arguments are as those of `cached_per_stack`. A stack that is alone is a run of itself.
    """

    @wraps(make)
    def cached(stack: Stack, /, *arguments: _P.args, **_: _P.kwargs) -> _T:
        return (stack.run or Run((stack,))).cached(make, *arguments)

    return cached
