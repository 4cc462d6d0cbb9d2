"""The model of a stack: what a policy may know, whatever format it was read from.

Readers build it (`plainwork_policies.readers`); policies only read it. Every value may be `Unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Literal, TypeVar

from plainwork_policies import values as _values
from plainwork_policies.values import Unknown, Value

Format = Literal["plan", "cdktf", "hcl"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: *file* as the user named it, *line* from 1, or 0 where the format has none."""

    file: str
    line: int = 0


class _Block:
    """What a block with arguments can be asked.

    `lines` has the line of an argument by path (`"tags"`, `"statement.1.actions"`), where the format has lines.
    """

    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int]

    def get(self, path: str) -> Value:
        """Follow *path* into the arguments (`look_up`)."""
        return _values.look_up(self.values, path)

    def blocks(self, name: str) -> list[Value]:
        """Return the nested blocks *name* as a list (`values.blocks`)."""
        return _values.blocks(self.values, name)

    def at(self, path: str) -> Location:
        """Return where the argument *path* stands, or its nearest enclosing argument, or the block."""
        while path:
            if path in self.lines:
                return Location(self.location.file, self.lines[path])
            path = path.rpartition(".")[0]
        return self.location


@dataclass(frozen=True)
class Provider(_Block):
    """One provider configuration.

    Args:
        name: local name, such as `aws`.
        alias: `None` for the default configuration.
        values: the configuration's arguments; `default_tags` is a block.
        location: of the block.
        module: path of the module that configures it, `""` for the root.
        lines: of its arguments.
    """

    name: str
    alias: str | None
    values: Mapping[str, Value]
    location: Location
    module: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What a resource's `provider_key` names: `aws` or `aws.<alias>`, with `module.x:` before it in a module."""
        key = f"{self.name}.{self.alias}" if self.alias else self.name
        return f"{self.module}:{key}" if self.module else key

    @property
    def address(self) -> str:
        """How findings name it: `provider.aws` or `provider.aws.<alias>`, with `module.x.` before it in a module."""
        address = f"provider.{self.name}.{self.alias}" if self.alias else f"provider.{self.name}"
        return f"{self.module}.{address}" if self.module else address


@dataclass(frozen=True)
class Backend(_Block):
    """The backend block (`type` is `s3`, `local`, `remote`, ...). A plan never has one.

    `given` has the location of each argument that `-backend-config` gives, and the block does not.
    """

    type: str
    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, Location] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """How findings name it: `terraform.backend.<type>`."""
        return f"terraform.backend.{self.type}"

    def at(self, path: str) -> Location:
        """Return where the argument *path* stands, be it in a file of `-backend-config`."""
        return self.given.get(path.partition(".")[0]) or super().at(path)


@dataclass(frozen=True)
class Resource(_Block):
    """One managed resource or data source; an instance where a plan expands `count` or `for_each`.

    Args:
        address: Terraform's own (`aws_s3_bucket.logs`, `data.aws_iam_policy_document.x`, `module.m.aws_x.y["k"]`).
        mode: `managed` or `data`.
        type: such as `aws_s3_bucket`.
        name: the block's second label.
        provider_key: the `Provider.key` it uses; an `Unknown` where that cannot be told.
        values: the arguments, plus whatever computed attributes a plan knows. Absent and null are one.
        location: of the block; in a plan the plan's file with line 0.
        lines: of its arguments.
        sensitive: paths of what no report may show, in a plan: `policy`, `tags.Owner`.
    """

    address: str
    mode: Literal["managed", "data"]
    type: str
    name: str
    provider_key: str | Unknown
    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)
    sensitive: frozenset[str] = frozenset()

    def sensitive_part(self, path: str) -> str | None:
        """Return the sensitive argument at *path* or around it."""
        return next((each for each in self.sensitive if f"{path}.".startswith(f"{each}.")), None)


@dataclass(frozen=True)
class ModuleCall(_Block):
    """A `module` block. Of HCL and CDKTF JSON the model has no resources in it; of a plan it has.

    Args:
        name: its label.
        values: `source`, `version` and, outside plans, the arguments.
        location: of the block.
        lines: of its arguments.
        module: path of the module that calls it, `""` for the root; other modules call only in plans.
        is_repeated: whether it has `count` or `for_each`.
    """

    name: str
    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)
    module: str = ""
    is_repeated: bool = False

    @property
    def address(self) -> str:
        """How findings name it: `module.<name>`, with the address of the caller before it."""
        return f"{self.module}.module.{self.name}" if self.module else f"module.{self.name}"


@dataclass(frozen=True)
class Change:
    """What a plan does to one resource instance.

    Args:
        address: Terraform's own; a deposed object has its key with it.
        type: such as `aws_s3_bucket`.
        actions: as in the plan: `("delete", "create")` or the other way round replaces.
        before: the arguments in the state, `None` where it is created.
        after: the arguments to come, as the resource in the model has them; `None` where it is deleted.
        replace_paths: the arguments that force a replacement.
        reason: Terraform's own word for why (`replace_because_tainted`, ...), `""` where it gives none.
        location: the plan.
    """

    address: str
    type: str
    actions: tuple[str, ...]
    before: Value
    after: Value
    replace_paths: tuple[tuple[str | int, ...], ...] = ()
    reason: str = ""
    location: Location = Location("")

    @property
    def destroys(self) -> bool:
        """Whether what is there now is destroyed, replaced or not."""
        return "delete" in self.actions

    @property
    def replaces(self) -> bool:
        """Whether another takes the place of what is destroyed."""
        return self.destroys and "create" in self.actions

    @property
    def touches(self) -> bool:
        """Whether it does anything to what is there already."""
        return self.destroys or "update" in self.actions

    def at(self, _path: str) -> Location:
        """Return the plan: it has no lines."""
        return self.location


@dataclass(frozen=True)
class Stack:
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
        run: every stack of the same run, this one included, as far as their own files tell; empty where it is alone.
    """

    source: str
    format: Format
    providers: tuple[Provider, ...] = ()
    backend: Backend | None = None
    resources: tuple[Resource, ...] = ()
    module_calls: tuple[ModuleCall, ...] = ()
    changes: tuple[Change, ...] = ()
    required_version: str = ""
    run: tuple[Stack, ...] = ()

    @cached_property
    def _derived(self) -> dict[Callable[[Stack], Any], Any]:
        return {}

    def derive(self, make: Callable[[Stack], _T]) -> _T:
        """Return `make(self)`, worked out once for this stack."""
        if make not in self._derived:
            self._derived[make] = make(self)
        result: _T = self._derived[make]
        return result

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

    def resource(self, address: str) -> Resource | None:
        """Return the resource or data source at *address*."""
        return self._by_address.get(address)

    def provider_of(self, resource: Resource) -> Provider | Unknown | None:
        """Return the provider configuration that *resource* uses; `None` where the stack configures none."""
        if isinstance(resource.provider_key, Unknown):
            return resource.provider_key
        return self._providers_by_key.get(resource.provider_key)


def once_per_stack(make: Callable[[Stack], _T]) -> Callable[[Stack], _T]:
    """Decorate a function of a stack that several policies ask, so that each stack is worked out once."""

    @wraps(make)
    def derived(stack: Stack) -> _T:
        return stack.derive(make)

    return derived
