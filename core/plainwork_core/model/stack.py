"""The model of a stack: the data that policies read, independent of the format of the input.

Readers build it (`plainwork_core.read`); policies only read it. Every value may be `Unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field
from functools import cached_property, wraps
from typing import Concatenate, Literal, ParamSpec, Protocol, TypeVar

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import (
    Backend,
    Encryption,
    Location,
    ModuleCall,
    Note,
    Provider,
    ProviderRequirement,
    Resource,
)
from plainwork_core.model.cache import Cache, cached_per_stack
from plainwork_core.model.changes import Change, PlanParts
from plainwork_core.model.run import Run
from plainwork_core.model.values import Unknown, Value
from plainwork_core.secrets import hiding, may_hold_secret, secrets_of_block, secrets_of_resource

__all__ = [
    "Backend",
    "Change",
    "Encryption",
    "Format",
    "Location",
    "ModuleCall",
    "Note",
    "Provider",
    "ProviderRequirement",
    "Resource",
    "Run",
    "Stack",
    "cached_per_run",
    "cached_per_stack",
]

Format = Literal["plan", "cdktf", "hcl"]
_T = TypeVar("_T")
_P = ParamSpec("_P")


class PlanConfiguration(Protocol):
    """The configuration in a plan, which keeps the order of nested blocks that the planned values do not keep."""

    @property
    def blocks(self) -> frozenset[str]:
        """The addresses of all resources and data sources, without the keys of instances."""

    def arguments(self, address: str) -> Mapping[str, Value]:
        """Return the arguments in the block of the root's resource *address*; an expression is an `Unknown`."""

    def references(self, block: str) -> tuple[str, ...]:
        """Return the managed blocks that *block* refers to, all without keys."""

    @property
    def variables(self) -> Mapping[str, Value]:
        """The values of the root's variables."""

    def variable(self, name: str) -> Value:
        """Return the value of the root's variable *name*, or `None`."""


@frozen()
class Stack(Cache):
    """One root module with one state: the unit that policies are evaluated on.

    Args:
        source: the path that the user passed, or the file or directory found in it.
        format: of the input.
        providers: the provider configurations, including those in modules if the format contains them.
        backend: `None` if the input has none; a plan never contains it.
        encryption: of OpenTofu; `None` if the input has none; a plan never contains it.
        resources: managed resources and data sources, in the order of the input.
        module_calls: of the root module and of the modules that it calls, as far as they are evaluated.
        changes: of a plan, including deletions; empty in other formats.
        required_providers: `None` if the input may lack some: one of many files.
        locked_providers: the version of each provider in `.terraform.lock.hcl`, by its address such as
            `registry.terraform.io/hashicorp/aws`; `None` if the input may lack the file: a plan, one of many files.
        required_version: the constraints on Terraform's version, joined by commas; `""` in a plan.
        is_for_opentofu: whether a `.tofu` file, an `encryption` block or the lock file is of OpenTofu; not in a plan.
        directories: the real paths of the modules that it calls and that are evaluated with it; empty in a plan.
        notes: on what the input contains beside its blocks.
        moves: old and new address of each `moved` block, or of each resource that a plan moves.
        outputs: the references in the outputs of the root module, such as `aws_security_group.web.id`.
        configuration: the configuration in a plan; `None` in other formats.
        python_lines: the Python line that creates a block, by address, if the stack is written in Python.
        constructs: the Python construct that creates a block, such as `FileSystem files`, by address.
        plan_parts: what a plan has beside the changes of resources; `None` in other formats.
        run: all stacks of the run, this one included, without their own `run`; `None` for a stack outside a run.
        former: the version of the base of a comparison, empty if the base does not have the stack; `None` without a
            base that is read.
    """

    source: str
    format: Format
    providers: tuple[Provider, ...] = ()
    backend: Backend | None = None
    resources: tuple[Resource, ...] = ()
    module_calls: tuple[ModuleCall, ...] = ()
    changes: tuple[Change, ...] = ()
    required_providers: tuple[ProviderRequirement, ...] | None = None
    locked_providers: Mapping[str, str] | None = None
    required_version: str = ""
    is_for_opentofu: bool = False
    encryption: Encryption | None = None
    directories: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    outputs: tuple[str, ...] = ()
    configuration: PlanConfiguration | None = field(default=None, repr=False, compare=False)
    python_lines: Mapping[str, Location] = field(default_factory=dict, repr=False, compare=False)
    constructs: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    plan_parts: PlanParts | None = field(default=None, repr=False, compare=False)
    run: Run | None = None
    former: Stack | None = field(default=None, repr=False, compare=False)

    @cached_property
    def _by_type(self) -> dict[tuple[str, str], list[Resource]]:
        table: dict[tuple[str, str], list[Resource]] = {}
        for resource in self.resources:
            table.setdefault((resource.mode, resource.type), []).append(resource)
        return table

    @property
    def types(self) -> Collection[tuple[str, str]]:
        """The mode and the type of each resource and data source, without duplicates."""
        return self._by_type.keys()

    @cached_property
    def _by_mode(self) -> dict[str, list[Resource]]:
        modes = ("managed", "data")
        return {mode: [resource for resource in self.resources if resource.mode == mode] for mode in modes}

    @cached_property
    def _by_address(self) -> dict[str, Resource]:
        return {resource.address: resource for resource in self.resources}

    @cached_property
    def _calls_by_address(self) -> dict[str, ModuleCall]:
        return {call.address: call for call in self.module_calls}

    @cached_property
    def _providers_by_key(self) -> dict[str, Provider]:
        return {provider.key: provider for provider in self.providers}

    @cached_property
    def _secrets(self) -> frozenset[str]:
        blocks = (*self.providers, *filter(None, (self.backend, self.encryption)))
        in_blocks = (secret for block in blocks for secret in secrets_of_block(block.values))
        in_resources = (
            secret
            for resource in self.resources
            if resource.sensitive or may_hold_secret(resource.type)
            for secret in secrets_of_resource(resource.type, resource.values, resource.sensitive)
        )
        return frozenset((*in_blocks, *in_resources))

    @cached_property
    def hide_secrets(self) -> Callable[[str], str]:
        """A function that replaces the secrets of the stack in a text."""
        return hiding(self._secrets)

    @property
    def has_secrets(self) -> bool:
        """Whether `hide_secrets` changes some texts."""
        return any(self._secrets)

    @property
    def may_be_module(self) -> bool:
        """Whether it may be a module that others call: HCL without a backend and a provider configuration."""
        of_root = (provider for provider in self.providers if not provider.module)
        return self.format == "hcl" and self.backend is None and not any(of_root)

    def managed(self, *types: str) -> list[Resource]:
        """Return the managed resources of *types*; without arguments all of them."""
        return self._of("managed", types)

    def data(self, *types: str) -> list[Resource]:
        """Return the data sources of *types*; without arguments all of them."""
        return self._of("data", types)

    def _of(self, mode: str, types: Iterable[str]) -> list[Resource]:
        selected = tuple(types)
        if not selected:
            return self._by_mode[mode]
        return [resource for type_ in selected for resource in self._by_type.get((mode, type_), [])]

    def backends(self, *types: str) -> list[Backend]:
        """Return the backend if it is one of *types*; without arguments a backend of any type."""
        return [self.backend] if self.backend and (not types or self.backend.type in types) else []

    def resource(self, address: str) -> Resource | None:
        """Return the resource or data source at *address*."""
        return self._by_address.get(address)

    def python_line(self, address: str) -> Location | None:
        """Return the Python line that creates the block at *address*, which may be one of several instances."""
        return self.python_lines.get(address) or self.python_lines.get(address.partition("[")[0])

    def module_call(self, address: str) -> ModuleCall | None:
        """Return the module call at *address*."""
        return self._calls_by_address.get(address)

    def provider_of(self, resource: Resource) -> Provider | Unknown | None:
        """Return the provider configuration that *resource* uses; `None` if it is the default one, not configured.

        A module receives a configuration with an alias that it does not have from its caller.
        """
        key = resource.provider_key
        if isinstance(key, Unknown):
            return key
        found = self._providers_by_key.get(key)
        if found is None and "." in key.rpartition(":")[2]:
            return Unknown(f"the caller of this module configures the provider `{key}`; check the caller or a plan")
        return found


def cached_per_run(make: Callable[Concatenate[Run, _P], _T]) -> Callable[Concatenate[Stack, _P], _T]:
    """Cache the results of a function of a run. The decorated function takes one of the stacks of the run.

    Further arguments are as those of `cached_per_stack`. A stack outside a run is a run with one stack.
    """

    @wraps(make)
    def cached(stack: Stack, /, *arguments: _P.args, **_: _P.kwargs) -> _T:
        return (stack.run or Run((stack,))).cached(make, *arguments)

    return cached
