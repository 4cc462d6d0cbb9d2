"""The stub of one type."""

from __future__ import annotations

import re
from keyword import iskeyword
from textwrap import indent
from typing import TYPE_CHECKING

from plainwork.stubs.annotations import Namespace
from plainwork.stubs.meta_arguments import MODES, NAME, exports, meta_fields
from plainwork.stubs.notes import notes
from plainwork.stubs.paths import readable_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.stubs.annotations import Field
    from plainwork_core.schema import BlockSchema, Mode
    from plainwork_core.schema.versions import SchemaChoice

_PREFIXES: dict[Mode, tuple[str, ...]] = {"resource": (), "data": ("data",), "ephemeral": ("ephemeral",)}
_WORD = re.compile(r"\w+")
_CLASS = '''\
{class_}Path: TypeAlias = Literal[{paths}]
@final
class {class_}({class_}Of[{class_}Path]):
    """{title}"""
    def __init__(
        self_,
        scope_: Construct,
        id_: str | None = None,
        /,
        *,
{arguments}
    ) -> None:
        """{notes}
        """
'''


def stub(choice: SchemaChoice, type_: str) -> str:
    """Return the stub of a type in the schema that the choice selects."""
    namespace = Namespace()
    found = ((mode, choice.schema().block(mode, type_)) for mode in MODES)
    classes = [_class(choice, mode, type_, block, namespace) for mode, block in found if block]
    text = "\n".join([*namespace.classes, *classes])
    imported = exports().intersection(_WORD.findall(text))
    return f"from plainwork.types.{NAME} import {', '.join(sorted(imported))}\n\n{text}"


def _class(choice: SchemaChoice, mode: Mode, type_: str, block: BlockSchema, namespace: Namespace) -> str:
    own = namespace.fields(block, _PREFIXES[mode])
    names = {field.name for field in own}
    fields = [*own, *(field for field in meta_fields(mode) if field.name not in names)]
    text = notes(choice, mode, type_, block)
    return _CLASS.format(
        class_=MODES[mode],
        title=text[0],
        notes=indent("\n".join(text), " " * 8).lstrip(),
        paths=", ".join(f'"{path}"' for path in readable_paths(block)),
        arguments="\n".join(f"        {argument}," for argument in _arguments(mode, fields)),
    )


def _arguments(mode: Mode, fields: list[Field]) -> Iterator[str]:
    """Yield the parameters: what is required, then what is not."""
    for name, annotation, required in sorted(fields, key=lambda field: not field.required):
        if not iskeyword(name):
            yield f"{name}: {annotation}" if required else f"{name}: {annotation} | None = None"
    if mode != "ephemeral":
        yield "waive: Iterable[Waiver] = ()"
    if any(iskeyword(name) for name, _, _ in fields):
        yield "**arguments: Any"
