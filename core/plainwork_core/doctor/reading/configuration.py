"""The backend, the providers and `required_version` of a root module.

Only the files that have such a block are parsed, and no resource is evaluated: a root module with 20 MB of resources
takes as long as an empty one.
"""

from __future__ import annotations

import re
from pathlib import Path

from plainwork_core.hcl.syntax.nodes import Body
from plainwork_core.model.stack import Stack
from plainwork_core.read.declarations import ParsedFile
from plainwork_core.read.modules import Module
from plainwork_core.read.options import Reading
from plainwork_core.read.parsed_files import parsed_file, terraform_files
from plainwork_core.read.root_module import root_stack
from plainwork_core.read.text import read_bytes

_BLOCKS = ("terraform", "provider", "variable", "locals", "language")
_HEADER = re.compile(rb"^[ \t]*(?:" + "|".join(_BLOCKS).encode() + rb")\b", re.MULTILINE)


def read_configuration(path: Path) -> Stack:
    """Read the root module at *path*, a directory or one file, without its resources and module calls.

    Raises:
        InputError: a file that cannot be read or parsed, or a directory without Terraform files.
    """
    directory, files = (path, terraform_files(path)) if path.is_dir() else (path.parent, [path])
    parsed = [_settings(parsed_file(file)) for file in files if _may_have_settings(file)]
    return root_stack(Module.of(parsed, directory), str(path), "hcl", Reading(), is_whole=path.is_dir())


def _may_have_settings(file: Path) -> bool:
    """Return whether a file has one of the blocks; one in JSON or UTF-16 may."""
    if file.suffix == ".json":
        return True
    data = read_bytes(file)
    return b"\0" in data[:4] or bool(_HEADER.search(data))


def _settings(file: ParsedFile) -> ParsedFile:
    blocks = tuple(block for block in file.body.blocks if block.type in _BLOCKS)
    return ParsedFile(file.file, Body(file.body.attributes, blocks), file.is_marked)
