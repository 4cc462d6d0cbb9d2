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
_ABSENT = "."
"""The hash and the mode of a version that does not exist."""
_FILE = "100"
"""The start of the mode of a file; a symbolic link and a submodule have another one."""
_HASH_SHOWN = 10


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
    path, old, old_hash, old_mode, new, new_hash, new_mode, *renamed = arguments
    name = renamed[0] if renamed else path
    before, after = _content(old), _content(new)
    with ignore_closed_pipe():
        click.echo(f"diff --plainwork {clean(path)} {clean(name)}")
        if _ABSENT not in (old_mode, new_mode) and old_mode != new_mode:
            click.echo(f"old mode {clean(old_mode)}\nnew mode {clean(new_mode)}")
        click.echo(f"index {_hash(old_hash)}..{_hash(new_hash)}")
        sys.stdout.flush()
        if before == after:
            return
        if b"\0" in before + after:
            click.echo(f"Binary files {clean(path)} and {clean(name)} differ")
            return
        if all(mode == _ABSENT or mode.startswith(_FILE) for mode in (old_mode, new_mode)):
            _write(path, name, _text(before), _text(after))
        else:
            click.echo("\n".join(_lines(_text(before), _text(after))))


def _write(path: str, name: str, before: str, after: str) -> None:
    try:
        found = diff({".": _code(path, before)}, {".": _code(name, after)}, (path, name))
    except InputError as error:
        click.echo(f"{clean_lines(str(error))}; the lines differ:")
        click.echo("\n".join(_lines(before, after)))
        return
    if found.changes:
        as_text.write_file(found, sys.stdout)
    else:
        click.echo("Only comments, layout, order and spelling differ:")
        click.echo("\n".join(_lines(before, after)))


def _lines(before: str, after: str) -> Iterator[str]:
    lines = unified_diff(before.split("\n"), after.split("\n"), "before", "after", lineterm="")
    return ("\t".join(map(clean, line.split("\t"))) for line in lines)


def _code(name: str, text: str) -> Code:
    return Code(name, (SourceFile(name, text),) if text.strip() else ())


def _hash(name: str) -> str:
    return "0" * _HASH_SHOWN if name == _ABSENT else clean(name[:_HASH_SHOWN])


def _content(file: str) -> bytes:
    """Return the content of a version; none if it does not exist."""
    return b"" if file == _NONE else Path(file).read_bytes()


def _text(content: bytes) -> str:
    return content.decode(errors="replace").removeprefix("\N{BYTE ORDER MARK}")
