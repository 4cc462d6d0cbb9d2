"""What resources, data sources, ephemeral resources and actions have in common: checked arguments under an address."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from plainwork.arguments.json_body import JsonBody, json_body
from plainwork.arguments.language import with_meta_arguments
from plainwork.arguments.value_rules import value_problems
from plainwork.errors import AddressError, ArgumentsError, DeprecatedArgumentWarning, MissingSchemaWarning, warn
from plainwork.terraform.addresses import NamingScope, check_identifier, naming_scope
from plainwork.terraform.registry import AddressRegistry, EarlyBlock
from plainwork.terraform.target import features, write_only_features
from plainwork.terraform.waivers import of_block, of_constructs
from plainwork_core.errors import did_you_mean, nearest
from plainwork_core.frozen import frozen
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.schema.versions import AWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork.tree import Construct
    from plainwork_core.schema import BlockSchema, Mode
    from plainwork_core.schema.versions import SchemaChoice
    from plainwork_core.waivers import Waiver

_REGION = "region"
_TYPING_ERROR = 0.95
"""The similarity from which a type without a schema is a typing error: one letter of a name of common length."""
_PREFIX: dict[Mode, str] = {"resource": "", "data": "data.", "ephemeral": "ephemeral.", "action": "action."}
_KIND: dict[Mode, str] = {
    "resource": "resource",
    "data": "data source",
    "ephemeral": "ephemeral resource",
    "action": "action",
}


@frozen(slots=True)
class Declaration:
    """A checked resource, data source, ephemeral resource or action.

    Attributes:
        address: such as `aws_s3_bucket.state` or `data.aws_region.current`.
        type: of the resource, data source, ephemeral resource or action.
        name: the last part of the address.
        node_id: the id of its construct: the type and its own id, so that two types can have one id.
        schema: of its type, without the meta-arguments, which are not attributes; None where the type is unknown.
        body: the block in Terraform's JSON syntax.
    """

    address: str
    type: str
    name: str
    node_id: str
    schema: BlockSchema | None
    body: dict[str, Any]


def declare(
    mode: Mode,
    scope: Construct,
    type_: str,
    id_: str | None,
    arguments: Mapping[str, Any],
    *,
    waive: Iterable[Waiver] = (),
) -> Declaration:
    """Check the arguments, then register the address. *waive* are the accepted findings of policies on the block.

    Raises:
        AddressError: the type or the name is not an identifier, the type is nearly that of a known one, or the address
            is registered already.
        ArgumentsError: Terraform would reject the arguments; the error has all reasons.
        SchemaError: a schema file cannot be read.
    """
    naming = naming_scope(scope)
    check_identifier(type_, f"{_KIND[mode]} type")
    prefixed_type = f"{_PREFIX[mode]}{type_}"
    name = naming.name(id_, prefixed_type)
    address = f"{prefixed_type}.{name}"
    choice = naming.registry.schema_choice
    own = choice.schema().block(mode, type_)
    arguments = {**_region(naming, own, arguments), **arguments}
    checked = _checked(choice, mode, type_, arguments)
    if "count" in checked.body and "for_each" in checked.body:
        checked.problems.append("`count` and `for_each` are mutually exclusive")
    if mode == "resource" and not checked.problems:
        checked.problems += value_problems(type_, checked.body)
    checked.problems += naming.registry.require(
        (*features(LANGUAGE[mode], checked.body, mode), *write_only_features(own, checked.body))
    )
    if checked.problems:
        raise ArgumentsError(f"{address} (in {naming.construct})" if naming.construct else address, checked.problems)
    if own is None:
        check_unknown_type(mode, type_, naming.registry)
    if AWS not in naming.registry.providers:
        naming.registry.early.append(EarlyBlock(address, mode, type_, arguments, deepcopy(checked.body)))
    _warn_of_deprecated(prefixed_type, checked, naming.registry)
    node_id = f"{prefixed_type}.{id_}" if id_ else prefixed_type
    position = naming.registry.register(
        address, naming.path(node_id), kind=_KIND[mode] if mode in ("resource", "data") else ""
    )
    waivers = [*of_block(address, waive), *of_constructs(naming)]
    comment = {"plainwork": _comment(checked, naming, position) | ({"waivers": waivers} if waivers else {})}
    return Declaration(address, type_, name, node_id, own, {**checked.body, "//": comment})


def _region(naming: NamingScope, own: BlockSchema | None, arguments: Mapping[str, Any]) -> dict[str, str]:
    """Return the argument `region` of a block in a construct that is in another Region than the provider."""
    region = naming.other_region
    if region is None or own is None or arguments.get("provider") or _REGION not in own.settable_names:
        return {}
    return {_REGION: region}


def _checked(choice: SchemaChoice, mode: Mode, type_: str, arguments: Mapping[str, Any]) -> JsonBody:
    schema = with_meta_arguments(choice.schema(), mode, type_)
    return json_body(arguments, schema, lambda path: choice.difference(mode, type_, path))


def check_again(registry: AddressRegistry) -> None:
    """Check the blocks that precede the version of the AWS provider.

    Raises:
        AddressError: this version does not have a type.
        ArgumentsError: this version would reject the arguments of a block, or they are other blocks in it.
    """
    choice = registry.schema_choice
    for block in registry.early:
        if choice.schema().block(block.mode, block.type) is None:
            check_unknown_type(block.mode, block.type, registry)
        checked = _checked(choice, block.mode, block.type, block.arguments)
        if checked.problems or checked.body != block.body:
            order = f"create the provider, which requires `{choice.required}`, before this block"
            raise ArgumentsError(block.address, checked.problems or [order])


def check_unknown_type(mode: Mode, type_: str, registry: AddressRegistry) -> None:
    """Reject a type that is nearly a known one; warn of any other.

    Raises:
        AddressError: the type is nearly a known one.
    """
    prefixed_type = f"{_PREFIX[mode]}{type_}"
    if prefixed_type in registry.warnings:
        return
    if difference := registry.schema_choice.difference(mode, type_):
        raise AddressError(f"{prefixed_type} is not a type of the provider: {difference}")
    types = registry.schema_choice.schema().types(mode)
    similar = nearest(type_, types, _TYPING_ERROR)
    if similar and not _is_of_another_provider(type_, similar, registry):
        raise AddressError(
            f"{prefixed_type} is not a type of the loaded schemas; did you mean `{similar}`? "
            "If a newer provider has it, add its schema with `plainwork schema`"
        )
    registry.warnings.add(prefixed_type)
    hint = did_you_mean(type_, types)
    message = f"no schema for {prefixed_type}; its arguments are not checked; add it with `plainwork schema`{hint}"
    warn(message, MissingSchemaWarning)


def _is_of_another_provider(type_: str, similar: str, registry: AddressRegistry) -> bool:
    """Return whether the stack has the provider that the name of the type begins with, such as `awscc`."""
    provider = type_.partition("_")[0]
    return provider != similar.partition("_")[0] and provider in registry.providers


def _warn_of_deprecated(prefixed_type: str, checked: JsonBody, registry: AddressRegistry) -> None:
    for path in sorted(checked.deprecated):
        if registry.is_first_warning(f"{prefixed_type}.{path}"):
            warn(f"{prefixed_type}: `{path}` is deprecated by the provider", DeprecatedArgumentWarning)


def _comment(checked: JsonBody, naming: NamingScope, position: int) -> dict[str, Any]:
    """Return the data for the HCL writer, which Terraform ignores."""
    comment: dict[str, Any] = {"position": position}
    if naming.construct:
        comment["construct"] = naming.construct
    if checked.blocks:
        comment["blocks"] = sorted(checked.blocks)
    return comment
