"""A whole document: blocks in order, and a comment above the blocks of each construct."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plainwork_core.errors import did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.write.blocks import COMMENT, Position, block, bodies, comment
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.kinds import ByPath, BySchema, ByType, ByValue, Kind
from plainwork_core.hcl.write.language import PLACED, TOP_LEVEL, WITHOUT_BLOCKS, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.schema import Mode, Schema

_MODES: dict[str, Mode] = {"provider": "provider", "resource": "resource", "data": "data", "ephemeral": "ephemeral"}
_FIELDS = {name: fields(name, LANGUAGE[name]) for name in _MODES}
_OF_OPENTOFU = {"plainwork": {"target": "opentofu"}}
_NO_CONSTRUCT = "Directly in the stack"


def render(document: Mapping[str, Any], schema: Schema | None = None) -> str:
    """Return one document of Terraform's JSON syntax as HCL.

    Args:
        document: the result of `plainwork.synthesize`, or the content of a `cdk.tf.json` or any `.tf.json`.
        schema: tells blocks from arguments; None for that of the provider version that the document requires.

    Returns:
        Text that `terraform fmt` does not change, and from which Terraform makes the same plan. It ends with a new
        line.

    Raises:
        RenderError: something in the document has no form in HCL. Nothing is omitted silently.
    """
    if unknown := [name for name in document if name not in TOP_LEVEL and name != COMMENT]:
        raise RenderError(f"unknown block type `{unknown[0]}`{did_you_mean(unknown[0], TOP_LEVEL)}")
    if schema is None:
        from plainwork_core.schema.versions import choice_of  # noqa: PLC0415  with a schema of its own, ours is not read

        schema = choice_of(document).schema()
    paragraphs = ["\n".join(lines) + "\n" for lines in _Writer(document, schema).paragraphs() if lines]
    return "\n".join(paragraphs)


@frozen(slots=True)
class _Placed:
    """A resource, data source, action or module, with its metadata."""

    lines: list[str]
    construct: str
    position: float


class _Writer:
    def __init__(self, document: Mapping[str, Any], schema: Schema) -> None:
        self._document = document
        self._schema = schema

    def paragraphs(self) -> Iterator[list[str]]:
        yield comment(self._document.get(COMMENT), "the document")
        for name in TOP_LEVEL:
            if name == PLACED[0]:
                yield from _sections(
                    [placed for name in self._document if name in PLACED for placed in self._placed(name)]
                )
            elif name not in PLACED:
                yield from (lines for _, lines in self._blocks(name))

    def _placed(self, name: str) -> Iterator[_Placed]:
        for body, lines in self._blocks(name):
            yield _Placed(lines, _construct(body), _metadata(body).get("position", math.inf))

    def _blocks(self, name: str) -> Iterator[tuple[Mapping[str, Any], list[str]]]:
        labels_of = TOP_LEVEL[name].labels
        for labels, body in bodies(self._document.get(name), labels_of, name):
            path = ".".join((name, *labels))
            yield body, block(name, labels, body, self._kind(name, labels, body), Position(path))

    def _kind(self, name: str, labels: Sequence[str], body: Mapping[str, Any]) -> Kind:
        top_level = TOP_LEVEL[name]
        if name not in _MODES:
            own = self._nested_kinds(name, labels, body)
            return replace(top_level, blocks={**top_level.blocks, **own}) if own else top_level
        common = _FIELDS[name]
        if schema := self._schema.block(_MODES[name], labels[0]):
            return BySchema(**common, schema=schema)
        if labels[0] in WITHOUT_BLOCKS:
            return Kind(**common)
        if metadata := _metadata(body):
            return ByPath(**common, paths=tuple(metadata.get("blocks", ())))
        return top_level

    def _nested_kinds(self, name: str, labels: Sequence[str], body: Mapping[str, Any]) -> dict[str, Kind]:
        """Return the kinds of the nested blocks that depend on a schema, or on the content."""
        if name == "check":
            return {"data": ByType(labels=2, of=lambda type_: self._kind("data", (type_,), {}))}
        if name == "action" and (schema := self._schema.block("action", labels[0])):
            return {"config": BySchema(schema=schema)}
        if name == "action" and (metadata := _metadata(body)):
            paths = (path.removeprefix("config.") for path in metadata.get("blocks", ()))
            return {"config": ByPath(paths=tuple(paths))}
        return {"backend": ByValue(labels=1)} if name == "terraform" and _is_for_opentofu(body) else {}


def _is_for_opentofu(terraform: Mapping[str, Any]) -> bool:
    """Return whether the strings of a backend are templates, as in a stack for OpenTofu."""
    return any(
        body.get(COMMENT) == _OF_OPENTOFU for _, body in bodies(terraform.get("backend"), 1, "terraform.backend")
    )


def _sections(placed: Sequence[_Placed]) -> Iterator[list[str]]:
    """Yield the blocks in creation order; those of one construct are together, under its name."""
    firsts: dict[str, float] = {}
    for entry in placed:
        firsts[entry.construct] = min(entry.position, firsts.get(entry.construct, entry.position))
    previous = ""
    for entry in sorted(
        placed, key=lambda entry: (firsts[entry.construct] if entry.construct else entry.position, entry.position)
    ):
        if entry.construct != previous:
            yield comment(entry.construct or _NO_CONSTRUCT, "construct")
        yield entry.lines
        previous = entry.construct


def _metadata(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return _object(body.get(COMMENT), "plainwork")


def _construct(body: Mapping[str, Any]) -> str:
    """Return the construct of a entry: by our metadata, or by the path in CDKTF's."""
    if metadata := _metadata(body):
        return str(metadata.get("construct", ""))
    return "/".join(str(_object(body.get(COMMENT), "metadata").get("path", "")).split("/")[1:-1])


def _object(given: Any, name: str) -> Mapping[str, Any]:
    """Return the object *name* in a comment; an empty one where the comment is text."""
    inner = given.get(name) if isinstance(given, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}
