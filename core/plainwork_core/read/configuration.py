"""From the files of a root module and of the modules that it calls, in either of Terraform's syntaxes, to the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plainwork_core.frozen import frozen
from plainwork_core.hcl.ignored_arguments import ignored_arguments
from plainwork_core.hcl.language import meta_arguments
from plainwork_core.hcl.read.bodies import arguments, names
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.instances import Instance
from plainwork_core.hcl.read.references import Nowhere, Scope
from plainwork_core.model.stack import (
    Backend,
    Encryption,
    Format,
    Location,
    ModuleCall,
    Provider,
    ProviderRequirement,
    Resource,
    Stack,
)
from plainwork_core.model.values import Unknown, Value, unknowns
from plainwork_core.read.declarations import Declarations, Declared
from plainwork_core.read.lock_file import locked_providers
from plainwork_core.read.module_providers import module_path, provider_key
from plainwork_core.read.module_scope import ModuleScope
from plainwork_core.read.moves import moves
from plainwork_core.read.opentofu import is_for_opentofu

_CALL_ARGUMENTS = {"source", "version"}
"""The meta-arguments of a module call that are in its values."""


@frozen()
class _Part:
    """A module of a stack: the root module, or one instance of a module that it calls.

    Attributes:
        scope: the values in it.
        calls: the locations of the calls that lead to it, the outermost first.
        may_be_absent: whether the number of instances of one of these calls is unknown.
    """

    scope: ModuleScope
    calls: tuple[Location, ...] = ()
    may_be_absent: bool = False

    def of_type(self, *types: str) -> Iterator[tuple[str, Declared]]:
        """Yield the blocks of *types* with their addresses in the module."""
        return ((address, found) for address, found in self.scope.blocks.items() if found.block.type in types)

    def instances(self, address: str) -> tuple[list[Instance], bool]:
        """Return the instances of a block, and whether they are unknown, in which case there is one for all of them."""
        found = self.scope.instances(address)
        if isinstance(found, Unknown):
            return [self.scope.every(address)], True
        return ([found] if isinstance(found, Instance) else list(found.values())), False


def stack(root: ModuleScope, source: str, format_: Format, *, is_whole: bool) -> Stack:
    """Make the model of a root module and the modules that it calls.

    Args:
        root: the values in the root module.
        source: its name for the user.
        format_: the format of its files.
        is_whole: whether its files are all files of their directory.

    Returns:
        The stack. A block with `count` or `for_each` is one resource for each instance, or one without an index in its
        address where the instances are not known. The values of a resource do not include its meta-arguments.
    """
    declarations = root.module.declarations
    locked = locked_providers(root.module.directory) if is_whole else None
    for_opentofu = is_for_opentofu(root.module.files, locked or ())
    parts = list(_parts(_Part(root)))
    blocks = list({part.scope.path: part for part in reversed(parts)}.values())[::-1]
    return Stack(
        source,
        format_,
        providers=tuple(found for part in blocks for found in _providers(part)),
        backend=_backend(declarations.backend, root if for_opentofu else Nowhere()),
        resources=tuple(found for part in parts for found in _resources(part)),
        module_calls=tuple(found for part in blocks for found in _module_calls(part)),
        required_providers=tuple(_requirements(declarations)) if is_whole else None,
        locked_providers=locked,
        is_for_opentofu=for_opentofu,
        encryption=_encryption(declarations.encryption),
        required_version=", ".join(_constraints(declarations)),
        directories=frozenset(part.scope.module.real_directory for part in parts[1:]),
        moves=tuple(dict.fromkeys(found for part in parts for found in moves(part.scope))),
        outputs=tuple(dict.fromkeys(_outputs(parts[0]))),
    )


def _parts(part: _Part) -> Iterator[_Part]:
    """Yield *part*, and below it the modules that it calls."""
    yield part
    for address, declared in part.of_type("module"):
        instances, may_be_absent = part.instances(address)
        calls = (*part.calls, declared.location)
        for instance in instances:
            child = part.scope.child(instance)
            if isinstance(child, ModuleScope):
                yield from _parts(_Part(child, calls, may_be_absent or part.may_be_absent))


def _providers(part: _Part) -> Iterator[Provider]:
    for address, declared in part.of_type("provider"):
        found = [name for name in names(declared.block.body) if name not in ("alias", "for_each")]
        values, lines = _arguments(part.scope, Instance(address, part.scope), found)
        alias = address.split(".")[2:]
        module = module_path(part.scope)
        yield Provider(
            declared.block.labels[0], alias[0] if alias else None, values, declared.location, module, lines=lines
        )


def _outputs(root: _Part) -> Iterator[str]:
    for address, _ in root.of_type("output"):
        value, _ = root.scope.argument(Instance(address, root.scope), "value")
        yield from (reference for unknown in unknowns(value) for reference in unknown.references)


def _backend(declared: Declared | None, scope: Scope) -> Backend | None:
    if declared is None:
        return None
    values, lines = arguments(declared.block.body, scope)
    return Backend("".join(declared.block.labels) or declared.block.type, values, declared.location, lines)


def _encryption(declared: Declared | None) -> Encryption | None:
    if declared is None:
        return None
    values, lines = arguments(declared.block.body, Nowhere())
    return Encryption(values, declared.location, lines)


def _requirements(declarations: Declarations) -> Iterator[ProviderRequirement]:
    for name, (attribute, location) in declarations.required_providers.items():
        found = evaluate(attribute.expression, Nowhere())
        values = found if isinstance(found, dict) else {"version": found}  # `aws = "~> 2.0"` is of Terraform 0.12
        yield ProviderRequirement(name, values, location)


def _constraints(declarations: Declarations) -> Iterator[str]:
    for attribute in declarations.required_version:
        constraint = evaluate(attribute.expression, Nowhere())
        if isinstance(constraint, str):
            yield constraint


def _resources(part: _Part) -> Iterator[Resource]:
    for address, declared in part.of_type("resource", "data"):
        instances, may_be_absent = part.instances(address)
        for instance in instances:
            found = _resource(part.scope, instance, declared)
            is_uncertain = may_be_absent or part.may_be_absent
            yield replace(found, calls=part.calls, may_be_absent=is_uncertain) if part.calls or is_uncertain else found


def _resource(scope: ModuleScope, instance: Instance, declared: Declared) -> Resource:
    block = declared.block
    meta = meta_arguments(block.type)
    values, lines = _arguments(scope, instance, [name for name in names(block.body) if name not in meta])
    type_, name = block.labels
    return Resource(
        scope.absolute(instance.address),
        "data" if block.type == "data" else "managed",
        type_,
        name,
        provider_key(scope, block),
        values,
        declared.location,
        lines,
        ignored=ignored_arguments(block),
    )


def _arguments(scope: ModuleScope, instance: Instance, names: list[str]) -> tuple[dict[str, Value], dict[str, int]]:
    """Return the arguments *names* with their lines, except of those that are in an override file."""
    found = {name: scope.argument(instance, name) for name in names}
    overridden = scope.blocks[instance.block].overridden
    here = (inner for name, (_, inner) in found.items() if name not in overridden)
    lines = {path: line for inner in here for path, line in inner.items()}
    return {name: value for name, (value, _) in found.items()}, lines


def _module_calls(part: _Part) -> Iterator[ModuleCall]:
    for address, declared in part.of_type("module"):
        instances, _ = part.instances(address)
        if instances:
            is_evaluated = all(isinstance(part.scope.child(instance), ModuleScope) for instance in instances)
            yield replace(_module_call(part.scope, address, declared), is_evaluated=is_evaluated)


def _module_call(scope: ModuleScope, address: str, declared: Declared) -> ModuleCall:
    body = declared.block.body
    meta = meta_arguments("module") - _CALL_ARGUMENTS
    every = scope.every(address)
    here = (attribute for attribute in body.attributes if attribute.name not in declared.overridden)
    return ModuleCall(
        declared.block.labels[0],
        {name: scope.argument(every, name)[0] for name in names(body) if name not in meta},
        declared.location,
        {attribute.name: attribute.line for attribute in here},
        module_path(scope),
        is_repeated=any(body.attribute(name) is not None for name in ("count", "for_each")),
    )
