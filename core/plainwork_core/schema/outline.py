"""The outline of a block: each argument, attribute and nested block, and the versions that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from plainwork_core.errors import SchemaError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.schema.store import SHIPPED, load, load_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork_core.schema.model import Attribute, BlockSchema, Mode, NestedBlock, TerraformType
    from plainwork_core.schema.versions import SchemaChoice

Kind: TypeAlias = Literal["required", "optional", "computed", "block"]


@frozen(slots=True, kw_only=True)
class Member:
    """An argument, an attribute or a nested block.

    Attributes:
        name: as in Terraform.
        kind: `computed` is an attribute that cannot be set.
        type: in the spelling of Terraform's language; the nesting of a block.
        marks: `computed` of an optional argument, `deprecated`, `sensitive` and `write-only`.
        min_items: of a block.
        max_items: of a block; 0 where the number is unbounded.
        versions: those of the shipped AWS providers that have it.
    """

    name: str
    kind: Kind
    type: str
    marks: tuple[str, ...] = ()
    min_items: int = 0
    max_items: int = 0
    versions: tuple[str, ...] = ()

    @property
    def limits(self) -> str:
        """How often a block can occur: `at most 1`, `1 to 10`, `1 or more`, `any number`."""
        least, most = self.min_items, self.max_items
        if least == most:
            return f"exactly {least}" if most else "any number"
        if not most:
            return f"{least} or more"
        return f"{least} to {most}" if least else f"at most {most}"


def versions_of(mode: Mode, type_: str, path: Sequence[str] = ()) -> dict[str, BlockSchema]:
    """Return the block at a path in each shipped version, oldest first; nothing for a type in the user's file."""
    if load_own().block(mode, type_):
        return {}
    found = {version: _inside(load(version).block(mode, type_), path) for version in reversed(SHIPPED)}
    return {version: block for version, block in found.items() if block}


def members(block: BlockSchema, others: dict[str, BlockSchema]) -> list[Member]:
    """Return the members of a block: required, optional and computed ones, then nested blocks.

    Args:
        block: with the members.
        others: the same block in each version; see `versions_of`.
    """
    versions = {name: tuple(v for v, other in others.items() if name in other.names) for name in block.names}
    arguments = [_argument(name, attribute, versions[name]) for name, attribute in block.attributes.items()]
    blocks = [_block(name, nested, versions[name]) for name, nested in block.blocks.items()]
    return sorted([*arguments, *blocks], key=lambda member: _ORDER[member.kind])


def block_at(choice: SchemaChoice, mode: Mode, type_: str, path: Sequence[str]) -> BlockSchema:
    """Return the block at a path in a type.

    Raises:
        SchemaError: the schema does not have the type or the block.
    """
    block, address = choice.schema().block(mode, type_), f"{_PREFIXES.get(mode, f'{mode}.')}{type_}"
    if block is None:
        raise SchemaError(f"{address} is not a type of the loaded schemas{_hint(choice, mode, type_)}")
    for name in path:
        if name in block.attributes:
            raise SchemaError(f"`{name}` is an argument or attribute of {address}, not a block")
        if name not in block.blocks:
            raise SchemaError(f"`{name}` is not a block of {address}{did_you_mean(name, block.blocks)}")
        block, address = block.blocks[name].block, f"{address}.{name}"
    return block


def type_constraint(type_: TerraformType) -> str:
    """Return a type in the spelling of Terraform's language, such as `list(object({ name = string }))`.

    https://developer.hashicorp.com/terraform/language/expressions/type-constraints
    """
    match type_:
        case ["object", attributes, *optional]:
            left_out = optional[0] if optional else ()
            named = ((name, type_constraint(inner)) for name, inner in attributes.items())
            inside = ", ".join(f"{name} = {f'optional({text})' if name in left_out else text}" for name, text in named)
            return f"object({{ {inside} }})"
        case ["tuple", elements]:
            return f"tuple([{', '.join(map(type_constraint, elements))}])"
        case [kind, element]:
            return f"{kind}({type_constraint(element)})"
    return "any" if type_ == "dynamic" else str(type_)


_ORDER: dict[Kind, int] = {"required": 0, "optional": 1, "computed": 2, "block": 3}
_PREFIXES: dict[Mode, str] = {"resource": "", "data": "data.", "ephemeral": "ephemeral."}


def _hint(choice: SchemaChoice, mode: Mode, type_: str) -> str:
    """Return a type of another version or kind with this name, or the most similar name."""
    if others := versions_of(mode, type_):
        return f"; provider {' and '.join(others)} has it, not {choice.version}"
    schema = choice.schema()
    other = next((f"{prefix}{type_}" for kind, prefix in _PREFIXES.items() if schema.block(kind, type_)), "")
    return f"; did you mean `{other}`?" if other else did_you_mean(type_, schema.types(mode))


def _inside(block: BlockSchema | None, path: Sequence[str]) -> BlockSchema | None:
    for name in path:
        block = block.blocks[name].block if block and name in block.blocks else None
    return block


def _argument(name: str, attribute: Attribute, versions: tuple[str, ...]) -> Member:
    kind: Kind = "required" if attribute.required else "optional" if attribute.optional else "computed"
    marks = {
        "computed": attribute.computed and attribute.optional,
        "deprecated": attribute.deprecated,
        "sensitive": attribute.sensitive,
        "write-only": attribute.write_only,
    }
    set_ = tuple(mark for mark, is_set in marks.items() if is_set)
    return Member(name=name, kind=kind, type=type_constraint(attribute.type), marks=set_, versions=versions)


def _block(name: str, nested: NestedBlock, versions: tuple[str, ...]) -> Member:
    return Member(
        name=name,
        kind="block",
        type=nested.nesting,
        marks=("deprecated",) if nested.deprecated else (),
        min_items=nested.min_items,
        max_items=1 if nested.is_one else nested.max_items,
        versions=versions,
    )
