"""Reads HCL: the `*.tf` and `*.tf.json` files of one directory are one root module."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Stack
from plainwork_core.read import terraform_json
from plainwork_core.read.declarations import ParsedFile, syntax_error
from plainwork_core.read.modules import Module
from plainwork_core.read.options import Reading
from plainwork_core.read.root_module import root_stack
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.secrets import hidden_message

_SUFFIXES = (".tf", ".tofu", ".tf.json", ".tofu.json")


def read(path: Path, source: str | None = None, reading: Reading | None = None) -> Stack:
    """Read a directory as one root module, or a single `.tf` file as if it were alone in its directory.

    Args:
        path: a directory or a file.
        source: its name for the user; None for *path*.
        reading: shared by the root modules of a run.

    Raises:
        InputError: a file with a syntax error, or a directory without Terraform files.
    """
    reading = reading or Reading()
    if path.is_file():
        module = Module.of([_parse(path)], path.parent)
        return root_stack(module, source or str(path), "hcl", reading, is_whole=_is_alone(path))
    return root_stack(reading.files.at(path), source or str(path), "hcl", reading, is_whole=True)


def parsed_files(directory: Path) -> list[ParsedFile]:
    """Parse the files that Terraform or OpenTofu reads in *directory*.

    Raises:
        InputError: see `read`.
    """
    return [_parse(file) for file in _files(directory)]


def _is_alone(file: Path) -> bool:
    """Return whether *file* is the only one in its directory."""
    names = (entry.name for entry in file.parent.iterdir())
    return not any(name.endswith(_SUFFIXES) and name != file.name for name in names)


def _files(directory: Path) -> list[Path]:
    """Return the files that Terraform or OpenTofu reads in *directory*; both ignore hidden ones.

    OpenTofu reads `main.tofu` in place of `main.tf`; see https://developer.hashicorp.com/terraform/language/files and
    https://opentofu.org/docs/language/files/.
    """
    entries = sorted(entry for entry in directory.glob("[!.]*") if not entry.is_dir())
    names = {entry.name for entry in entries}
    files = [entry for entry in entries if entry.name.endswith(_SUFFIXES) and not _is_replaced(entry.name, names)]
    if irregular := [entry for entry in files if entry.exists() and not entry.is_file()]:
        raise InputError(f"{irregular[0]}: not a regular file")
    if not files:
        raise InputError(f"{directory}: no *.tf or *.tf.json found; pass the directory of a root module")
    return files


def _is_replaced(name: str, names: set[str]) -> bool:
    base = name.removesuffix(".json")
    return base.endswith(".tf") and f"{base.removesuffix('.tf')}.tofu{name.removeprefix(base)}" in names


def _parse(file: Path) -> ParsedFile:
    data = read_bytes(file)
    if file.name.endswith(".json"):
        return terraform_json.parse(data, str(file))
    text = decode(data, str(file))
    try:
        return ParsedFile(str(file), parse(text))
    except HclError as error:
        syntax_error(str(file), error.line, hidden_message(error.message, text, error.line))
