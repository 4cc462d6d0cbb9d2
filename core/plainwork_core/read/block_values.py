"""The values of references to resources and data sources: what is configured, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.hcl.read.bodies import names
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.instances import Instance
from plainwork_core.hcl.read.references import Attributes, Step, follow, traversal_text
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read import known_data_sources

if TYPE_CHECKING:
    from plainwork_core.read.module_scope import ModuleScope

_REASONS = {"resource": "is known only after apply", "ephemeral": "is ephemeral, so no plan contains it"}
_WHEN_READ = "is read when Terraform runs; check a plan"


def resource(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    """Return the value of a reference to a resource: `aws_subnet.private["a"].cidr_block`."""
    return _of_block(scope, name, steps, labels=1)


def data(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    """Return the value of a reference to a data source or an ephemeral resource: `data.aws_region.here.name`."""
    return _of_block(scope, name, steps, labels=2)


def _of_block(scope: ModuleScope, name: str, steps: tuple[Step, ...], *, labels: int) -> Value:
    address, rest = traversal_text(name, steps[:labels]), steps[labels:]
    declared = scope.blocks.get(address)
    if declared is None or declared.block.type not in ("resource", "data", "ephemeral"):
        return scope.unknown("is not declared", name, steps)
    found = scope.instances(address)
    if isinstance(found, Instance):
        return attribute(scope, found, rest, rest)
    if not isinstance(found, Unknown):
        return follow(scope.together(address, found, lambda instance: _attributes(scope, instance)), rest)
    if rest and rest[0].is_index:
        return attribute(scope, scope.every(address), rest[1:], rest)
    return scope.unknown(_REASONS.get(declared.block.type, _WHEN_READ), address, rest)


def _attributes(scope: ModuleScope, instance: Instance) -> Attributes:
    unknown = _unknown(scope, instance, ())
    return Attributes(unknown.reason, unknown.references, attribute=lambda path: attribute(scope, instance, path, path))


def attribute(scope: ModuleScope, instance: Instance, path: tuple[Step, ...], written: tuple[Step, ...]) -> Value:
    """Return what is at *path* in an instance, or an unknown with the steps *written* in the reference."""
    if not path and not written:
        return _attributes(scope, instance)
    unknown = _unknown(scope, instance, written)
    declared = scope.blocks[instance.block].block
    if not path or path[0].is_index:
        return unknown
    planned = scope.evaluation.planned.attribute(scope.absolute(instance.address), path)
    if planned is not None:
        return planned
    if declared.type != "resource":
        known = scope.value(f"{instance.address}.*", lambda: known_data_sources.attributes(scope, instance))
        return _configured(known, path, unknown)
    if path[0].key not in names(declared.body):
        return unknown
    value, _ = scope.argument(instance, str(path[0].key))
    return _configured(value, path[1:], unknown)


def _unknown(scope: ModuleScope, instance: Instance, steps: tuple[Step, ...]) -> Unknown:
    reason = _REASONS.get(scope.blocks[instance.block].block.type, _WHEN_READ)
    return scope.unknown(reason, instance.address, steps)


def _configured(value: Value, path: tuple[Step, ...], otherwise: Unknown) -> Value:
    """Return the configured value at *path*, or *otherwise* where the provider computes it."""
    try:
        found = follow(value, path)
    except Rejected:
        return otherwise
    return otherwise if found is None else found
