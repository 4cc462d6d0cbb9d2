"""Blocks: resources, data sources, providers, backends, module calls, and the blocks nested in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.model.blocks import Resource as ModelResource
from plainwork_core.model.changes import Change
from plainwork_core.model.connections import may_be_elsewhere, resources_referencing
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import PartialMap, Unknown, Value, look_up
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.severity import Severity
from plainwork_policies.reading.argument import Argument
from plainwork_policies.reading.logic import flattened
from plainwork_policies.reading.members import Members

_REQUIRED: Any = object()


class Block:
    """A block and its arguments.

    Attributes:
        owner: the resource, provider, backend or module call of the model that it is or is nested in.
        stack: the stack around it.
        path: from the owner, such as `ingress.0`; `""` for the owner itself.
    """

    __slots__ = ("_values", "owner", "path", "stack")

    def __init__(self, owner: Any, stack: Stack, values: Mapping[str, Value] | None = None, path: str = "") -> None:
        self.owner, self.stack, self.path = owner, stack, path
        self._values = owner.values if values is None else values

    @property
    def address(self) -> str:
        """The address of the owner."""
        address: str = self.owner.address
        return address

    @property
    def type(self) -> str:
        """The resource type of the owner, such as `aws_s3_bucket`; `""` for blocks of other kinds."""
        return getattr(self.owner, "type", "")

    def __getitem__(self, path: str) -> Argument:
        """Return the argument at *path*: `encrypted`, `posix_user.uid`, without the index of a single block."""
        if "." in path:
            path, value = _follow(self._values, path)
        else:
            value = self._values.get(path)
        if isinstance(value, Unknown) and value.is_computed:
            value = None
        return Argument(self, f"{self.path}.{path}" if self.path else path, value)

    @property
    def names(self) -> list[str]:
        """The names of the arguments and nested blocks that the block has."""
        return list(self._values)

    def blocks(self, name: str) -> Members[Block]:
        """Return the nested blocks *name*; a `dynamic` block that is unknown comes last, as `NotEvaluated`."""
        found = self[name]
        raw = found.raw if isinstance(found.raw, (list, Unknown)) else [] if found.raw is None else [found.raw]
        return Members(
            raw, lambda index, value: self._nested(found, index, value), not_evaluated=found.not_evaluated, is_open=True
        )

    def block(self, name: str) -> Block | None:
        """Return the nested block *name* of which there is at most one."""
        return next(iter(self.blocks(name)), None)

    def arguments(self, path: str) -> Iterator[Argument]:
        """Yield the argument *path* (`listener.certificate_arn`) of each nested block on the path, set or not.

        It raises `NotEvaluated` if a block on the path is unknown.
        """
        name, _, rest = path.partition(".")
        if rest:
            yield from flattened(self.blocks(name), lambda block: block.arguments(rest))
        else:
            yield self[name]

    def view(self, resource: ModelResource) -> Resource:
        """Return another resource of the stack, as policies read it."""
        return Resource(resource, self.stack)

    def fail(self, message: str, *, remedy: str, value: Value = None, severity: Severity | None = None) -> Finding:
        """Make a failure of the whole block."""
        return fail(self.path, message, value=value, remedy=remedy, severity=severity)

    def not_evaluated(self, because: Unknown | str, path: str = "") -> NotEvaluated:
        """Make the exception for a block that does not decide."""
        at = path or self.path
        return NotEvaluated(because, at, self.address, self.owner.at(at))

    def _nested(self, found: Argument, index: int, value: Value) -> Block:
        path = f"{found.path}.{index}"
        if not isinstance(value, dict):
            raise found.not_evaluated(value if isinstance(value, Unknown) else f"`{path}` is not a block", path)
        return self.inner(value, path)

    def inner(self, values: Mapping[str, Value], path: str) -> Block:
        """Return the nested block at *path*."""
        return Block(self.owner, self.stack, values, path)


class Resource(Block):
    """A managed resource or data source."""

    __slots__ = ()
    owner: ModelResource

    @property
    def name(self) -> str:
        """The second label of the block."""
        return self.owner.name

    @property
    def change(self) -> Change | None:
        """The change of the resource in the plan; `None` if the input is not a plan."""
        return _changes_by_address(self.stack).get(self.address)

    def changes(self, path: str, default: bool = _REQUIRED) -> bool:  # noqa: FBT001  as in the accessors
        """Return whether the plan creates the resource or changes its argument *path*.

        Outside plans the read gives *default*, or raises without one.
        """
        change = self.change
        if change is None:
            if default is _REQUIRED:
                raise self[path].not_evaluated("only a plan contains changes; check a plan")
            return default
        return not change.before or look_up(change.before, path) != self[path].resolve(look_up(change.after, path))

    def referenced_by(
        self, type_: str, argument: str, attribute: str = "id", *, in_modules: bool = True
    ) -> Members[Resource]:
        """Return the resources of *type_* whose *argument* refers to this one.

        A resource that may refer to it comes last, as `NotEvaluated`; so does a module that receives it.

        Args:
            type_: of the other resources.
            argument: of the other resources.
            attribute: of this resource, whose value the argument has if it is known in a plan.
            in_modules: whether a module that receives this resource may contain such a resource.
        """

        def found() -> Iterator[Value]:
            yield from resources_referencing(self.owner, self.stack, type_, argument, attribute)
            if in_modules and (elsewhere := may_be_elsewhere(self.owner, self.stack)) is not None:
                yield elsewhere

        return Members(list(found()), self._known, not_evaluated=self[attribute].not_evaluated, is_open=True)

    def _known(self, _index: int, resource: Value) -> Resource:
        if isinstance(resource, Unknown):
            raise NotEvaluated(resource, owner=self.address)
        return self.view(resource)


@cached_per_stack
def _changes_by_address(stack: Stack) -> dict[str, Change]:
    return {change.address: change for change in stack.changes}


def _follow(values: Mapping[str, Value], path: str) -> tuple[str, Value]:
    """Follow *path* into *values*, and return it with the indices of single blocks, and the value."""
    current: Value = values
    steps: list[str] = []
    for step in path.split("."):
        if isinstance(current, dict) and not step.isdigit():  # most paths
            steps.append(step)
            current = current.get(step)
            continue
        if isinstance(current, list) and not step.isdigit():
            if len(current) > 1:
                return path, Unknown(f"there are {len(current)} blocks `{'.'.join(steps)}`")
            steps.append("0")
            current = current[0] if current else None
        if not _has_members(current, step):
            return path, Unknown(f"`{'.'.join(steps)}` is not a block")
        steps.append(step)
        if not isinstance(current, Unknown) or isinstance(current, PartialMap):
            current = look_up(current, step)
    return ".".join(steps), current


def _has_members(value: Value, step: str) -> bool:
    """Return whether the value may have a member *step*: a block has arguments, and a list indices."""
    return value is None or isinstance(value, (dict, Unknown)) or (isinstance(value, list) and step.isdigit())
