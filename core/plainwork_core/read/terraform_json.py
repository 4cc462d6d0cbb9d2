"""Reads Terraform's JSON syntax, which `cdktf synth` writes: one `cdk.tf.json` is one stack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plainwork_core import python_lines
from plainwork_core.hcl.read.json_syntax import JsonSyntax
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.model.stack import Stack
from plainwork_core.output_directory import DOCUMENT
from plainwork_core.read.declarations import ParsedFile, syntax_error
from plainwork_core.read.json_lines import load
from plainwork_core.read.modules import Module
from plainwork_core.read.opentofu import is_marked
from plainwork_core.read.options import Reading
from plainwork_core.read.root_module import root_stack
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.recursion import deep_recursion
from plainwork_core.secrets import hidden_message


def read(file: Path, source: str | None = None, reading: Reading | None = None) -> Stack:
    """Read *file* as one root module.

    Args:
        file: JSON in Terraform's syntax.
        source: its name for the user; None for *file*.
        reading: shared by the root modules of a run.

    Raises:
        InputError: invalid JSON, a duplicate key, or a shape that Terraform rejects.
    """
    name = source or str(file)
    module = Module.of([parse(read_bytes(file), name)], file.parent)
    found = root_stack(module, name, "cdktf", reading or Reading(), is_whole=file.name == DOCUMENT)
    return replace(found, python_lines=python_lines.read(file))


def parse(data: bytes, file: str) -> ParsedFile:
    """Parse the bytes of one file of Terraform's JSON syntax.

    Raises:
        InputError: see `read`.
    """
    text = decode(data, file)
    document, lines = load(text, file)
    try:
        with deep_recursion():
            return ParsedFile(file, JsonSyntax(document, lines).body(), is_marked(document))
    except HclError as error:
        syntax_error(file, error.line, hidden_message(error.message, text, error.line))
    except RecursionError:
        syntax_error(file, 1, "nested too deeply to be read")
