"""Detects the kind of each input by its content. An input of no known kind is an error; none is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.hcl.language import TOP_LEVEL
from plainwork_core.model.stack import Note, Stack
from plainwork_core.output_directory import MANIFEST
from plainwork_core.read import json_text
from plainwork_core.read.options import Reading
from plainwork_core.read.other_files import has_stacks, with_notes
from plainwork_core.read.synthesized import stacks_of_manifest
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.repository import is_source_directory

_PLAN = "`terraform plan -out plan.bin` and `terraform show -json plan.bin > plan.json`"
_READ_AS_DIRECTORY = (".tf", ".tofu", ".tofu.json", "override.tf.json")


class NotAPlanError(InputError):
    """A file that may be a plan by its name or its content, and is an empty file or a state."""


@frozen()
class Input:
    """One root module.

    Attributes:
        source: its name for the user.
        read: reads it, and raises `InputError` where it is invalid.
        is_optional: whether the user passed a directory around it, so that a file that is no plan can be skipped.
    """

    source: str
    read: Callable[[], Stack]
    is_optional: bool = False


def find(
    path: Path, is_excluded: Callable[[Path], bool] = lambda _: False, reading: Reading | None = None
) -> list[Input]:
    """Find the root modules at *path*: a plan, Terraform's JSON or HCL, CDKTF's output, or a directory of these.

    The manifest of CDKTF adds the stacks that it lists and hides nothing: Terraform reads each file of a directory.
    Every directory with Terraform files is one root module, local modules included: `Stack.directories` names those
    that are evaluated with their callers. Hidden directories and `node_modules` are skipped, and so is a link to a
    directory outside of *path*, with a note. A plan in a directory is a file that ends in `.json`.

    Args:
        path: a file or a directory.
        is_excluded: whether a file or a directory below *path* is not read.
        reading: shared by the root modules of a run.

    Raises:
        InputError: the path does not exist, contains no input, or cannot be read.
    """
    try:
        return _found(path, is_excluded, reading or Reading())
    except OSError as error:
        raise InputError(f"{error.filename or path}: cannot be read: {error.strerror}") from error


def _found(path: Path, is_excluded: Callable[[Path], bool], reading: Reading) -> list[Input]:
    if path.is_dir():
        outside: list[Path] = []
        found = list(_in_directory(path, is_excluded, reading, outside))
        if found:
            return [*_with_notes(found[:1], [_note(link, path) for link in outside]), *found[1:]]
        number = len(list(_in_directory(path, lambda _: False, reading, [])))
        excluded = f"; `exclude` in the settings omits {number}" if number else ""
        stacks = "; files of Terraform Stacks are not checked" if has_stacks(path) else ""
        raise InputError(f"{path}: no *.tf, *.tf.json, CDKTF output or plan JSON found{excluded}{stacks}")
    if not path.exists():
        raise InputError(f"{path}: does not exist")
    return [Input(str(path), partial(_read_file, path, reading))]


def _in_directory(
    root: Path, is_excluded: Callable[[Path], bool], reading: Reading, outside: list[Path]
) -> Iterator[Input]:
    """Yield the inputs of *root* and of those below it, each directory once: links may form a circle.

    A link to a directory outside of *root* is added to *outside*.
    """
    seen: set[tuple[int, int]] = set()
    left = [root]
    while left:
        directory = left.pop()
        if (identity := _identity(directory)) in seen:
            continue
        seen.add(identity)
        manifest = directory / MANIFEST
        for stack in stacks_of_manifest(manifest) if manifest.is_file() else ():
            if stack.file.is_file():
                seen.add(_identity(stack.file.parent))
            if not is_excluded(stack.file.parent):
                yield from _synthesized(stack.file, reading)
        files = [file for file in _files(directory) if not is_excluded(file)]
        yield from root_module(directory, [file.name for file in files], replace(reading, checked=root))
        yield from _plans(files, reading)
        below = sorted(entry for entry in directory.iterdir() if _is_searched(entry) and not is_excluded(entry))
        outside += (entry for entry in below if _leads_outside(entry, root))
        left += (entry for entry in reversed(below) if not _leads_outside(entry, root))


def _identity(directory: Path) -> tuple[int, int]:
    found = directory.stat()
    return found.st_dev, found.st_ino


def _leads_outside(entry: Path, root: Path) -> bool:
    return entry.is_symlink() and not entry.resolve().is_relative_to(root.resolve())


def _note(link: Path, root: Path) -> Note:
    text = f"`{link}` is a link to a directory outside of `{root}`, which is not checked; pass it as a path"
    return Note(text, is_incomplete=True)


def _with_notes(found: list[Input], notes: list[Note]) -> list[Input]:
    return [replace(one, read=partial(_noted, one.read, tuple(notes))) for one in found] if notes else found


def _noted(read: Callable[[], Stack], notes: tuple[Note, ...]) -> Stack:
    stack = read()
    return replace(stack, notes=(*stack.notes, *notes))


def _is_searched(entry: Path) -> bool:
    return entry.is_dir() and is_source_directory(entry.name)


def _synthesized(file: Path, reading: Reading) -> Iterator[Input]:
    """Yield the root module of a stack: its document, and what else Terraform reads in its directory."""
    if not file.is_file():
        yield Input(str(file), partial(_missing, file))
    else:
        files = _files(file.parent)
        yield from root_module(file.parent, [entry.name for entry in files], reading)
        yield from _plans(files, reading)


def root_module(directory: Path, names: Iterable[str], reading: Reading) -> Iterator[Input]:
    """Yield the root module of the files *names* in *directory*, if they are one."""
    names = [name for name in names if not name.startswith(".")]
    json = [name for name in names if name.endswith(".tf.json")]
    if any(name.endswith(_READ_AS_DIRECTORY) for name in names) or len(json) > 1:
        yield Input(str(directory), partial(_hcl, directory, reading))
    elif json:
        yield Input(str(directory / json[0]), partial(_cdktf, directory / json[0], reading))


def _files(directory: Path) -> list[Path]:
    return sorted(entry for entry in directory.iterdir() if not entry.is_dir()) if directory.is_dir() else []


def _plans(files: Iterable[Path], reading: Reading) -> Iterator[Input]:
    return (
        Input(str(file), partial(_read_file, file, reading), is_optional=True) for file in files if _may_be_plan(file)
    )


def _may_be_plan(file: Path) -> bool:
    """Return whether a file is the JSON of a plan, complete or truncated, in any encoding and order of keys."""
    if file.suffix.lower() != ".json" or file.name.endswith(".tf.json"):
        return False
    if file.exists() and not file.is_file():
        return False  # a pipe or a device
    data = file.read_bytes().replace(b"\0", b"")
    if not data.strip():
        return "plan" in file.name.lower()  # a failed `terraform show -json > plan.json` leaves an empty file
    return (b'"format_version"' in data and b'"terraform_version"' in data) or b'"planned_values"' in data


def _read_file(file: Path, reading: Reading) -> Stack:
    source = str(file)
    text = decode(read_bytes(file), source)
    if not text.strip():
        raise NotAPlanError(f"{source}: empty file")
    if text.lstrip().startswith(("{", "[")):
        return _read_json(_json(text, file), file, reading)
    if file.suffix in (".tf", ".tofu"):
        return _hcl(file, reading)
    raise InputError(
        f"{source}: not JSON and not a .tf file; pass the JSON of a plan, CDKTF output or a directory of HCL"
    )


def _json(text: str, file: Path) -> Any:
    if text.startswith('{"@level"'):
        raise InputError(f"{file}: the log of `terraform plan -json`, not a plan; create a plan with {_PLAN}")
    options = {"object_pairs_hook": json_text.unique_members} if '"planned_values"' in text else {}
    return json_text.parse(text, str(file), **options)


def _read_json(document: Any, file: Path, reading: Reading) -> Stack:
    from plainwork_core.read import plan  # noqa: PLC0415  a directory of HCL does not need it

    if not isinstance(document, Mapping):
        raise InputError(f"{file}: a JSON list, not a Terraform plan")
    if "planned_values" in document:
        return plan.read(document, str(file))
    if "lineage" in document or ("values" in document and "terraform_version" in document):
        raise NotAPlanError(f"{file}: a state describes what is deployed, not what will be; create a plan with {_PLAN}")
    if document and TOP_LEVEL.issuperset(document):
        return _cdktf(file, reading)
    raise InputError(f"{file}: not a Terraform plan (no `planned_values`) and not a Terraform configuration")


def _hcl(path: Path, reading: Reading) -> Stack:
    from plainwork_core.read import hcl  # noqa: PLC0415  its parser is slow to import

    stack = hcl.read(path, str(path), reading)
    return with_notes(stack, path) if path.is_dir() else stack


def _missing(file: Path) -> Stack:
    raise InputError(f"{file}: listed in {MANIFEST}, but does not exist; synthesize the app again")


def _cdktf(file: Path, reading: Reading) -> Stack:
    from plainwork_core.read import terraform_json  # noqa: PLC0415  a plan does not need it

    return terraform_json.read(file, str(file), reading)
