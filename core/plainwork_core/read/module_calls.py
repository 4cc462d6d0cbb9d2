"""Module calls: the module that a call leads to, its instances, and the values of its outputs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.errors import InputError
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.instances import Instance
from plainwork_core.hcl.read.references import Attributes, Nowhere, Step, follow
from plainwork_core.model.module_sources import read_source
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.modules import Module, local_directory
from plainwork_core.read.variable_values import is_hidden

if TYPE_CHECKING:
    from plainwork_core.read.evaluation import Call
    from plainwork_core.read.module_scope import ModuleScope

_MOST_LEVELS = 50


def called_module(call: Call) -> Module | str:
    """Return the module that *call* leads to, or why it is not evaluated."""
    source = evaluate(call.body.attribute("source"), Nowhere()) if call.body.attribute("source") else None
    if not isinstance(source, str):
        return "its `source` is not a literal string"
    directory = _directory(call, source)
    if isinstance(directory, str):
        return directory
    try:
        module = call.caller.evaluation.module_files.at(directory)
    except InputError as error:
        return str(error)
    around = list(_around(call.caller))
    if len(around) > _MOST_LEVELS or any(module.real_directory == outer.module.real_directory for outer in around):
        return "it calls itself"
    return module


def _directory(call: Call, source: str) -> Path | str:
    if read_source(source).kind == "local":
        return local_directory(call.caller.module, source) or f"`{source}` is not relative to a known directory"
    path = (*call.caller.path, call.declared.block.labels[0])
    return (
        call.caller.evaluation.installed.directory(path)
        or f"`{source}` is not installed; run `terraform init`, or check a plan"
    )


def _around(scope: ModuleScope) -> Iterator[ModuleScope]:
    """Yield *scope* and the modules around it."""
    inner: ModuleScope | None = scope
    while inner is not None:
        yield inner
        inner = inner.call.caller if inner.call else None


def output(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    """Return the value of a reference to a module: `module.net["a"].vpc_id`."""
    address = f"module.{steps[0].key}" if steps else name
    if address not in scope.blocks:
        return scope.unknown("is not declared", name, steps)
    found, rest = scope.instances(address), steps[1:]
    if isinstance(found, Instance):
        return _output(scope, found, rest, rest) if rest else _outputs(scope, found)
    if isinstance(found, Unknown):
        return _output(scope, scope.every(address), rest[1:] if rest and rest[0].is_index else (), rest)
    return follow(scope.together(address, found, lambda instance: _outputs(scope, instance)), rest)


def _outputs(scope: ModuleScope, instance: Instance) -> Attributes:
    unknown = scope.unknown("is a module; check a plan", instance.address)
    return Attributes(unknown.reason, unknown.references, attribute=lambda path: _output(scope, instance, path, path))


def _output(scope: ModuleScope, instance: Instance, path: tuple[Step, ...], written: tuple[Step, ...]) -> Value:
    """Return what is at *path* in the outputs of a module, or an unknown with the steps *written* in the reference."""
    if not path:
        return scope.unknown("is a module; check a plan", instance.address, written)
    child = scope.child(instance)
    if isinstance(child, str):
        reason = "is an output of a module, which is not evaluated; check a plan"
        return scope.unknown(reason, instance.address, written)
    output = f"output.{path[0].key}"
    if output not in child.blocks:
        return scope.unknown("is not declared in the module", instance.address, written)
    if is_hidden(child.blocks[output].block.body):
        return scope.unknown("is sensitive or ephemeral; check a plan", instance.address, written)
    value, _ = child.argument(Instance(output, child), "value")
    return follow(value, path[1:])
