"""A plan's `configuration`: the blocks of each module, and what an expression refers to, through modules.

A template in JSON syntax (CDKTF) has its text as `constant_value` and its references, too: it is not constant.
The plan lists what an expression refers to, never how: `var.x`, `merge(var.x, {...})` and `"${var.x}-1"` look alike.
So a variable's value is used as an argument's only if its form is unambiguous (`_FORMS`).
https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from plainwork_core.addresses import KEY, without_keys
from plainwork_core.aws.regions import REGION_FORM
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location, ModuleCall
from plainwork_core.model.values import Unknown, Value
from plainwork_core.text import enumeration

_FORMS = {"region": REGION_FORM}
_NO_ADDRESS = ("count.", "each.", "path.", "self.", "terraform.")
_CHILD = re.compile(r"\.?module\.([\w-]+)")
_BLOCK = re.compile(r"(?:module\.[\w-]+\.)*(?P<data>data\.)?[a-z][\w-]*_[\w-]+\.[\w-]+")
_OUTPUT = re.compile(rf"module\.([\w-]+)({KEY.pattern})?\.([\w-]+)")


@frozen()
class Scope:
    """One module instance: its blocks and its call.

    Args:
        address: `""` for the root, `module.m["a"]` for an instance.
        module: its part of the configuration.
        variables: the root's `variables`, with their values.
        call: the `module` block that calls it, and *parent*, the instance of that block.
    """

    address: str
    module: Mapping[str, Any]
    variables: Mapping[str, Any] = field(default_factory=dict)
    call: Mapping[str, Any] = field(default_factory=dict)
    parent: Scope | None = None

    @cached_property
    def blocks(self) -> dict[str, Mapping[str, Any]]:
        """The resource blocks of the module by address."""
        return {block["address"]: block for block in self.module.get("resources", ())}

    def block(self, resource: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the block that *resource* (planned, or of the prior state) is an instance of; `{}` if it has none."""
        prefix = "data." if resource["mode"] == "data" else ""
        return self.blocks.get(f"{prefix}{resource['type']}.{resource['name']}", {})

    def child(self, address: str) -> Scope:
        """Return the module instance *address*, which is called here."""
        name = _CHILD.match(address, len(self.address))
        call = self.module.get("module_calls", {}).get(name[1], {}) if name else {}
        return Scope(address, call.get("module", {}), call=call, parent=self)

    def called(self, name: str, index: str = "") -> Scope:
        """Return the instance *index* (`["a"]`) of the module that the call *name* in this module is for."""
        return self.child(".".join(filter(None, (self.address, f"module.{name}{index}"))))

    @cached_property
    def path(self) -> str:
        """The address without the keys of instances."""
        return ".".join(f"module.{scope.name}" for scope in reversed((self, *self.callers)) if scope.name)

    @property
    def name(self) -> str:
        """The name of the call; `""` for the root."""
        found = _CHILD.match(self.address, len(self.parent.address)) if self.parent else None
        return found[1] if found else ""

    @property
    def callers(self) -> tuple[Scope, ...]:
        """The module instances around this one, the nearest first."""
        return (self.parent, *self.parent.callers) if self.parent else ()

    def references(self, expression: Any) -> tuple[str, ...]:
        """Return the full addresses that *expression* is made of, followed through variables and outputs."""
        if not expression:
            return ()
        found = (address for reference in _longest(_references(expression)) for address in self._follow(reference))
        return tuple(dict.fromkeys(found))

    def _follow(self, reference: str) -> tuple[str, ...]:
        if reference.startswith(_NO_ADDRESS):
            return (reference,)
        if reference.startswith("var.") and self.parent:
            return self.parent.references(self.call.get("expressions", {}).get(reference.split(".")[1]))
        if (output := _OUTPUT.match(reference)) and (made_of := self._output(output)):
            return made_of
        return (f"{self.address}.{reference}" if self.address else reference,)

    def _output(self, output: re.Match[str]) -> tuple[str, ...]:
        name, index, key = output.groups()
        child = self.called(name, index or "")
        many = "count_expression" in child.call or "for_each_expression" in child.call
        declared = child.module.get("outputs", {}).get(key, {})
        return () if many and not index else child.references(declared.get("expression"))

    def variable(self, name: str) -> Value:
        """Return the value of `var.<name>`; `Unknown` where a module is called with an expression, `None` if unset."""
        default = self.module.get("variables", {}).get(name, {}).get("default")
        if self.parent is None:
            return self.variables.get(name, {}).get("value", default)
        argument = self.call.get("expressions", {}).get(name)
        return default if argument is None else self.parent.value(argument, f"module argument `{name}`", name)

    def value(self, expression: Any, what: str, name: str) -> Value:
        """Return the value of an argument's *expression*; *what* it is goes into the reason if it is unknown."""
        if isinstance(expression, list):
            return [self.value(member, f"{what}[{index}]", name) for index, member in enumerate(expression)]
        if "constant_value" in expression and not expression.get("references"):
            return expression["constant_value"]
        if expression and "references" not in expression:
            return {key: self.value(part, f"{what}.{key}", key) for key, part in expression.items()}
        return self._variable_alone(expression, name) or self._unknown(expression, what)

    def _variable_alone(self, expression: Mapping[str, Any], name: str) -> Value:
        references = expression.get("references", ())
        if name not in _FORMS or len(references) != 1 or not references[0].startswith("var."):
            return None
        value = self.variable(references[0].removeprefix("var."))
        return value if isinstance(value, str) and _FORMS[name].fullmatch(value) else None

    def _unknown(self, expression: Mapping[str, Any], what: str) -> Unknown:
        written = enumeration(_longest(expression.get("references", ())))
        made = f"is made of {written}" if written else "is computed"
        return Unknown(f"`{what}` {made}, and a plan does not show how", self.references(expression))


@frozen()
class Configuration:
    """The modules of a plan's `configuration`, and the root's variables."""

    root: Scope
    location: Location

    @classmethod
    def of(cls, document: Mapping[str, Any], file: str) -> Configuration:
        """Take the configuration from the plan *document*, read from *file*."""
        configuration = document.get("configuration", {})
        root = Scope("", configuration.get("root_module", {}), document.get("variables") or {})
        return cls(root, Location(file))

    @property
    def module_calls(self) -> tuple[ModuleCall, ...]:
        """Every module call, those inside modules included."""
        return tuple(_module_calls(self.root.module, "", self.location))

    @property
    def blocks(self) -> frozenset[str]:
        """The addresses of all resources and data sources, without the keys of instances."""
        return frozenset(_blocks(self.root.module, ""))

    def arguments(self, address: str) -> Mapping[str, Value]:
        """Return the arguments in the block of the root's resource *address*; an expression is an `Unknown`."""
        expressions = self.root.blocks.get(address, {}).get("expressions", {})
        return {name: self.root.value(part, f"{address}.{name}", name) for name, part in expressions.items()}

    def references(self, block: str) -> tuple[str, ...]:
        """Return the blocks that *block* refers to, through data sources, too; all without keys."""
        return tuple(dict.fromkeys(self._behind(block, ())))

    def _behind(self, block: str, path: tuple[str, ...]) -> Iterator[str]:
        *module, type_, name = block.split(".")
        scope = self._scope(tuple(module[1::2]))
        address = f"data.{type_}.{name}" if module[-1:] == ["data"] else f"{type_}.{name}"
        for reference in scope.references(scope.blocks.get(address, {}).get("expressions")):
            found = _BLOCK.match(without_keys(reference))
            if found and found[0] != block:
                if not found["data"]:
                    yield found[0]
                elif found[0] not in path:
                    yield from self._behind(found[0], (*path, block))

    def _scope(self, names: tuple[str, ...]) -> Scope:
        if names not in self._scopes:
            self._scopes[names] = self._scope(names[:-1]).called(names[-1]) if names else self.root
        return self._scopes[names]

    @cached_property
    def _scopes(self) -> dict[tuple[str, ...], Scope]:
        return {}

    @property
    def outputs(self) -> tuple[str, ...]:
        """The references in the outputs of the root module."""
        outputs = (self.root.module.get("outputs") or {}).values()
        names = (name for output in outputs for name in self.root.references(output.get("expression")))
        return tuple(dict.fromkeys(names))

    @property
    def variables(self) -> Mapping[str, Value]:
        """The values of the root's variables."""
        return {name: entry["value"] for name, entry in self.root.variables.items() if "value" in entry}

    def variable(self, name: str) -> Value:
        """Return the value of the root's variable *name*, or `None`."""
        return self.root.variable(name)


def _module_calls(module: Mapping[str, Any], address: str, location: Location) -> Iterator[ModuleCall]:
    for name, call in module.get("module_calls", {}).items():
        values = {"source": call.get("source"), "version": call.get("version_constraint")}
        is_repeated = "count_expression" in call or "for_each_expression" in call
        found = ModuleCall(name, values, location, module=address, is_repeated=is_repeated, is_evaluated=True)
        yield found
        yield from _module_calls(call.get("module", {}), found.address, location)


def _blocks(module: Mapping[str, Any], prefix: str) -> Iterator[str]:
    yield from (f"{prefix}{block['address']}" for block in module.get("resources") or ())
    for name, call in (module.get("module_calls") or {}).items():
        yield from _blocks(call.get("module") or {}, f"{prefix}module.{name}.")


def _references(expression: Any) -> Iterator[str]:
    if isinstance(expression, dict):
        if isinstance(listed := expression.get("references"), list):
            yield from (reference for reference in listed if isinstance(reference, str))
        else:
            for part in expression.values():
                yield from _references(part)
    elif isinstance(expression, list):
        for member in expression:
            yield from _references(member)


def _longest(references: Any) -> list[str]:
    """Drop `aws_x.y` where `aws_x.y.arn` is listed too: a plan lists every prefix of a reference."""
    listed = list(references)
    return [
        reference
        for reference in listed
        if not any(other.startswith((f"{reference}.", f"{reference}[")) for other in listed)
    ]
