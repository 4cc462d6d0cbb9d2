"""From the properties of Terraform's JSON syntax to blocks: comment, header, arguments and nested blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.layout import INDENT, indented, value
from plainwork_core.hcl.write.literals import is_attribute_name, quoted
from plainwork_core.hcl.write.paragraphs import arranged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork_core.hcl.write.kinds import Kind
    from plainwork_core.hcl.write.layout import Row

COMMENT = "//"
_NULLS = (None, "${null}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document something stands, and how deep it is indented."""

    path: str
    indent: int = 0

    def inside(self, name: str) -> Place:
        """The place of a property."""
        return Place(f"{self.path}.{name}" if self.path else name, self.indent + INDENT)


def bodies(given: Any, labels: int, path: str) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """The labels and the body of each block that a property stands for; each level may be an object or a list of them.

    Raises:
        RenderError: something else stands where an object should be.
    """
    if isinstance(given, list):
        for each in given:
            yield from bodies(each, labels, path)
    elif given is None:
        return
    elif not isinstance(given, Mapping):
        raise RenderError(f"{path} is a block, so it must be an object or a list of objects, not {given!r}")
    elif labels:
        for label, inner in given.items():
            for rest, body in bodies(inner, labels - 1, f"{path}.{label}"):
                yield (label, *rest), body
    else:
        yield (), given


def block(name: str, labels: tuple[str, ...], body: Mapping[str, Any], kind: Kind, place: Place) -> list[str]:
    """The lines of one block, with its comment above it.

    Raises:
        RenderError: the body holds something that has no form in HCL.
    """
    header = " ".join([name, *map(quoted, labels), "{"])
    inside = _body(body, kind, place)
    lines = [header, *indented(inside), "}"] if inside else [f"{header}}}"]
    return [*comment(body.get(COMMENT), place.path), *lines]


def comment(given: Any, path: str) -> list[str]:
    """The lines of a `//` property that is text; the metadata that CDKTF keeps in objects is not shown.

    Raises:
        RenderError: the property is neither text, nor a list of texts, nor an object.
    """
    if given is None or isinstance(given, Mapping):
        return []
    texts = given if isinstance(given, list) else [given]
    if not all(isinstance(text, str) for text in texts):
        raise RenderError(f'{path}."//" must be text or an object, not {given!r}')
    return [f"# {line}".rstrip() for text in texts for line in text.splitlines()]


def _body(body: Mapping[str, Any], kind: Kind, place: Place) -> list[str]:
    rows: dict[str, Row] = {}
    nested: dict[str, list[list[str]]] = {}
    for name, given in _shown(body, kind):
        here = place.inside(name)
        if inner := kind.nested(name, given):
            nested[name] = list(_nested(name, given, inner, here))
        else:
            rows[name] = (name, _value(name, given, kind, here))
    return arranged(rows, nested, kind)


def _shown(body: Mapping[str, Any], kind: Kind) -> Iterator[tuple[str, Any]]:
    for name in sorted(body, key=kind.rank):
        if name != COMMENT and not (kind.omits_null and body[name] in _NULLS):
            yield name, body[name]


def _nested(name: str, given: Any, kind: Kind, place: Place) -> Iterator[list[str]]:
    for labels, body in bodies(given, kind.labels, place.path):
        yield block(name, labels, body, kind.labelled(labels[0]) if labels else kind, place)


def _value(name: str, given: Any, kind: Kind, place: Place) -> list[str]:
    if not is_attribute_name(name):
        raise RenderError(f"{place.path}: {name!r} is no name of an argument: use letters, digits, `_` and `-`")
    try:
        expression = kind.writers.get(name, kind.writer)(given)
    except HclError as error:
        raise RenderError(f"{place.path}: {given!r} is no expression: {error.message}") from error
    except RenderError as error:
        raise RenderError(f"{place.path}: {error}") from error
    return value(expression, place.indent + len(name) + len(" = "), place.indent)
