"""The values of names in a root module's expressions, as far as its files determine them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plainwork_core.hcl.read.bodies import Lines, argument, names
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.instances import has_wildcards, instances
from plainwork_core.hcl.read.references import Scope, Step, follow, traversal_text
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.declarations import Declarations

_REASONS = {
    "count": "differs between instances; check a plan",
    "each": "differs between instances; check a plan",
    "module": "is an output of a module, which is not evaluated; check a plan",
    "path": "depends on where Terraform runs; check a plan",
    "self": "is known only after apply",
    "terraform": "depends on where Terraform runs; check a plan",
}


class RootScope:
    """Resolves references, each local value and each resource's argument once.

    Args:
        declarations: what the module declares.
        follows_defaults: whether a variable with a default has that value, where the module is a root: one with a
            provider or a backend, which no other module calls.
        files: the files that a function may read.
    """

    def __init__(self, declarations: Declarations, files: Files, *, follows_defaults: bool) -> None:
        self._declarations = declarations
        self._follows_defaults = follows_defaults and declarations.is_root
        self.budget = Budget()
        self.files = files
        self._values: dict[str, tuple[Value, Lines]] = {}
        self._pending: set[str] = set()

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value of a reference, or an unknown that names it."""
        if name in _REASONS:
            return _unknown(_REASONS[name], name, steps)
        if name == "resource" and steps:
            name, steps = str(steps[0].key), steps[1:]
        resolve = {"local": self._local, "var": self._variable, "data": self._data, "ephemeral": self._data}
        return resolve.get(name, self._resource)(name, steps)

    def value_of(self, address: str, expression: nodes.Expression) -> Value:
        """Return the value of `enabled` in the `lifecycle` of the block at *address*."""
        return self._once(f"{address}.lifecycle.enabled", lambda: (evaluate(expression, self), {}))[0]

    def argument(self, address: str, name: str) -> tuple[Value, Lines]:
        """Return the value of the argument *name* of the block at *address*, and its lines."""
        body = self._declarations.blocks[address].block.body
        return self._once(f"{address}.{name}", lambda: argument(body, name, self._scope_of(address, name)))

    def _scope_of(self, address: str, name: str) -> Scope:
        """Return the scope of an argument of a block, in which `each` and `count` have the values of its instances."""
        body = self._declarations.blocks[address].block.body
        given = next((one for one in ("count", "for_each") if body.attribute(one) is not None), None)
        return self if given is None or name == given else instances(self, given, self.argument(address, given)[0])

    def _once(self, reference: str, read: Callable[[], tuple[Value, Lines]]) -> tuple[Value, Lines]:
        if reference in self._pending:
            return Unknown(f"`{reference}` refers to itself", (reference,)), {}
        if reference not in self._values:
            self._pending.add(reference)
            try:
                with self.budget.argument():
                    value, lines = read()
                    self._values[reference] = self.budget.use(value), lines
            except Unsupported as error:
                self._values[reference] = Unknown(f"`{reference}` is not evaluated {error}", (reference,)), {}
            finally:
                self._pending.remove(reference)
        return self._values[reference]

    def _local(self, name: str, steps: tuple[Step, ...]) -> Value:
        attribute = self._declarations.locals.get(str(steps[0].key)) if steps else None
        if attribute is None:
            return _unknown("is not declared", name, steps[:1])
        value, _ = self._once(f"local.{attribute.name}", lambda: (evaluate(attribute.expression, self), {}))
        return follow(value, steps[1:])

    def _variable(self, name: str, steps: tuple[Step, ...]) -> Value:
        address = traversal_text(name, steps[:1])
        declared = self._declarations.blocks.get(address)
        if declared is None:
            return _unknown("is not declared", name, steps)
        if self._follows_defaults and _may_be_shown(declared.block.body):
            default, _ = self.argument(address, "default")
            if default is not None:
                return follow(default, steps[1:])
        unset = _unknown(f"{_why_unset(declared.block.body)}; check a plan", name, steps)
        is_shown = _may_be_shown(declared.block.body)
        return replace(unset, has_wildcards=is_shown and has_wildcards(self.argument(address, "default")[0]))

    def _data(self, name: str, steps: tuple[Step, ...]) -> Value:
        declared = traversal_text(name, steps[:2]) in self._declarations.blocks
        return _unknown("is read when Terraform runs; check a plan" if declared else "is not declared", name, steps)

    def _resource(self, name: str, steps: tuple[Step, ...]) -> Value:
        address = traversal_text(name, steps[:1])
        declared = self._declarations.blocks.get(address)
        if declared is None or declared.block.type != "resource":
            return _unknown("is not declared", name, steps)
        path = _of_instance(declared.block.body, steps[1:])
        if not path or path[0].is_index or path[0].key not in names(declared.block.body):
            return _unknown("is known only after apply", name, steps)
        value, _ = self.argument(address, str(path[0].key))
        return _configured(value, path[1:], _unknown("is known only after apply", name, steps))


def _may_be_shown(variable: nodes.Body) -> bool:
    """Return whether a variable has a default, and is neither sensitive nor ephemeral."""
    return variable.attribute("default") is not None and not any(map(variable.attribute, ("sensitive", "ephemeral")))


def _why_unset(variable: nodes.Body) -> str:
    if any(map(variable.attribute, ("sensitive", "ephemeral"))):
        return "is sensitive or ephemeral"
    match variable.attribute("default"):
        case None:
            return "has no default"
        case nodes.Literal(None):
            return "is null by default"
    return "can have another value than its default"


def _of_instance(body: nodes.Body, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Drop the index of an instance of a block with `count` or `for_each`: all instances have the same arguments."""
    has_instances = any(body.attribute(name) is not None for name in ("count", "for_each"))
    return steps[1:] if has_instances and steps and steps[0].is_index else () if has_instances else steps


def _configured(value: Value, path: tuple[Step, ...], otherwise: Unknown) -> Value:
    """Return the configured value at *path*, or *otherwise* where the provider computes it."""
    try:
        found = follow(value, path)
    except Rejected:
        return otherwise
    return otherwise if found is None else found


def _unknown(reason: str, name: str, steps: tuple[Step, ...]) -> Unknown:
    reference = traversal_text(name, steps)
    return Unknown(f"`{reference}` {reason}", (reference,))
