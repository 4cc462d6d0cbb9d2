"""Reads HCL: the `*.tf` and `*.tf.json` files of one folder are one root module."""

from __future__ import annotations

import re
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.model.stack import Stack
from plainwork_core.read import terraform_json
from plainwork_core.read.configuration import stack
from plainwork_core.read.declarations import Source, refuse
from plainwork_core.read.text import decode, read_bytes

_NOT_READ = {
    re.compile(r"(.*_)?override\.tf(\.json)?"): "changes what other files declare",
    re.compile(r".*\.tofu(\.json)?"): "is OpenTofu's alone",
}

_SETS_VARIABLES = re.compile(r"(terraform|.*\.auto)\.tfvars(\.json)?")
"""Files that Terraform takes values of variables from without being told to."""


def read(path: Path, source: str | None = None) -> Stack:
    """Read a folder as one root module, or a single `.tf` file as if it were alone in its folder.

    Args:
        path: a folder or a file.
        source: how the user named it, if not by *path*.

    Raises:
        InputError: a file that does not parse, a folder without files of Terraform, or override files.
    """
    files = [path] if path.is_file() else _files(path)
    follows_defaults = path.is_file() or not any(_SETS_VARIABLES.fullmatch(entry.name) for entry in path.iterdir())
    return stack([_parse(file) for file in files], source or str(path), "hcl", follows_defaults=follows_defaults)


def _files(folder: Path) -> list[Path]:
    """Return the files that Terraform reads in *folder*; it passes over hidden ones.

    See https://developer.hashicorp.com/terraform/language/files
    """
    entries = sorted(entry for entry in folder.glob("[!.]*") if not entry.is_dir())
    files = [entry for entry in entries if entry.name.endswith((".tf", ".tf.json"))]
    for entry in entries:
        for form, problem in _NOT_READ.items():
            if form.fullmatch(entry.name):
                raise InputError(f"{entry}: {problem}, and such files are not read; judge the plan instead")
    if not files:
        raise InputError(f"{folder}: has no *.tf or *.tf.json file; name the folder of a root module")
    return files


def _parse(file: Path) -> Source:
    data = read_bytes(file)
    if file.name.endswith(".tf.json"):
        return terraform_json.parse(data, str(file))
    try:
        return Source(str(file), parse(decode(data, str(file))))
    except HclError as error:
        refuse(str(file), error.line, error.message)
