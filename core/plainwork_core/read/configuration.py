"""From the files of a root module, in either of Terraform's syntaxes, to the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from plainwork_core.hcl.language import meta_arguments
from plainwork_core.hcl.read.bodies import arguments, names
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.references import Nowhere, Scope
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.stack import (
    Backend,
    Encryption,
    Format,
    ModuleCall,
    Provider,
    ProviderRequirement,
    Resource,
    Stack,
)
from plainwork_core.model.values import Unknown, Value
from plainwork_core.read.declarations import Declarations, Declared, ParsedFile
from plainwork_core.read.lock_file import locked_providers
from plainwork_core.read.opentofu import enabled, is_for_opentofu
from plainwork_core.read.root_scope import RootScope

_CALL_ARGUMENTS = {"source", "version"}
"""The meta-arguments of a module call that are in its values."""
_NO_INSTANCE: tuple[Value, ...] = (0, "0", [], {}, "false")
"""The values of `count`, `for_each` and `enabled` with which a block has no instance."""


def stack(
    files: list[ParsedFile],
    source: str,
    format_: Format,
    *,
    directory: Path | None,
    follows_defaults: bool = True,
    checked: Path | None = None,
) -> Stack:
    """Make the model of the root module that *files* are.

    Args:
        files: its files.
        source: its name for the user.
        format_: the format of its files.
        directory: the directory that *files* are all files of; `None` if it may have others, or a lock file elsewhere.
        follows_defaults: whether a variable with a default has that value in a root. Whether a resource exists never
            depends on a default: what is off by default is checked too.
        checked: the directory that contains all files that a function may read; `None` for that of *files*.

    Returns:
        The stack. A resource with `count` or `for_each` is one resource, without an index in its address; it is omitted
        where that is known to be zero or empty. The values of a resource do not include its meta-arguments.

    Raises:
        InputError: *files* declare something that Terraform would reject.
    """
    declarations = Declarations.of(files)
    readable = Files(Path(files[0].file).parent, checked)
    scope = RootScope(declarations, readable, follows_defaults=follows_defaults)
    certain = RootScope(declarations, readable, follows_defaults=False)
    locked = frozenset() if directory is None else locked_providers(directory)
    for_opentofu = is_for_opentofu(files, locked)
    blocks = declarations.blocks.items()
    repeated = {address: _repetition(address, declared, certain) for address, declared in blocks}
    used = {address: declared for address, declared in blocks if repeated[address] not in _NO_INSTANCE}
    return Stack(
        source,
        format_,
        providers=tuple(_provider(address, used, scope) for address in _of_type(used, "provider")),
        backend=_backend(declarations.backend, scope if for_opentofu else Nowhere()),
        resources=tuple(
            _resource(address, used, scope, may_be_absent=isinstance(repeated[address], Unknown))
            for address in _of_type(used, "resource", "data")
        ),
        module_calls=tuple(_module_call(address, used, scope) for address in _of_type(used, "module")),
        required_providers=None if directory is None else tuple(_requirements(declarations)),
        locked_providers=locked,
        is_for_opentofu=for_opentofu,
        encryption=_encryption(declarations.encryption),
        required_version=", ".join(_constraints(declarations)),
    )


def _of_type(blocks: Mapping[str, Declared], *types: str) -> list[str]:
    return [address for address, declared in blocks.items() if declared.block.type in types]


def _repetition(address: str, declared: Declared, scope: RootScope) -> Value:
    """Return the value of `count`, `for_each` or OpenTofu's `enabled`; 1 without any of them."""
    given = [name for name in ("count", "for_each") if declared.block.body.attribute(name) is not None]
    if declared.block.type not in ("resource", "data", "module"):
        return 1
    if (is_enabled := enabled(declared.block)) is not None:
        return scope.value_of(address, is_enabled)
    if not given:
        return 1
    return scope.argument(address, given[0])[0]


def _provider(address: str, blocks: Mapping[str, Declared], scope: RootScope) -> Provider:
    declared = blocks[address]
    values, lines = _arguments(
        address, declared, scope, [name for name in names(declared.block.body) if name not in ("alias", "for_each")]
    )
    alias = address.split(".")[2:]
    return Provider(declared.block.labels[0], alias[0] if alias else None, values, declared.location, lines=lines)


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


def _resource(address: str, blocks: Mapping[str, Declared], scope: RootScope, *, may_be_absent: bool) -> Resource:
    block, location = blocks[address].block, blocks[address].location
    meta = meta_arguments(block.type)
    values, lines = _arguments(
        address, blocks[address], scope, [name for name in names(block.body) if name not in meta]
    )
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
        ignored=frozenset(_ignored(block)),
        may_be_absent=may_be_absent,
    )


def _ignored(resource: nodes.Block) -> Iterator[str]:
    """Yield the arguments in `ignore_changes` of *resource*, without indices and keys; `all` is one of them."""
    for lifecycle in resource.body.blocks:
        if lifecycle.type == "lifecycle" and (ignored := lifecycle.body.attribute("ignore_changes")) is not None:
            yield from map(_first_name, ignored.items if isinstance(ignored, nodes.Sequence) else (ignored,))


def _first_name(expression: nodes.Expression) -> str:
    while isinstance(expression, nodes.GetAttribute | nodes.GetIndex):
        expression = expression.target
    text = expression.name if isinstance(expression, nodes.Variable) else str(getattr(expression, "value", ""))
    return re.split(r"[.\[]", text, maxsplit=1)[0]  # JSON has the reference as a string: `tags["Owner"]`


def _arguments(
    address: str, declared: Declared, scope: RootScope, names: list[str]
) -> tuple[dict[str, Value], dict[str, int]]:
    """Return the arguments *names* with their lines, except of those that are in an override file."""
    found = {name: scope.argument(address, name) for name in names}
    here = (inner for name, (_, inner) in found.items() if name not in declared.overridden)
    lines = {path: line for inner in here for path, line in inner.items()}
    return {name: value for name, (value, _) in found.items()}, lines


def _provider_key(block: nodes.Block) -> str | Unknown:
    match block.body.attribute("provider"):
        case None:
            return block.labels[0].partition("_")[0]
        case nodes.Literal(str(key)) | nodes.Variable(key) if "[" not in key:
            return key
        case nodes.GetAttribute(nodes.Variable(name), alias):
            return f"{name}.{alias}"
        case other:
            return Unknown(f"`provider` on line {other.line} may differ between instances; check a plan")


def _module_call(address: str, blocks: Mapping[str, Declared], scope: RootScope) -> ModuleCall:
    block = blocks[address].block
    meta = meta_arguments("module") - _CALL_ARGUMENTS
    values = {name: scope.argument(address, name)[0] for name in names(block.body) if name not in meta}
    here = (attribute for attribute in block.body.attributes if attribute.name not in blocks[address].overridden)
    lines = {attribute.name: attribute.line for attribute in here}
    is_repeated = any(block.body.attribute(name) is not None for name in ("count", "for_each"))
    return ModuleCall(block.labels[0], values, blocks[address].location, lines, is_repeated=is_repeated)
