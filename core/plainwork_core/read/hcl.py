"""Reads HCL: the `*.tf` and `*.tf.json` files of one directory are one root module."""

from __future__ import annotations

import re
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Stack
from plainwork_core.read import terraform_json
from plainwork_core.read.configuration import stack
from plainwork_core.read.declarations import ParsedFile, syntax_error
from plainwork_core.read.text import decode, read_bytes

_NOT_READ = {
    re.compile(r"(.*_)?override\.tf(\.json)?"): "override files are not supported",
    re.compile(r".*\.tofu(\.json)?"): "files of OpenTofu are not supported",
}

_SETS_VARIABLES = re.compile(r"(terraform|.*\.auto)\.tfvars(\.json)?")
"""Files from which Terraform always reads values of variables."""


def read(path: Path, source: str | None = None) -> Stack:
    """Read a directory as one root module, or a single `.tf` file as if it were alone in its directory.

    Args:
        path: a directory or a file.
        source: its name for the user; None for *path*.

    Raises:
        InputError: a file with a syntax error, a directory without Terraform files, or an override file.
    """
    files = [path] if path.is_file() else _files(path)
    follows_defaults = path.is_file() or not any(_SETS_VARIABLES.fullmatch(entry.name) for entry in path.iterdir())
    return stack([_parse(file) for file in files], source or str(path), "hcl", follows_defaults=follows_defaults)


def _files(directory: Path) -> list[Path]:
    """Return the files that Terraform reads in *directory*; it ignores hidden ones.

    See https://developer.hashicorp.com/terraform/language/files
    """
    entries = sorted(entry for entry in directory.glob("[!.]*") if not entry.is_dir())
    files = [entry for entry in entries if entry.name.endswith((".tf", ".tf.json"))]
    for entry in entries:
        for form, problem in _NOT_READ.items():
            if form.fullmatch(entry.name):
                raise InputError(f"{entry}: {problem}; check a plan")
    if irregular := [entry for entry in files if entry.exists() and not entry.is_file()]:
        raise InputError(f"{irregular[0]}: not a regular file")
    if not files:
        raise InputError(f"{directory}: no *.tf or *.tf.json found; pass the directory of a root module")
    return files


def _parse(file: Path) -> ParsedFile:
    data = read_bytes(file)
    if file.name.endswith(".tf.json"):
        return terraform_json.parse(data, str(file))
    try:
        return ParsedFile(str(file), parse(decode(data, str(file))))
    except HclError as error:
        syntax_error(str(file), error.line, error.message)
