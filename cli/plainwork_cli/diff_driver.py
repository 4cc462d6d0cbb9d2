"""Git's diff driver: `git diff` calls it for each file with the attribute `diff=plainwork`.

See https://git-scm.com/docs/gitattributes#_defining_an_external_diff_driver and
https://git-scm.com/docs/git#Documentation/git.txt-codeGITEXTERNALDIFFcode for the arguments.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import click

from plainwork_cli.command import ignore_closed_pipe
from plainwork_core.code_diff import as_text
from plainwork_core.code_diff.code import Code, SourceFile
from plainwork_core.code_diff.compare import diff
from plainwork_core.errors import InputError
from plainwork_core.text import clean, clean_lines

_CHANGED = 7
"""The arguments for a file: its path, and file, hash and mode of both versions."""
_NONE = os.devnull


def write_driver(arguments: Sequence[str]) -> None:
    """Write the difference of one file to standard output; as lines if a version is not a configuration.

    Args:
        arguments: those of a diff driver: seven, eight or nine for a changed file, one for an unmerged file.

    Raises:
        InputError: they are not those of a diff driver.
    """
    if len(arguments) == 1:
        click.echo(f"* Unmerged path {clean(arguments[0])}")
        return
    if len(arguments) < _CHANGED:
        raise InputError("--git takes the arguments that Git passes to a diff driver; docs/diff.md shows its settings")
    path, old, old_hash, _, new, new_hash, _, *renamed = arguments
    name = renamed[0] if renamed else path
    before, after = _text(old), _text(new)
    with ignore_closed_pipe():
        click.echo(f"diff --plainwork {clean(path)} {clean(name)}\nindex {old_hash[:10]}..{new_hash[:10]}")
        sys.stdout.flush()
        _write(path, name, before, after)


def _write(path: str, name: str, before: str, after: str) -> None:
    try:
        found = diff({".": _code(path, before)}, {".": _code(name, after)}, (path, name))
    except InputError as error:
        click.echo(f"{clean_lines(str(error))}; the lines differ:")
        click.echo("\n".join(_lines(before, after)))
        return
    as_text.write(found, sys.stdout)
    if not found.changes:
        click.echo("\n".join(_lines(before, after)))


def _lines(before: str, after: str) -> Iterator[str]:
    return unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="")


def _code(name: str, text: str) -> Code:
    return Code(name, (SourceFile(name, text),) if text.strip() else ())


def _text(file: str) -> str:
    """Return the content of a version; `""` if there is none."""
    return "" if file == _NONE else Path(file).read_text(encoding="utf-8", errors="replace")
