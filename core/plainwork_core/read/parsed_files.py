"""The syntax of files: which files Terraform and OpenTofu read in a directory, and their parsed content."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.hcl.read.json_syntax import JsonSyntax
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse
from plainwork_core.observed import observe
from plainwork_core.read.declarations import ParsedFile, syntax_error
from plainwork_core.read.json_lines import load
from plainwork_core.read.opentofu import is_marked
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.recursion import deep_recursion
from plainwork_core.secrets import hidden_message

SUFFIXES = (".tf", ".tofu", ".tf.json", ".tofu.json")


def parsed_files(directory: Path) -> list[ParsedFile]:
    """Parse the files that Terraform or OpenTofu reads in *directory*.

    Raises:
        InputError: a file with a syntax error, or a directory without Terraform files.
    """
    return [parsed_file(file) for file in terraform_files(directory)]


def parsed_file(file: Path) -> ParsedFile:
    """Parse *file*, in HCL or in Terraform's JSON syntax.

    Raises:
        InputError: a syntax error.
    """
    data = read_bytes(file)
    if file.name.endswith(".json"):
        return parsed_json(data, str(file))
    return parsed_hcl(decode(data, str(file)), str(file))


def parsed_hcl(text: str, file: str) -> ParsedFile:
    """Parse the text of one file in HCL.

    Raises:
        InputError: a syntax error.
    """
    try:
        return ParsedFile(file, parse(text))
    except HclError as error:
        syntax_error(file, error.line, hidden_message(error.message, text, error.line))


def parsed_json(data: bytes, file: str) -> ParsedFile:
    """Parse the bytes of one file of Terraform's JSON syntax.

    Raises:
        InputError: invalid JSON, a duplicate key, or a shape that Terraform rejects.
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


def terraform_files(directory: Path) -> list[Path]:
    """Return the files that Terraform or OpenTofu reads in *directory*; both ignore hidden ones.

    OpenTofu reads `main.tofu` in place of `main.tf`; see https://developer.hashicorp.com/terraform/language/files and
    https://opentofu.org/docs/language/files/.

    Raises:
        InputError: there is none, or one is not a regular file.
    """
    observe(directory)
    entries = sorted(entry for entry in directory.glob("[!.]*") if not entry.is_dir())
    names = {entry.name for entry in entries}
    files = [entry for entry in entries if entry.name.endswith(SUFFIXES) and not _is_replaced(entry.name, names)]
    if irregular := [entry for entry in files if entry.exists() and not entry.is_file()]:
        raise InputError(f"{irregular[0]}: not a regular file")
    if not files:
        raise InputError(f"{directory}: no *.tf or *.tf.json found; pass the directory of a root module")
    return files


def _is_replaced(name: str, names: set[str]) -> bool:
    base = name.removesuffix(".json")
    return base.endswith(".tf") and f"{base.removesuffix('.tf')}.tofu{name.removeprefix(base)}" in names
