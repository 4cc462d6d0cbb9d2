"""The stub of the meta-arguments, which all types share: `plainwork.types.meta_arguments`."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from plainwork.stubs.annotations import Field, Namespace
from plainwork_core.hcl.language import LANGUAGE

if TYPE_CHECKING:
    from plainwork_core.hcl.definitions import Block
    from plainwork_core.schema import Mode

NAME = "meta_arguments"
MODES: dict[Mode, str] = {"resource": "Resource", "data": "DataSource", "ephemeral": "Ephemeral"}
"""The classes of `plainwork`, by what they create."""
_HEADER = '''\
"""What all types share: the meta-arguments, and the classes below those of each type."""

from collections.abc import Iterable as Iterable, Mapping as Mapping, Sequence as Sequence
from typing import Any as Any, Generic, Literal as Literal, Required as Required, TypeAlias as TypeAlias
from typing import TypedDict as TypedDict, TypeVar, final as final

from plainwork.tree import Construct as Construct, TerraformDataSource, TerraformProvider, TerraformResource
from plainwork.references import Reference as Reference
from plainwork.terraform.action import Action
from plainwork.terraform.declared import Declared, Instance
from plainwork.terraform.ephemeral import Ephemeral
from plainwork.terraform.resource import DataSource, Resource
from plainwork.type_hints import Bool as Bool, ListOf as ListOf, MapOf as MapOf, Number as Number, String as String
from plainwork_core.waivers import Waiver as Waiver

_Path = TypeVar("_Path", bound=str)
ProviderOrName: TypeAlias = TerraformProvider | str
ResourceOrAddress: TypeAlias = Declared | Action | TerraformResource | TerraformDataSource | str

class InstanceOf(Instance, Generic[_Path]):
    def __getitem__(self, path: _Path) -> Reference: ...  # type: ignore[override]
'''
_CLASS = """\
class {class_}Of({class_}, Generic[_Path]):
    def __getitem__(self, path: _Path) -> Reference: ...  # type: ignore[override]
    def every(self, path: _Path) -> Reference: ...  # type: ignore[override]
    def instance(self, key: int | str) -> InstanceOf[_Path]: ...
"""
_ANNOTATIONS = {
    "condition": "bool | str",
    "count": "Number | str",
    "actions": "Sequence[ResourceOrAddress]",
    "depends_on": "Sequence[ResourceOrAddress]",
    "for_each": "Mapping[str, Any] | ListOf[str] | str",
    "ignore_changes": 'ListOf[str] | Literal["all"]',
    "provider": "ProviderOrName",
    "replace_triggered_by": "Sequence[ResourceOrAddress]",
}
"""Those that differ from the types of the language: addresses, and arguments that are usually an expression as text."""
_UNCHECKED = {"connection", "provisioner"}


class _Namespace(Namespace):
    """The classes of the blocks of the language."""

    def of_language(self, block: Block, path: tuple[str, ...]) -> list[Field]:
        """Return the arguments and nested blocks of a block of the language."""
        fields = [
            Field(name, _ANNOTATIONS.get(name) or self.annotation(argument.type, path), argument.required)
            for name, argument in block.arguments.items()
        ]
        for name, nested in block.blocks.items():
            if name in _UNCHECKED or nested.labels:
                fields.append(Field(name, "Any" if name in _UNCHECKED else "Mapping[str, Any]"))
            else:
                inner = (*path, name)
                class_ = self.define(inner, inner, self.of_language(nested, inner))
                fields.append(Field(name, class_ if nested.is_single else f"{class_} | Sequence[{class_}]"))
        return fields


@cache
def meta_fields(mode: Mode) -> list[Field]:
    """Return the meta-arguments of a mode; `dynamic` is an argument of the types that have nested blocks."""
    return [field for field in _Namespace().of_language(LANGUAGE[mode], (mode,)) if field.name != "dynamic"]


@cache
def exports() -> frozenset[str]:
    """Return what the stub of a type can import from this one."""
    found: set[str] = set()
    for statement in ast.parse(meta_arguments()).body:
        match statement:
            case ast.ImportFrom(names=names):
                found.update(name.asname for name in names if name.asname)
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return frozenset(found)


def meta_arguments() -> str:
    """Return the stub."""
    namespace = _Namespace()
    for mode in MODES:
        namespace.of_language(LANGUAGE[mode], (mode,))
    return "\n".join([_HEADER, *(_CLASS.format(class_=class_) for class_ in MODES.values()), *namespace.classes, ""])
