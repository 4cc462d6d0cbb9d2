"""The blocks of a stack.

Every value may be `Unknown`. Policies import them from `plainwork_core.model.stack`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model import values as _values
from plainwork_core.model.values import Unknown, Value


@frozen(slots=True)
class Location:
    """A position: *file* as in the path that the user passed, *line* from 1, or 0 if the format has no lines."""

    file: str
    line: int = 0


@frozen(slots=True)
class Note:
    """A sentence about an input for the summary; *is_incomplete* if a part of the input is not checked."""

    message: str
    is_incomplete: bool = False


class _Block:
    """A block with arguments.

    `lines` has the line of each argument by path (`"tags"`, `"statement.1.actions"`), if the format has lines.
    """

    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int]

    def get(self, path: str) -> Value:
        """Return the value at *path* in the arguments (`values.look_up`)."""
        return _values.look_up(self.values, path) if "." in path else self.values.get(path)

    def blocks(self, name: str) -> list[Value]:
        """Return the nested blocks *name* as a list (`values.blocks`)."""
        return _values.blocks(self.values, name)

    def at(self, path: str) -> Location:
        """Return the location of the argument *path*, of its nearest enclosing argument, or of the block."""
        while path and self.lines:
            if path in self.lines:
                return Location(self.location.file, self.lines[path])
            path = path.rpartition(".")[0]
        return self.location


@frozen()
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
        """The `provider_key` of its resources: `aws` or `aws.<alias>`, prefixed with `module.x.` in a module."""
        key = f"{self.name}.{self.alias}" if self.alias else self.name
        return f"{self.module}:{key}" if self.module else key

    @property
    def address(self) -> str:
        """The address in findings: `provider.aws` or `provider.aws.<alias>`, prefixed with `module.x.` in a module."""
        address = f"provider.{self.name}.{self.alias}" if self.alias else f"provider.{self.name}"
        return f"{self.module}.{address}" if self.module else address


@frozen()
class ProviderRequirement(_Block):
    """One entry of `required_providers`.

    Args:
        name: local name, such as `aws`.
        values: `source` and `version`, as far as they are set.
        location: of the entry.
        lines: of its arguments.
    """

    name: str
    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address in findings: `terraform.required_providers.<name>`."""
        return f"terraform.required_providers.{self.name}"


@frozen()
class Backend(_Block):
    """The backend block (`type` is `s3`, `local`, `remote`, ...). A plan never has one.

    `given` has the location of each argument that is set by `-backend-config` and not in the block.
    """

    type: str
    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, Location] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address in findings: `terraform.backend.<type>`."""
        return f"terraform.backend.{self.type}"

    def at(self, path: str) -> Location:
        """Return the location of the argument *path*, which may be in a file of `-backend-config`."""
        return self.given.get(path.partition(".")[0]) or super().at(path)


@frozen()
class Encryption(_Block):
    """The `encryption` block of OpenTofu; only HCL and JSON syntax have it.

    A method is a reference, such as `method.aes_gcm.main`. The blocks that it refers to have no labels in `values`.
    """

    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address in findings: `terraform.encryption`."""
        return "terraform.encryption"


@frozen()
class Resource(_Block):
    """One managed resource or data source; an instance where a plan expands `count` or `for_each`.

    Args:
        address: Terraform's address (`aws_s3_bucket.logs`, `data.aws_iam_policy_document.x`, `module.m.aws_x.y["k"]`).
        mode: `managed` or `data`.
        type: such as `aws_s3_bucket`.
        name: the block's second label.
        provider_key: the `Provider.key` it uses; an `Unknown` if it cannot be determined.
        values: the arguments and the computed attributes that a plan contains. A null argument is absent.
        location: of the block; in a plan the plan's file with line 0.
        lines: of its arguments.
        sensitive: paths of the arguments that a plan marks as sensitive (`policy`, `tags.Owner`): no report shows them.
        ignored: the names in `ignore_changes`, `all` among them; `None` in a plan, which does not contain them.
        read_back: optional arguments that the configuration does not set and a plan has as AWS has them. They are not
            in `values`: a resource is checked as it is written, before and after its first apply.
        may_be_absent: whether `count` or `for_each` is unknown, so that it may have no instance; not in a plan.
        calls: the locations of the module calls that lead to it, the outermost first; not in a plan.
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
    ignored: frozenset[str] | None = frozenset()
    read_back: Mapping[str, Value] = field(default_factory=dict)
    may_be_absent: bool = False
    calls: tuple[Location, ...] = ()

    def attribute(self, name: str) -> Value:
        """Return the value to which other resources refer: of an argument that is set, or that AWS has."""
        return self.read_back[name] if name in self.read_back else self.get(name)

    def sensitive_part(self, path: str) -> str | None:
        """Return the sensitive argument at *path* or around it."""
        return next((argument for argument in self.sensitive if f"{path}.".startswith(f"{argument}.")), None)

    def ignores(self, path: str) -> bool | None:
        """Return whether `ignore_changes` contains the argument *path*, a part of it, or all; `None` if unknown."""
        if self.ignored is None:
            return None
        return not self.ignored.isdisjoint((path.partition(".")[0], "all"))

    def quotes_sensitive(self, text: str) -> str | None:
        """Return the sensitive argument, a string, whose value *text* contains."""
        values = ((path, self.get(path)) for path in sorted(self.sensitive))
        return next((path for path, value in values if isinstance(value, str) and value and value in text), None)


@frozen()
class ModuleCall(_Block):
    """A `module` block.

    Args:
        name: its label.
        values: `source`, `version` and, outside plans, the arguments.
        location: of the block.
        lines: of its arguments.
        module: path of the module that contains the call, `""` for the root.
        is_repeated: whether it has `count` or `for_each`.
        is_evaluated: whether the stack contains the resources of the module, as far as it has instances.
    """

    name: str
    values: Mapping[str, Value]
    location: Location
    lines: Mapping[str, int] = field(default_factory=dict)
    module: str = ""
    is_repeated: bool = False
    is_evaluated: bool = False

    @property
    def address(self) -> str:
        """The address in findings: `module.<name>`, with the address of the calling module as prefix."""
        return f"{self.module}.module.{self.name}" if self.module else f"module.{self.name}"
