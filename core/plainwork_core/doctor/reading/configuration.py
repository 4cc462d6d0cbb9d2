"""The backend, the providers and `required_version` of a root module.

Only the files that have such a block are parsed, and no resource is evaluated: a root module with 20 MB of resources
takes as long as an empty one.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.nodes import Body
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Stack
from plainwork_core.read.declarations import ParsedFile
from plainwork_core.read.modules import Module
from plainwork_core.read.options import Reading
from plainwork_core.read.parsed_files import parsed_file, terraform_files
from plainwork_core.read.root_module import root_stack
from plainwork_core.read.text import read_bytes

_BLOCKS = ("terraform", "provider", "variable", "locals", "language")
_HEADER = re.compile(rb"^[ \t]*(?:" + "|".join(_BLOCKS).encode() + rb")\b", re.MULTILINE)


_TEXT_HEADER = re.compile(rf"^[ \t]*(?:{'|'.join(_BLOCKS)})\b.*", re.MULTILINE)
_CLOSING = re.compile(r"^\}[ \t\r]*\n", re.MULTILINE)
_LARGE = 1 << 16
_COMPLICATED = ("<<", "/*")
"""What may have a line in it that looks like the beginning or the end of a block."""


def read_configuration(path: Path) -> Stack:
    """Read the root module at *path*, a directory or one file, without its resources and module calls.

    Raises:
        InputError: a file that cannot be read or parsed, or a directory without Terraform files.
    """
    directory, files = (path, terraform_files(path)) if path.is_dir() else (path.parent, [path])
    parsed = [_settings(found) for file in files if (found := _parsed(file)) is not None]
    return root_stack(Module.of(parsed, directory), str(path), "hcl", Reading(), is_whole=path.is_dir())


def _parsed(file: Path) -> ParsedFile | None:
    """Parse *file*; return None if it has none of the blocks. One in JSON or UTF-16 may have them."""
    if file.suffix == ".json":
        return parsed_file(file)
    data = read_bytes(file)
    if b"\0" in data[:4]:
        return parsed_file(file)
    if not _HEADER.search(data):
        return None
    with suppress(HclError, UnicodeDecodeError):
        if len(data) > _LARGE and (text := _blocks_of(data.decode())):
            return ParsedFile(str(file), parse(text))
    return parsed_file(file)


def _blocks_of(text: str) -> str:
    """Return the blocks of a formatted file with empty lines in place of the others; "" if it is not formatted.

    A formatted block begins in the first column, and `}` in the first column ends it.
    """
    if any(mark in text for mark in _COMPLICATED):
        return ""
    kept, end = [], 0
    for header in _TEXT_HEADER.finditer(text):
        start = header.start()
        if start < end:
            continue
        closing = _CLOSING.search(text, start)
        if text[start].isspace() or not header[0].rstrip().endswith("{") or closing is None:
            return ""
        kept += ["\n" * text.count("\n", end, start), text[start : closing.end()]]
        end = closing.end()
    return "".join(kept)


def _settings(file: ParsedFile) -> ParsedFile:
    blocks = tuple(block for block in file.body.blocks if block.type in _BLOCKS)
    return ParsedFile(file.file, Body(file.body.attributes, blocks), file.is_marked)
