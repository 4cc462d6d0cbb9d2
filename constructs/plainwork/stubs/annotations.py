"""Annotations of arguments, and the `TypedDict` of each nested block and object."""

from __future__ import annotations

import json
from keyword import iskeyword
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plainwork_core.schema import BlockSchema, NestedBlock, TerraformType

Path: TypeAlias = tuple[str, ...]
"""The names of the blocks and objects around a block, and its own. Those of a data source begin with `data`."""

_TOP: set[Path] = {(), ("data",), ("ephemeral",)}
_PRIMITIVES = {"string": "String", "number": "Number", "bool": "Bool", "dynamic": "Any"}
_RESERVED = {
    "Any", "Bool", "Construct", "DataSource", "DataSourcePath", "Ephemeral", "EphemeralPath", "Iterable", "ListOf",
    "Literal", "MapOf", "Mapping", "Number", "Reference", "Required", "Resource", "ResourcePath", "Sequence", "String",
    "TypeAlias", "TypedDict", "Waiver",
}  # fmt: skip
"""What a stub imports or defines besides the classes of blocks."""


class Field(NamedTuple):
    """An argument or a nested block in a stub."""

    name: str
    annotation: str
    required: bool = False


class Namespace:
    """The classes of a stub, one for each distinct block or object.

    Attributes:
        classes: their definitions; each follows those that it refers to.
    """

    def __init__(self) -> None:
        self.classes: list[str] = []
        self._names: dict[object, str] = {}

    def fields(self, block: BlockSchema, path: Path = ()) -> list[Field]:
        """Return the arguments and nested blocks that a configuration may set.

        What `dynamic` can generate is not required: nested blocks, and lists of objects.
        """
        arguments = {name: attribute for name, attribute in block.attributes.items() if attribute.settable}
        generated = {name for name, attribute in arguments.items() if _is_blocks(attribute.type)}
        required = {name for name, attribute in arguments.items() if attribute.required} - generated
        fields = [
            Field(name, self.annotation(attribute.type, (*path, name)), name in required)
            for name, attribute in arguments.items()
        ]
        fields += [Field(name, self._nested(nested, (*path, name))) for name, nested in block.blocks.items()]
        if block.blocks or generated:
            fields.append(Field("dynamic", "Mapping[str, Any]"))
        return fields

    def annotation(self, type_: TerraformType, path: Path) -> str:
        """Return the annotation of an argument; *path* gives the classes of objects their names."""
        match type_:
            case ["list" | "set", ["object", *_] as element]:
                return f"Sequence[{self.annotation(element, path)}] | Reference"
            case ["list" | "set", element]:
                return f"ListOf[{self.annotation(element, path)}]"
            case ["map", element]:
                return f"MapOf[{self.annotation(element, path)}]"
            case ["object", members, *optional]:
                return self._object(members, optional[0] if optional else members, path)
            case ["tuple", _]:
                return "ListOf[Any]"
        return _PRIMITIVES[type_]

    def define(self, key: object, path: Path, fields: Iterable[Field]) -> str:
        """Return the name of a class, defined with *fields* unless *key* has one.

        What is directly in the type has a name of its own in any case, because users write it.
        """
        name = _class_name(path)
        if key not in self._names:
            self._names[key] = self._free(name)
            self.classes.append(_typed_dict(self._names[key], fields))
        elif path[:-1] in _TOP and name == self._free(name):
            self._names[path] = name
            self.classes.append(f"{name}: TypeAlias = {self._names[key]}")
        return self._names[key]

    def _nested(self, nested: NestedBlock, path: Path) -> str:
        name = self._block(nested.block, path)
        if nested.nesting == "map":
            return f"Mapping[str, {name}]"
        return name if nested.is_one else f"{name} | Sequence[{name}]"

    def _block(self, block: BlockSchema, path: Path) -> str:
        key = id(block)  # the schema of a type has equal blocks once
        return self.define(key, path, () if key in self._names else self.fields(block, path))

    def _object(self, members: dict[str, TerraformType], optional: Iterable[str], path: Path) -> str:
        fields = [
            Field(name, self.annotation(type_, (*path, name)), name not in optional) for name, type_ in members.items()
        ]
        return self.define(json.dumps([members, list(optional)]), path, fields)

    def _free(self, name: str) -> str:
        """Return a name that no class has: this one, or with `Block` or a number after it."""
        taken = {*_RESERVED, *self._names.values()}
        candidates = (name, f"{name}Block", *(f"{name}{number}" for number in range(2, 100)))
        return next(candidate for candidate in candidates if candidate not in taken)


def _class_name(path: Path) -> str:
    return "".join(word.capitalize() for name in path for word in name.split("_"))


def _is_blocks(type_: TerraformType) -> bool:
    """Return whether Terraform also reads an argument as blocks.

    https://developer.hashicorp.com/terraform/language/attr-as-blocks
    """
    match type_:
        case ["list" | "set", ["object", *_]]:
            return True
    return False


def _typed_dict(name: str, fields: Iterable[Field]) -> str:
    typed = {field: f"Required[{type_}]" if required else f"{type_} | None" for field, type_, required in fields}
    if any(map(iskeyword, typed)):
        items = ", ".join(f'"{field}": {annotation}' for field, annotation in typed.items())
        return f'{name} = TypedDict("{name}", {{{items}}}, total=False)'
    lines = [f"    {field}: {annotation}" for field, annotation in typed.items()]
    return "\n".join([f"class {name}(TypedDict, total=False):", *(lines or ["    ..."])])
