"""The values of names in one instance of a module, as far as its files and its callers determine them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.bodies import Lines, argument
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.instances import Instance, repeated
from plainwork_core.hcl.read.references import Step, follow, traversal_text
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.conversion import as_bool
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read import absent_blocks, block_values, module_calls, opentofu, variable_values
from plainwork_core.read.declarations import Declared
from plainwork_core.read.evaluation import MOST_INSTANCES, MOST_MODULES, Call, Evaluation
from plainwork_core.read.modules import Module

Instances = dict[Value, Instance] | Instance | Unknown
"""By key where a block is repeated, the only one, or an `Unknown` why they are not known."""


@frozen(slots=True)
class _Evaluated:
    value: Value
    lines: Lines = field(default_factory=dict)
    follows_default: bool = False


class ModuleScope:
    """Resolves references in one instance of a module; evaluates each local value and each argument once.

    Args:
        module: the files of the module.
        evaluation: shared by the root module and all modules that it calls.
        call: of the module; `None` for the root module.

    Attributes:
        address: of the instance, such as `module.net["a"]`; `""` for the root module.
        path: the names of the calls that lead to the module.
    """

    def __init__(self, module: Module, evaluation: Evaluation, call: Call | None = None) -> None:
        self.module, self.evaluation, self.call = module, evaluation, call
        self.address: str = call.caller.absolute(call.instance.address) if call else ""
        self.path: tuple[str, ...] = (*call.caller.path, call.declared.block.labels[0]) if call else ()
        self._values: dict[str, _Evaluated] = {}
        self._pending: set[str] = set()
        self._children: dict[str, ModuleScope | str] = {}
        self._absent_by_default: set[str] = set()

    @property
    def budget(self) -> Budget:
        """What the evaluation of the root module and its modules may still cost."""
        return self.evaluation.budget

    @property
    def files(self) -> Files:
        """The files that a function in the root module and its modules may read."""
        return self.evaluation.files

    @property
    def blocks(self) -> Mapping[str, Declared]:
        """The blocks of the module by address."""
        return self.module.declarations.blocks

    def absolute(self, address: str) -> str:
        """Return *address* with the address of this module before it."""
        return f"{self.address}.{address}" if self.address else address

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value of a reference, or an unknown that names it."""
        if name == "resource" and steps:
            name, steps = str(steps[0].key), steps[1:]
        return _RESOLVERS.get(name, block_values.resource)(self, name, steps)

    def unknown(self, reason: str, name: str, steps: tuple[Step, ...] = ()) -> Unknown:
        """Return an unknown that names a reference from this module."""
        reference = self.absolute(traversal_text(name, steps))
        return Unknown(f"`{reference}` {reason}", (reference,))

    def argument(self, instance: Instance, name: str) -> tuple[Value, Lines]:
        """Return the value of the argument *name* of an instance, and its lines."""
        body = self.blocks[instance.block].block.body
        found = self._once(f"{instance.address}.{name}", lambda: argument(body, name, instance.scope))
        return found.value, found.lines

    def value(self, reference: str, evaluated: Callable[[], Value]) -> Value:
        """Return what *evaluated* returns, called once for each *reference*."""
        return self._once(reference, lambda: (evaluated(), {})).value

    def local(self, attribute: nodes.Attribute) -> Value:
        """Return the value of a local value."""
        return self.value(f"local.{attribute.name}", lambda: evaluate(attribute.expression, self))

    def instances(self, address: str) -> Instances:
        """Return the instances of the block at *address* in this module.

        Whether a block exists never depends on the default of a variable of the root module: what is off by default is
        checked too, as one resource for all of its instances.
        """
        found: Instances = self.value(f"{address}[]", lambda: self._repeated(address))
        return found

    def every(self, address: str) -> Instance:
        """Return one instance for all of those of a block whose number is unknown."""
        self.instances(address)
        if address not in self._absent_by_default:
            return Instance(address, self)
        return Instance(address, self.value(f"{address}[?]", lambda: absent_blocks.instance_scope(self, address)))

    def together(self, address: str, instances: dict[Value, Instance], make: Callable[[Instance], Value]) -> Value:
        """Return what *make* makes of each instance of a block, once: a list with `count`, a map with `for_each`."""

        def members() -> Value:
            made = {key: make(instance) for key, instance in instances.items()}
            return list(made.values()) if self.blocks[address].block.body.attribute("count") is not None else made

        return self.value(f"{address}[*]", members)

    def child(self, instance: Instance) -> ModuleScope | str:
        """Return the module that an instance of a `module` block calls, or why it is not evaluated."""
        if instance.address not in self._children:
            self._children[instance.address] = self._called(Call(self, instance, self.blocks[instance.block]))
        return self._children[instance.address]

    def _called(self, call: Call) -> ModuleScope | str:
        if self.evaluation.modules == 0:
            return f"it is beyond {MOST_MODULES:,} modules in a root module"
        found = module_calls.called_module(call)
        if isinstance(found, str):
            return found
        self.evaluation.modules -= 1
        self.evaluation.files.allow(found.real_directory)
        return ModuleScope(found, self.evaluation, call)

    def _once(self, reference: str, read: Callable[[], tuple[Value, Lines]]) -> _Evaluated:
        if reference in self._pending:
            return _Evaluated(self.unknown("refers to itself", reference))
        if reference not in self._values:
            self._values[reference] = self._read(reference, read)
        found = self._values[reference]
        self.evaluation.follows_default |= found.follows_default
        return found

    def _read(self, reference: str, read: Callable[[], tuple[Value, Lines]]) -> _Evaluated:
        outer, self.evaluation.follows_default = self.evaluation.follows_default, False
        self._pending.add(reference)
        try:
            with self.budget.argument():
                value, lines = read()
                return _Evaluated(self.budget.use(value), lines, self.evaluation.follows_default)
        except Unsupported as error:
            return _Evaluated(self.unknown(f"is not evaluated {error}", reference))
        finally:
            self.evaluation.follows_default = outer
            self._pending.remove(reference)

    def _repeated(self, address: str) -> Instances:
        body = self.blocks[address].block.body
        given = next((name for name in ("count", "for_each") if body.attribute(name) is not None), None)
        every = Instance(address, self)
        if given is None:
            return self._enabled(every)
        value, _ = self.argument(every, given)
        try:
            instances = repeated(address, self, given, value)
        except (Rejected, Unsupported) as error:
            return self.unknown(f"has no value: {error}", f"{address}.{given}")
        return instances if isinstance(instances, Unknown) else self._certain(address, instances)

    def _enabled(self, instance: Instance) -> Instances:
        """Return *instance*, or none where OpenTofu's `enabled` is false."""
        expression = opentofu.enabled(self.blocks[instance.block].block)
        value = True if expression is None else evaluate(expression, self)
        if isinstance(value, Unknown):
            return value
        return instance if as_bool(value) is not False else self._certain(instance.block, {})

    def _certain(self, address: str, instances: dict[Value, Instance]) -> Instances:
        if not instances and self.evaluation.follows_default:
            self._absent_by_default.add(address)
            return self.unknown("has no instance by default; check a plan", address)
        if len(instances) > self.evaluation.instances:
            return self.unknown(f"is beyond {MOST_INSTANCES:,} instances in a root module", address)
        self.evaluation.instances -= len(instances)
        return instances


def _local(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    attribute = scope.module.declarations.locals.get(str(steps[0].key)) if steps else None
    if attribute is None:
        return scope.unknown("is not declared", name, steps[:1])
    return follow(scope.local(attribute), steps[1:])


def _path(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    """Return `path.module` and `path.root`, which Terraform writes relative to the directory of the root module."""
    key = steps[0].key if len(steps) == 1 else None
    directories = {"root": scope.evaluation.root, "module": scope.module}
    if str(key) in directories:
        return directories[str(key)].directory_from(scope.evaluation.root)
    return scope.unknown("depends on where Terraform runs; check a plan", name, steps)


def _terraform(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    if scope.evaluation.workspace is not None and [step.key for step in steps] == ["workspace"]:
        return scope.evaluation.workspace
    return scope.unknown("depends on where Terraform runs; check a plan", name, steps)


def _repetition(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    return scope.unknown("differs between instances; check a plan", name, steps)


def _itself(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    return scope.unknown("is known only after apply", name, steps)


_RESOLVERS: dict[str, Callable[[ModuleScope, str, tuple[Step, ...]], Value]] = {
    "count": _repetition,
    "data": block_values.data,
    "each": _repetition,
    "ephemeral": block_values.data,
    "local": _local,
    "module": module_calls.output,
    "path": _path,
    "self": _itself,
    "terraform": _terraform,
    "var": variable_values.variable,
}
