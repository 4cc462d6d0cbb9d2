"""The blocks of a stack, and what a plan does to them: the parts of the model.

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
        """What a resource's `provider_key` names: `aws` or `aws.<alias>`, with `module.x:` before it in a module."""
        key = f"{self.name}.{self.alias}" if self.alias else self.name
        return f"{self.module}:{key}" if self.module else key

    @property
    def address(self) -> str:
        """How findings name it: `provider.aws` or `provider.aws.<alias>`, with `module.x.` before it in a module."""
        address = f"provider.{self.name}.{self.alias}" if self.alias else f"provider.{self.name}"
        return f"{self.module}.{address}" if self.module else address


@frozen()
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


@frozen()
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

    def quotes_sensitive(self, said: str) -> str | None:
        """Return the sensitive argument, a string, that *said* quotes."""
        texts = ((path, self.get(path)) for path in sorted(self.sensitive))
        return next((path for path, text in texts if isinstance(text, str) and text and text in said), None)


@frozen()
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


@frozen()
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
