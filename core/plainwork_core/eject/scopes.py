"""The names in the root module and in each instance of an ejected module."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.eject import known
from plainwork_core.eject.conversion import converted
from plainwork_core.eject.files import result_of
from plainwork_core.eject.known import PATH, Invalid, Known, Outputs
from plainwork_core.eject.placed import MODES, Placed
from plainwork_core.eject.shapes import COUNT_INDEX, EACH_KEY, shape_of
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import Value
from plainwork_core.read.variable_values import type_of

if TYPE_CHECKING:
    from plainwork_core.eject.calls import Call
    from plainwork_core.read.modules import Module

TRUE, FALSE = nodes.Literal(value=True), nodes.Literal(value=False)


class _Scope(ABC):
    """What the root module and an ejected module have in common.

    Attributes:
        module: its files.
        path: its address, with the keys of its instances; `""` for the root module.
        calls: the calls of ejected modules in it, by name.
    """

    path = ""

    def __init__(self, module: Module, root: Path) -> None:
        self.module = module
        self.root = root
        self.calls: dict[str, Call] = {}
        self._values: dict[str, Expression] = {}
        self._pending: set[str] = set()

    @abstractmethod
    def look_up(self, name: str, steps: tuple[Expression, ...]) -> tuple[Expression, int]:
        """Return what *name* and the first of *steps* are, and the number of steps that count."""

    def file(self, node: nodes.Call) -> Expression | None:
        """Return the result of a function that reads a file; `None` if it is not known."""
        return result_of(node, self.root)

    def local(self, name: str) -> Expression:
        """Return the value of a local value."""
        attribute = self.module.declarations.locals.get(name)
        if attribute is None:
            raise Invalid(f"`local.{name}` is not declared")
        return self._once(f"local.{name}", lambda: specialized(attribute.expression, Around(self)))

    def _once(self, name: str, made: Callable[[], Expression]) -> Expression:
        if name in self._pending:
            raise Invalid(f"`{name}` refers to itself")
        if name not in self._values:
            self._pending.add(name)
            try:
                self._values[name] = made()
            finally:
                self._pending.discard(name)
        return self._values[name]


def _name(steps: tuple[Expression, ...], place: int = 0) -> str:
    return steps[place].name if len(steps) > place and isinstance(steps[place], nodes.GetAttribute) else ""


class RootScope(_Scope):
    """The root module, whose references stay.

    Args:
        module: its files.
        root: its directory.
        data: the values of data sources that a plan has read, by address.
    """

    def __init__(self, module: Module, root: Path, data: Mapping[str, Value] | None = None) -> None:
        super().__init__(module, root)
        self._data = data or {}

    def look_up(self, name: str, steps: tuple[Expression, ...]) -> tuple[Expression, int]:
        """Return what *name* and the first of *steps* are, and the number of steps that count."""
        first = _name(steps)
        if name == "module" and first in self.calls:
            return self.calls[first].value, 1
        if name == "local" and first in self.module.declarations.locals:
            written = nodes.GetAttribute(nodes.Variable("local"), first)
            try:
                return Known(written, self.local(first)), 1
            except Invalid:
                return written, 1
        address = f"data.{first}.{_name(steps, 1)}"
        if name == "data" and address in self._data:
            written = nodes.GetAttribute(nodes.GetAttribute(nodes.Variable(name), first), _name(steps, 1))
            return Known(written, known.node_of(self._data[address])), 2
        return nodes.Variable(name), 0


class ModuleScope(_Scope):
    """One instance of an ejected module.

    Args:
        call: of the module.
        bound: what `count` and `each` are in the arguments of the call.
        path: the address of the instance.
        index: of the instance in each resource, if the resources are repeated in place of the module.

    Attributes:
        kept: the values that may be written as local values, by the name that each has until all names are known.
    """

    def __init__(self, call: Call, bound: dict[str, Expression], path: str, index: Expression | None) -> None:
        super().__init__(call.module, call.caller.root)
        self.call, self.bound, self.path, self.index = call, bound, path, index
        self.kept: dict[str, Expression] = call.kept
        self._placed: dict[str, Placed] = {}

    @property
    def is_open(self) -> bool:
        """Whether it may not exist: it is asked for by its key, and the instances of the call are not known."""
        if self.index is not None and self.index not in (EACH_KEY, COUNT_INDEX) and self.call.shape.keys is None:
            return True
        return isinstance(self.call.caller, ModuleScope) and self.call.caller.is_open

    @property
    def caller(self) -> Around:
        """The names around the arguments of the call."""
        return Around(self.call.caller, self.bound)

    def look_up(self, name: str, steps: tuple[Expression, ...]) -> tuple[Expression, int]:
        """Return what *name* and the first of *steps* are, and the number of steps that count."""
        first = _name(steps)
        if name in MODES:
            return self.placed(f"{name}.{first}.{_name(steps, 1)}").reference, 2
        found = self._named(name, first)
        return (nodes.Variable(name), 0) if found is None else (found, 1)

    def _named(self, name: str, first: str) -> Expression | None:
        """Return what `name.first` is; `None` if it is the same in the root module."""
        match name, first:
            case "path", "module":
                return nodes.Literal(f"{PATH}{self.call.directory}{PATH}")
            case "module", _:
                return self.calls[first].value
            case "var", _:
                return self._kept(f"var.{first}", self._once(f"var.{first}", lambda: self._variable(first)))
            case "local", _:
                return self._kept(f"local.{first}", self.local(first))
        is_resource = f"{name}.{first}" in self.module.declarations.blocks
        return self.placed(f"{name}.{first}").reference if is_resource else None

    def placed(self, address: str) -> Placed:
        """Return the resource at *address* in the module."""
        if address not in self._placed:
            declared = self.module.declarations.blocks.get(address)
            if declared is None:
                raise Invalid(f"`{address}` is not declared")
            if address in self._pending:
                raise Invalid(f"the number of instances of `{address}` refers to itself")
            self._pending.add(address)
            try:
                shape = shape_of(declared.block, Around(self))
            finally:
                self._pending.discard(address)
            self._placed[address] = Placed(self, declared, address, shape)
        return self._placed[address]

    def all_placed(self) -> Iterator[Placed]:
        """Yield the resources and data sources that the module declares."""
        for address, declared in self.module.declarations.blocks.items():
            if declared.block.type in ("resource", *MODES):
                yield self.placed(address)

    def output(self, name: str) -> Expression:
        """Return the value of an output."""
        declared = self.module.declarations.blocks.get(f"output.{name}")
        if declared is None:
            raise Invalid(f"`{self.path}` has no output `{name}`")
        body = declared.block.body
        value = self._once(f"output.{name}", lambda: specialized(body.attribute("value"), Around(self)))
        return sensitive(value) if body.attribute("sensitive") == TRUE else value

    @property
    def outputs(self) -> Outputs:
        """The outputs as an expression."""
        return Outputs(self, self.path, self.index)

    @property
    def output_names(self) -> list[str]:
        """The names of the outputs."""
        return [key.removeprefix("output.") for key in self.module.declarations.blocks if key.startswith("output.")]

    def _kept(self, name: str, value: Expression) -> Expression:
        """Return *value*, as a local value if it may be written as one."""
        if isinstance(value, (Known, known.Instances, Outputs)) or known.is_small(value) or self.index is not None:
            return value
        place = f"{self.path}.{name}"
        self.kept[place] = value
        written = nodes.GetAttribute(nodes.Variable("local"), place)
        return Known(written, value, frozenset((place,)))

    def _variable(self, name: str) -> Expression:
        declared = self.module.declarations.blocks.get(f"var.{name}")
        if declared is None:
            raise Invalid(f"`var.{name}` is not declared")
        body = declared.block.body
        given, default = self.call.block.body.attribute(name), body.attribute("default")
        value = None if given is None else specialized(given, self.caller)
        is_default = value is None or (known.is_null(value) and body.attribute("nullable") == FALSE)
        if is_default:
            value = known.NULL if default is None else default
        value = converted(value, type_of(body))
        return sensitive(value) if body.attribute("sensitive") == TRUE and not known.is_null(value) else value


def sensitive(value: Expression) -> Expression:
    """Return *value*, marked as sensitive as it was as a variable or an output."""
    return Known(nodes.Call("sensitive", (value,)), value)
