"""From the files of a root module, in either of Terraform's syntaxes, to the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.hcl.read.bodies import arguments, names
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.stack import Backend, Format, ModuleCall, Provider, Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.declarations import Declarations, Declared, Source
from plainwork_core.read.root_scope import RootScope

META_ARGUMENTS = {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"}
"""What Terraform itself reads in a resource; `providers`, `source` and `version` in a module call stay arguments."""


def stack(sources: list[Source], source: str, format_: Format, *, follows_defaults: bool = True) -> Stack:
    """Make the model of the root module that *sources* are.

    A variable with a default has that value in a root, unless *follows_defaults* says that it may have another. Whether
    a resource is there at all never hangs on a default: what is off by default is judged too.

    A resource with `count` or `for_each` is one resource, without an index in its address; none where that is known to
    be zero or empty. Its meta-arguments are no values.

    Raises:
        InputError: *sources* declare something that Terraform would not accept.
    """
    declarations = Declarations.of(sources)
    scope = RootScope(declarations, follows_defaults=follows_defaults)
    certain = RootScope(declarations, follows_defaults=False)
    used = {address: each for address, each in declarations.blocks.items() if not _is_absent(address, each, certain)}
    return Stack(
        source,
        format_,
        providers=tuple(_provider(address, used, scope) for address in _of_type(used, "provider")),
        backend=_backend(declarations.backend),
        resources=tuple(_resource(address, used, scope) for address in _of_type(used, "resource", "data")),
        module_calls=tuple(_module_call(address, used, scope) for address in _of_type(used, "module")),
        required_version=", ".join(_constraints(declarations)),
    )


def _of_type(blocks: Mapping[str, Declared], *types: str) -> list[str]:
    return [address for address, declared in blocks.items() if declared.block.type in types]


def _is_absent(address: str, declared: Declared, scope: RootScope) -> bool:
    """Whether `count` is known to be zero, or `for_each` to be empty."""
    given = [name for name in ("count", "for_each") if declared.block.body.attribute(name) is not None]
    if not given or declared.block.type not in ("resource", "data", "module"):
        return False
    return scope.argument(address, given[0])[0] in (0, "0", [], {})


def _provider(address: str, blocks: Mapping[str, Declared], scope: RootScope) -> Provider:
    declared = blocks[address]
    values, lines = _arguments(address, scope, [name for name in names(declared.block.body) if name != "alias"])
    alias = address.split(".")[2:]
    return Provider(declared.block.labels[0], alias[0] if alias else None, values, declared.location, lines=lines)


def _backend(declared: Declared | None) -> Backend | None:
    if declared is None:
        return None
    values, lines = arguments(declared.block.body, Nowhere())
    return Backend("".join(declared.block.labels) or declared.block.type, values, declared.location, lines)


def _constraints(declarations: Declarations) -> Iterator[str]:
    for attribute in declarations.required_version:
        constraint = evaluate(attribute.expression, Nowhere())
        if isinstance(constraint, str):
            yield constraint


def _resource(address: str, blocks: Mapping[str, Declared], scope: RootScope) -> Resource:
    block, location = blocks[address].block, blocks[address].location
    values, lines = _arguments(address, scope, [name for name in names(block.body) if name not in META_ARGUMENTS])
    type_, name = block.labels
    return Resource(
        address,
        "data" if block.type == "data" else "managed",
        type_,
        name,
        _provider_key(block),
        values,
        location,
        lines,
    )


def _arguments(address: str, scope: RootScope, names: list[str]) -> tuple[dict[str, Value], dict[str, int]]:
    found = {name: scope.argument(address, name) for name in names}
    lines = {path: line for _, inner in found.values() for path, line in inner.items()}
    return {name: value for name, (value, _) in found.items()}, lines


def _provider_key(block: nodes.Block) -> str | Unknown:
    match block.body.attribute("provider"):
        case None:
            return block.labels[0].partition("_")[0]
        case nodes.Literal(str(key)) | nodes.Variable(key):
            return key
        case nodes.GetAttribute(nodes.Variable(name), alias):
            return f"{name}.{alias}"
        case other:
            return Unknown(f"`provider` on line {other.line} names no provider configuration")


def _module_call(address: str, blocks: Mapping[str, Declared], scope: RootScope) -> ModuleCall:
    block = blocks[address].block
    own = META_ARGUMENTS | {"providers"}
    values = {name: scope.argument(address, name)[0] for name in names(block.body) if name not in own}
    lines = {attribute.name: attribute.line for attribute in block.body.attributes}
    is_repeated = any(block.body.attribute(name) is not None for name in ("count", "for_each"))
    return ModuleCall(block.labels[0], values, blocks[address].location, lines, is_repeated=is_repeated)
