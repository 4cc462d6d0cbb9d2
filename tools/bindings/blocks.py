"""From the classes of bindings to blocks in the format of `terraform providers schema -json`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from plainwork_core.schema import Mode
from tools.bindings.typescript import Argument, Attribute, Class, Module

_PROVIDER = "TerraformProvider"
"""The base of a provider's class, which has the meta-argument `alias`."""
MODES: dict[str, Mode] = {
    "TerraformResource": "resource",
    "TerraformDataSource": "data",
    "TerraformEphemeralResource": "ephemeral",
    _PROVIDER: "provider",
}

_PRIMITIVES = {"string": "string", "number": "number", "boolean": "bool", "any": "dynamic"}
_CALL = re.compile(r"(?:\w+\.)?(\w+?)(?:ToHclTerraform|MapperHcl)\b")
_CONDITION = re.compile(r"^struct!\.\w+ === undefined \? null : ")
_RECURSIONS = 2
"""How often a block contains itself: bindings write it once, the provider to a depth of three statements.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/wafv2_web_acl_rule
"""
_IS_BLOCK = re.compile(r"^(?:\w+\.)?(?:listMapperHcl\(\w+, true\)|\w+ToHclTerraform)\(")
_WRITE_ONLY = "this.markWriteOnlyAttribute("
_NESTED = re.compile(r"new (\w+?)(List|Map|OutputReference)\(this, \"\w+\"(?:, (true|false))?\)")
_GETTERS = (
    ("tolist(this.getListAttribute(", ["set", "string"]),
    ("tolist(this.getNumberListAttribute(", ["set", "number"]),
    ("getStringMapAttribute(", ["map", "string"]),
    ("getNumberMapAttribute(", ["map", "number"]),
    ("getBooleanMapAttribute(", ["map", "bool"]),
    (".StringMap(", ["map", "string"]),
    (".NumberMap(", ["map", "number"]),
    (".BooleanMap(", ["map", "bool"]),
    ("getNumberListAttribute(", ["list", "number"]),
    ("getListAttribute(", ["list", "string"]),
    ("getStringAttribute(", "string"),
    ("getNumberAttribute(", "number"),
    ("getBooleanAttribute(", "bool"),
)
"""The type of an attribute, by what the code that reads it contains; the first row that matches decides."""


def blocks(module: Module) -> Iterator[tuple[Mode, str, dict[str, Any]]]:
    """Yield mode, type and block of each type of a module."""
    for class_ in module.classes.values():
        if class_.resource_type and class_.base in MODES:
            yield MODES[class_.base], class_.resource_type, _Reader(module).top(class_)


class _Reader:
    def __init__(self, module: Module) -> None:
        self._module = module
        self._open: list[str] = []

    def top(self, class_: Class) -> dict[str, Any]:
        block = self._block(class_.attributes, class_.arguments)
        if class_.base == _PROVIDER:
            block["attributes"].pop("alias")
        return block

    def _block(self, attributes: dict[str, Attribute], arguments: dict[str, Argument]) -> dict[str, Any]:
        found: dict[str, Any] = {"attributes": {}, "block_types": {}}
        for name, attribute in attributes.items():
            argument = arguments.get(name)
            if nested := self._nested_block(argument, attribute):
                found["block_types"][name] = nested
            elif argument or "computed" in attribute.flags:
                found["attributes"][name] = self._attribute(argument, attribute)
        return found

    def _nested_block(self, argument: Argument | None, attribute: Attribute) -> dict[str, Any] | None:
        """Return a nested block; None for an argument or attribute, also for one that is a list of objects."""
        if argument is None:
            return None if attribute.flags else self._block_of_results(attribute.code)
        struct = self._struct(argument.value)
        is_computed = "computed" in attribute.flags
        if struct is None or is_computed or not _IS_BLOCK.search(argument.value):
            return None
        return {
            "nesting_mode": "single" if argument.kind == "struct" else argument.kind,
            "min_items": int("required" in attribute.flags),
            "max_items": int(argument.kind == "list" and "listMapperHcl(" not in argument.value),
            "block": self._content(struct),
        }

    def _block_of_results(self, code: str) -> dict[str, Any] | None:
        """Return a nested block of a data source that has no argument."""
        nested = _NESTED.search(code)
        return {"nesting_mode": "single", "block": self._content(_function_of(nested[1]))} if nested else None

    def _content(self, struct: str) -> dict[str, Any]:
        if self._open.count(struct) > _RECURSIONS:
            return {"attributes": {}, "block_types": {}}
        self._open.append(struct)
        block = self._block(self._attributes(struct), self._module.functions[struct])
        self._open.pop()
        return block

    def _attribute(self, argument: Argument | None, attribute: Attribute) -> dict[str, Any]:
        type_ = self._type_of_argument(argument) if argument else self._type_of_code(attribute.code)
        flags = dict.fromkeys(sorted(attribute.flags), True)
        write_only = {"write_only": True} if argument and argument.value.startswith(_WRITE_ONLY) else {}
        return {"type": type_, **flags, **write_only}

    def _type_of_argument(self, argument: Argument) -> Any:
        value = _CONDITION.sub("", argument.value).removeprefix(_WRITE_ONLY)
        type_ = self._type(_CALL.findall(value))
        return [argument.kind, *type_[1:]] if argument.kind in {"list", "set"} else type_

    def _type(self, calls: list[str]) -> Any:
        """Return the type of nested calls, outermost first: `listMapperHcl(hashMapperHcl(stringToHclTerraform))`."""
        call, *inner = calls
        if call in {"list", "hash"}:
            return ["map" if call == "hash" else "list", self._type(inner)]
        return _PRIMITIVES[call] if call in _PRIMITIVES else self._object(call)

    def _type_of_code(self, code: str) -> Any:
        if nested := _NESTED.search(code):
            type_ = self._object(_function_of(nested[1]))
            collections = {"Map": "map", "List": "set" if nested[3] == "true" else "list"}
            return [collections[nested[2]], type_] if nested[2] in collections else type_
        return next((type_ for getter, type_ in _GETTERS if getter in code), "dynamic")

    def _object(self, struct: str) -> list[Any]:
        return _object_type(self._content(struct))

    def _attributes(self, struct: str) -> dict[str, Attribute]:
        name = struct[0].upper() + struct[1:]
        class_ = self._module.classes.get(f"{name}OutputReference")
        return dict(class_.attributes) if class_ else self._module.interfaces[name]

    def _struct(self, value: str) -> str | None:
        """Return the name of the function for a nested object in the expression of an argument."""
        return next((call for call in _CALL.findall(value) if call in self._module.functions), None)


def _function_of(class_name: str) -> str:
    return class_name[0].lower() + class_name[1:]


def _object_type(block: dict[str, Any]) -> list[Any]:
    types = {name: attribute["type"] for name, attribute in block["attributes"].items()}
    for name, nested in block["block_types"].items():
        inner = _object_type(nested["block"])
        types[name] = inner if nested["nesting_mode"] == "single" else [nested["nesting_mode"], inner]
    return ["object", dict(sorted(types.items()))]
