"""From the properties of Terraform's JSON syntax to blocks: comment, header, arguments and nested blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.layout import INDENT, indented, value
from plainwork_core.hcl.write.literals import is_attribute_name, quoted
from plainwork_core.hcl.write.paragraphs import arranged
from plainwork_core.hcl.write.waivers import waiver_comments
from plainwork_core.secrets import hidden_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork_core.hcl.write.kinds import Kind
    from plainwork_core.hcl.write.layout import Row

COMMENT = "//"
_NULLS = (None, "${null}")


@frozen(slots=True)
class Position:
    """A path in the document, and its indentation."""

    path: str
    indent: int = 0

    def inside(self, name: str) -> Position:
        """Return the position of a property."""
        return Position(f"{self.path}.{name}" if self.path else name, self.indent + INDENT)


def bodies(given: Any, labels: int, path: str) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield the labels and the body of each block of a property; each level is an object or a list of objects.

    Raises:
        RenderError: a level is neither.
    """
    if isinstance(given, list):
        for member in given:
            yield from bodies(member, labels, path)
    elif given is None:
        return
    elif not isinstance(given, Mapping):
        raise RenderError(f"{path} is {given!r}; a block must be an object or a list of objects")
    elif labels:
        for label, inner in given.items():
            for rest, body in bodies(inner, labels - 1, f"{path}.{label}"):
                yield (label, *rest), body
    else:
        yield (), given


def block(name: str, labels: tuple[str, ...], body: Mapping[str, Any], kind: Kind, position: Position) -> list[str]:
    """Return the lines of one block, with its comment above it.

    Raises:
        RenderError: something in the body has no form in HCL.
    """
    header = " ".join([name, *map(quoted, labels), "{"])
    above, within = waiver_comments(body)
    inside = [*within, *_body(body, kind, position)]
    lines = [header, *indented(inside), "}"] if inside else [f"{header}}}"]
    return [*comment(body.get(COMMENT), position.path), *above, *lines]


def comment(given: Any, path: str) -> list[str]:
    """Return the lines of a `//` property that is text. CDKTF's metadata, which is an object, has no lines.

    Raises:
        RenderError: the property is not text, a list of texts or an object.
    """
    if given is None or isinstance(given, Mapping):
        return []
    texts = given if isinstance(given, list) else [given]
    if not all(isinstance(text, str) for text in texts):
        raise RenderError(f'{path}."//" is {given!r}; a comment must be text or an object')
    return [f"# {line}".rstrip() for text in texts for line in text.splitlines()]


def _body(body: Mapping[str, Any], kind: Kind, position: Position) -> list[str]:
    rows: dict[str, Row] = {}
    nested: dict[str, list[list[str]]] = {}
    for name, given in _shown(body, kind):
        here = position.inside(name)
        if inner := kind.nested(name, given):
            nested[name] = list(_nested(name, given, inner, here))
        else:
            rows[name] = (name, _value(name, given, kind, here))
    return arranged(rows, nested, kind)


def _shown(body: Mapping[str, Any], kind: Kind) -> Iterator[tuple[str, Any]]:
    for name in sorted(body, key=kind.rank):
        if name != COMMENT and not (kind.omits_null and body[name] in _NULLS):
            yield name, body[name]


def _nested(name: str, given: Any, kind: Kind, position: Position) -> Iterator[list[str]]:
    for labels, body in bodies(given, kind.labels, position.path):
        yield block(name, labels, body, kind.labelled(labels[0]) if labels else kind, position)


def _value(name: str, given: Any, kind: Kind, position: Position) -> list[str]:
    if not is_attribute_name(name):
        raise RenderError(f"{position.path}: invalid name of an argument {name!r}; use letters, digits, `_` and `-`")
    try:
        expression = kind.writers.get(name, kind.writer)(given)
    except HclError as error:
        problem = f"{position.path}: {given!r} is not a valid expression: {error.message}"
        raise RenderError(hidden_message(problem, f'{name} = ""', 1)) from error
    except RenderError as error:
        raise RenderError(f"{position.path}: {error}") from error
    return value(expression, position.indent + len(name) + len(" = "), position.indent)
