"""What a resource and a data source have in common: checked arguments under an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork import emission
from plainwork.checks import arguments as checks
from plainwork.checks.lifecycle import lifecycle_problems
from plainwork.checks.meta import META, with_meta
from plainwork.errors import ArgumentsError, DeprecatedArgumentWarning, MissingSchemaWarning, warn
from plainwork.terraform.addresses import AddressRegistry, NamingScope, check_identifier, naming_scope
from plainwork.terraform.meta import normalized
from plainwork_core.errors import did_you_mean
from plainwork_core.schema import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork._cdktf import Construct
    from plainwork_core.schema import BlockSchema, Mode

_PREFIX: dict[Mode, str] = {"resource": "", "data": "data."}
_KIND: dict[Mode, str] = {"resource": "resource", "data": "data source"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A checked resource or data source.

    Attributes:
        address: as `aws_s3_bucket.state` or `data.aws_region.current`.
        type: the resource type.
        name: the last part of the address.
        node_id: the id of its construct: the type and its own id, so that two types may share an id.
        schema: of its type, without the meta-arguments, which are no attributes; None where the type is unknown.
        body: what it is in Terraform's JSON syntax.
    """

    address: str
    type: str
    name: str
    node_id: str
    schema: BlockSchema | None
    body: dict[str, Any]


def declare(mode: Mode, scope: Construct, type_: str, id_: str | None, arguments: Mapping[str, Any]) -> Declaration:
    """Check everything that can be, then claim the address.

    Raises:
        AddressError: the type or the name is no identifier, or the address is taken.
        ArgumentsError: Terraform would reject the arguments; all reasons are in it.
        SchemaError: a schema file cannot be read.
    """
    naming = naming_scope(scope)
    check_identifier(type_, "resource or data source type")
    name = naming.name(id_, f"{_PREFIX[mode]}{type_}")
    address = f"{_PREFIX[mode]}{type_}.{name}"
    own, schema = load().block(mode, type_), with_meta(load(), mode, type_)
    given = normalized(arguments)
    if found := [*_problems(given, mode, schema), *lifecycle_problems(given, own)]:
        raise ArgumentsError(_described(address, naming), found)
    _warn(mode, type_, given, schema, naming.registry)
    node_id = ".".join(filter(None, (f"{_PREFIX[mode]}{type_}", id_)))
    position = naming.registry.register(address, naming.path(node_id), kind=_KIND[mode])
    body = {**emission.block(given, schema), "//": {"plainwork": _comment(given, schema, naming, position)}}
    return Declaration(address, type_, name, node_id, own, body)


def _described(address: str, naming: NamingScope) -> str:
    return f"{address} (in {naming.construct})" if naming.construct else address


def _problems(given: Mapping[str, Any], mode: Mode, schema: BlockSchema | None) -> Iterator[str]:
    meta = META[mode]
    if schema is None:
        yield from checks.problems({name: given[name] for name in meta.names if name in given}, meta)
        yield from checks.unchecked({name: value for name, value in given.items() if name not in meta.names})
    else:
        yield from checks.problems(given, schema)


def _warn(
    mode: Mode, type_: str, given: Mapping[str, Any], schema: BlockSchema | None, registry: AddressRegistry
) -> None:
    what = f"{_PREFIX[mode]}{type_}"
    if schema is None:
        if registry.is_first_warning(what):
            hint = did_you_mean(type_, load().types(mode))
            message = f"there is no schema for {what}: its arguments are not checked; `plainwork schema` gets it{hint}"
            warn(message, MissingSchemaWarning)
        return
    for path in sorted(set(checks.deprecated(given, schema))):
        if registry.is_first_warning(f"{what}.{path}"):
            warn(f"{what}: {path} is deprecated by the provider", DeprecatedArgumentWarning)


def _comment(
    given: Mapping[str, Any], schema: BlockSchema | None, naming: NamingScope, position: int
) -> dict[str, Any]:
    """What the writer of HCL needs to know and Terraform does not."""
    comment: dict[str, Any] = {"position": position}
    if naming.construct:
        comment["construct"] = naming.construct
    if schema is None and (blocks := emission.marked(given)):
        comment["blocks"] = blocks
    return comment
