"""Reads HCL: the `*.tf` and `*.tf.json` files of one directory are one root module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Stack
from plainwork_core.read import terraform_json
from plainwork_core.read.configuration import stack
from plainwork_core.read.declarations import Declarations, ParsedFile, syntax_error
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.secrets import hidden_message

_SUFFIXES = (".tf", ".tofu", ".tf.json", ".tofu.json")

_SETS_VARIABLES = re.compile(r"(terraform|.*\.auto)\.tfvars(\.json)?")
"""Files from which Terraform always reads values of variables."""


def blocks(directory: Path) -> Iterator[str]:
    """Yield the addresses of the resources and data sources that the files of *directory* declare.

    Raises:
        InputError: see `read`.
    """
    for address, declared in Declarations.of([_parse(file) for file in _files(directory)]).blocks.items():
        if declared.block.type in ("resource", "data"):
            yield address


def read(path: Path, source: str | None = None, checked: Path | None = None, *, is_known: bool = True) -> Stack:
    """Read a directory as one root module, or a single `.tf` file as if it were alone in its directory.

    Args:
        path: a directory or a file.
        source: its name for the user; None for *path*.
        checked: the directory that contains all files that a function may read; None for that of *path*.
        is_known: whether the variables of a root module may have their defaults.

    Raises:
        InputError: a file with a syntax error, or a directory without Terraform files.
    """
    files = [path] if path.is_file() else _files(path)
    is_fixed = path.is_file() or not any(_SETS_VARIABLES.fullmatch(entry.name) for entry in path.iterdir())
    return stack(
        [_parse(file) for file in files],
        source or str(path),
        "hcl",
        follows_defaults=is_known and is_fixed,
        directory=_whole_directory(path),
        checked=checked,
    )


def _whole_directory(path: Path) -> Path | None:
    """Return the directory of *path* if *path* is the directory or the only file in it."""
    if not path.is_file():
        return path
    others = (entry for entry in path.parent.iterdir() if entry.name.endswith(_SUFFIXES) and entry.name != path.name)
    return None if any(others) else path.parent


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
