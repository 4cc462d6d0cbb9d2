"""The files that an ejection writes, and their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from plainwork_core.eject.result import Ejection
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.hcl.write.document import render
from plainwork_core.python_source import python_source


@frozen()
class Written:
    """A file, its text before (`None` if it is new) and after (`None` if it is removed)."""

    file: Path
    before: str | None
    after: str | None


def hcl_files(ejection: Ejection, directory: Path, output: Path | None) -> list[Written]:
    """Return the files of *ejection* as HCL.

    Args:
        ejection: what is written.
        directory: of the root module.
        output: the file of all resources; `None` for one for each call.

    Raises:
        InputError: a file that would be written exists.
    """
    schema = ejection.schema
    edited = dict(ejection.edits)
    texts: dict[Path, list[str]] = {}
    for name, document in ejection.documents.items():
        target = output or _free(directory, name, edited)
        head = "".join(f"# {line}\n" for line in ejection.comments.get(name, ()))
        texts.setdefault(target, []).append(f"{head}\n" * bool(head) + render(document, schema))
    for target, parts in texts.items():
        if target.exists() and edited.get(target, "x").strip():
            raise InputError(f"{target}: exists; pass another file with --output")
        edited[target] = "\n".join(part for part in parts if part)
    written = [_written(path, text) for path, text in edited.items()]
    return [one for one in written if one.before != one.after]


def python_files(ejection: Ejection, output: Path | None) -> list[Written]:
    """Return a file in Python for each call of *ejection*, or *output* for its only one.

    Raises:
        InputError: a file that would be written exists, or *output* is given for several calls.
    """
    if output is not None and len(ejection.documents) > 1:
        raise InputError("--output with --format python is for one module; omit it, or pass one --module")
    written = []
    for name, document in ejection.documents.items():
        target = output or Path(f"{name}.py")
        if target.exists():
            raise InputError(f"{target}: exists; pass another file with --output")
        written.append(Written(target, None, python_source(document, name)))
    return written


def _free(directory: Path, name: str, edited: Mapping[Path, str]) -> Path:
    """Return the file for the resources of the call *name*: a new one, or one that is empty without the call."""
    first = directory / f"{name}.tf"
    return directory / f"{name}_resources.tf" if first.exists() and edited.get(first, "x").strip() else first


def _written(path: Path, text: str) -> Written:
    """Return *path* with *text*, in the line ends that the file has.

    Raises:
        InputError: the file is not UTF-8.
    """
    try:
        before = path.read_bytes().decode() if path.exists() else None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; convert the file") from None
    after = text.replace("\n", "\r\n") if before and "\r\n" in before else text
    return Written(path, before, after if text.strip() else None)


def difference(written: list[Written], copies: Mapping[Path, Path]) -> Iterator[str]:
    """Yield the lines of a diff."""
    for one in written:
        before, after = (one.before or "").splitlines(), (one.after or "").splitlines()
        old, new = (str(one.file) if text is not None else "/dev/null" for text in (one.before, one.after))
        yield from unified_diff(before, after, old, new, lineterm="")
    for target, source in copies.items():
        yield f"{target} is a copy of {source}"
