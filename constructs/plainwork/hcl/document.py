"""A whole document: blocks in order, and a comment over what each construct has made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.hcl.blocks import COMMENT, Place, block, bodies, comment
from plainwork.hcl.errors import RenderError
from plainwork.hcl.kinds import ByPath, BySchema, Kind
from plainwork.hcl.language import PLACED, PROVIDER, RESOURCE, TOP_LEVEL, WITHOUT_BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.schema import BlockSchema, Schema

_MODES = ("resource", "data")
_NO_CONSTRUCT = "# Directly in the stack"


def render(document: Mapping[str, Any], schema: Schema | None = None) -> str:
    """One document of Terraform's JSON syntax as HCL.

    Args:
        document: what `plainwork.synthesise` returns, or what stands in a `cdk.tf.json` or any `.tf.json`.
        schema: tells blocks from arguments; None for `plainwork.schema.load()`.

    Returns:
        Text that `terraform fmt` leaves as it is, and that means the same to Terraform. It ends with a new line.

    Raises:
        RenderError: something in the document has no form in HCL. Nothing is left out silently.
    """
    if unknown := [name for name in document if name not in TOP_LEVEL and name != COMMENT]:
        raise RenderError(f"{unknown[0]!r} is no block of a Terraform configuration; known are {', '.join(TOP_LEVEL)}")
    if schema is None:
        from plainwork.schema import load  # noqa: PLC0415  a caller with a schema of its own does not read ours

        schema = load()
    paragraphs = ["\n".join(lines) + "\n" for lines in _Writer(document, schema).paragraphs() if lines]
    return "\n".join(paragraphs)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A resource, data source or module, with what its metadata says."""

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
                    [placed for each in self._document if each in PLACED for placed in self._placed(each)]
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
            yield body, block(name, labels, body, self._kind(name, labels, body), Place(path))

    def _kind(self, name: str, labels: Sequence[str], body: Mapping[str, Any]) -> Kind:
        if name == "provider" and (schema := self._schema.block("provider", labels[0])):
            return BySchema(**PROVIDER, schema=schema)
        if name not in _MODES:
            return TOP_LEVEL[name]
        if schema := self._resource_schema(name, labels[0]):
            return BySchema(**RESOURCE, schema=schema)
        if labels[0] in WITHOUT_BLOCKS:
            return Kind(**RESOURCE)
        if "plainwork" not in (body.get(COMMENT) or {}):
            return TOP_LEVEL[name]
        return ByPath(**RESOURCE, paths=tuple(_metadata(body).get("blocks", ())))

    def _resource_schema(self, mode: str, type_: str) -> BlockSchema | None:
        return self._schema.block("data" if mode == "data" else "resource", type_)


def _sections(placed: Sequence[_Placed]) -> Iterator[list[str]]:
    """The blocks in creation order; all that one construct has made stands together, under its name."""
    firsts: dict[str, float] = {}
    for each in placed:
        firsts[each.construct] = min(each.position, firsts.get(each.construct, each.position))
    previous = ""
    for each in sorted(
        placed, key=lambda each: (firsts[each.construct] if each.construct else each.position, each.position)
    ):
        if each.construct != previous:
            yield [f"# {each.construct}" if each.construct else _NO_CONSTRUCT]
        yield each.lines
        previous = each.construct


def _metadata(body: Mapping[str, Any]) -> Mapping[str, Any]:
    given = body.get(COMMENT)
    return given.get("plainwork", {}) if isinstance(given, Mapping) else {}


def _construct(body: Mapping[str, Any]) -> str:
    """The construct that has made a block: by our metadata, or by the path that CDKTF keeps."""
    given = body.get(COMMENT)
    if not isinstance(given, Mapping):
        return ""
    if "plainwork" in given:
        return str(given["plainwork"].get("construct", ""))
    return "/".join(given.get("metadata", {}).get("path", "").split("/")[1:-1])
