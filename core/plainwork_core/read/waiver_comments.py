"""Finds waivers beside the code: comments in HCL, and the metadata that `waive=` writes in CDKTF JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.observed import observe
from plainwork_core.read.text import decode
from plainwork_core.waivers import CHECKOV_MARK, MARK, Waiver, read_comment

if TYPE_CHECKING:
    from plainwork_core.hcl.syntax.parts import Token

_MARKS = (MARK.encode(), CHECKOV_MARK.encode())
_METADATA = ("plainwork", "waivers")
_PREFIX = {"resource": "", "data": "data."}


@frozen(slots=True)
class WaiverComment:
    """A waiver in a comment, and the code that it is about.

    Args:
        waiver: its terms. It has no address unless the comment has one.
        line: of the code: that of the comment, or the next one if the comment is alone on its line. For a comment in
            the form of Checkov, the first line of the block.
        block: the type of the block at *line*, such as `resource`; `""` outside of blocks.
    """

    waiver: Waiver
    line: int
    block: str


@frozen(slots=True)
class FoundWaivers:
    """What one file has: comments of HCL, waivers with an address in JSON, and comments of a wrong form."""

    comments: tuple[WaiverComment, ...] = ()
    addressed: tuple[Waiver, ...] = ()
    problems: tuple[str, ...] = ()


def waivers_of(file: str) -> FoundWaivers:
    """Return the waivers in *file*; none if it cannot be read, which its reader reports."""
    path = Path(file)
    observe(path)
    try:
        data = path.read_bytes()
        if path.name.endswith(".json"):
            return _of_json(data, file) if f'"{_METADATA[-1]}"'.encode() in data else FoundWaivers()
        return _of_hcl(decode(data, file), file) if any(mark in data for mark in _MARKS) else FoundWaivers()
    except OSError:
        return FoundWaivers()
    except InputError as error:
        return FoundWaivers(problems=(str(error),))


def _of_hcl(text: str, file: str) -> FoundWaivers:
    from plainwork_core.hcl.syntax.errors import HclError  # noqa: PLC0415  a plan does not need it
    from plainwork_core.hcl.syntax.lexer import lex_with_remarks  # noqa: PLC0415  as above

    try:
        tokens, remarks = lex_with_remarks(text)
    except HclError:
        return FoundWaivers()
    blocks = list(_blocks(tokens))
    code = sorted({line for kind, _, line in tokens if kind not in ("newline", "end")})
    comments: list[WaiverComment] = []
    problems: list[str] = []
    for line, remark in remarks:
        try:
            waiver = read_comment(remark, f"{file}:{line}")
        except InputError as error:
            problems.append(str(error))
            continue
        if waiver is not None:
            comments.append(_placed(waiver, line, code, blocks, in_block=MARK not in remark))
    return FoundWaivers(tuple(comments), problems=tuple(problems))


def _placed(
    waiver: Waiver, line: int, code: Sequence[int], blocks: Sequence[tuple[str, int, int]], *, in_block: bool
) -> WaiverComment:
    at = line if in_block else next((number for number in code if number >= line), 0)
    type_, start = next(((type_, first) for type_, first, last in blocks if first <= at <= last), ("", 0))
    return WaiverComment(waiver, start if in_block else at, type_)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Yield the type, the first and the last line of each block of a file."""
    depth, type_, first = 0, "", 0
    for kind, value, line in tokens:
        if depth == 0 and not type_ and kind == "name":
            type_, first = str(value), line
        depth += (kind == "{") - (kind == "}")
        if kind == "}" and depth == 0:
            yield type_, first, line
            type_ = ""


def _of_json(data: bytes, file: str) -> FoundWaivers:
    try:
        document = json.loads(data)
        return FoundWaivers(addressed=tuple(_addressed(document, file)))
    except (ValueError, TypeError, KeyError, AttributeError, InputError) as error:
        return FoundWaivers(problems=(f"{file}: invalid waiver: {error}; synthesize the app again",))


def _addressed(document: Mapping[str, Any], file: str) -> Iterator[Waiver]:
    """Yield the waivers in the metadata of the resources and data sources of *document*."""
    for mode, prefix in _PREFIX.items():
        for type_, blocks in document.get(mode, {}).items():
            for name, body in blocks.items() if isinstance(blocks, dict) else ():
                metadata = body.get("//") if isinstance(body, dict) else None
                for row in _look_up(metadata):
                    address = row.get("address") or f"{prefix}{type_}.{name}"
                    terms = {**row, "address": address, "expires": date.fromisoformat(row["expires"])}
                    yield Waiver(**terms, origin=f"{file}: {type_}.{name}: {row['policy']}")


def _look_up(metadata: Any) -> Sequence[dict[str, Any]]:
    for name in _METADATA:
        metadata = metadata.get(name) if isinstance(metadata, dict) else None
    return metadata if isinstance(metadata, list) else ()
