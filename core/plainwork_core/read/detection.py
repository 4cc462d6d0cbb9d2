"""Finds out by itself what a path is, by its content: what is not understood is refused, never passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.model.stack import Stack
from plainwork_core.read.text import decode, read_bytes

_SHOW = "`terraform show -json {} > plan.json`"
_SKIPPED = ("node_modules", "__pycache__")
_TOP_LEVEL = {"//", *LANGUAGE}
_READ_AS_FOLDER = (".tf", ".tofu", ".tofu.json", "override.tf.json")


@dataclass(frozen=True)
class Input:
    """One root module that was found: `source` is its name for the user, `read` reads it.

    `read` raises `InputError` where the input turns out to be none of what is understood.
    """

    source: str
    read: Callable[[], Stack]


def find(path: Path) -> list[Input]:
    """Find what *path* holds: a plan, Terraform's JSON or HCL, CDKTF's output, or a folder with any of these below it.

    Every folder with Terraform files is one root module, local modules included: a call does not bring a module's
    resources into its caller's stack, so each file is judged exactly once. Hidden folders and `node_modules` are not
    entered. A plan in a folder is looked for in files that end in `.json`.

    Raises:
        InputError: the path does not exist, or nothing under it can be judged, or part of it may not be read.
    """
    try:
        return _found(path)
    except OSError as error:
        raise InputError(f"{error.filename or path}: cannot be read: {error.strerror}") from error


def _found(path: Path) -> list[Input]:
    if path.is_dir():
        found = list(_in_folder(path, set()))
        if found:
            return found
        raise InputError(f"{path}: has nothing to judge: no *.tf, *.tf.json, CDKTF output or plan JSON in it or below")
    if not path.exists():
        raise InputError(f"{path}: does not exist")
    return [Input(str(path), partial(_read_file, path))]


def _in_folder(folder: Path, seen: set[Path]) -> Iterator[Input]:
    if folder.resolve() in seen:
        return
    seen.add(folder.resolve())
    entries, files = sorted(folder.iterdir()), _files(folder)
    manifest = folder / "manifest.json"
    if manifest in entries and (stacks := _cdktf_stacks(manifest)):
        for stack in stacks:
            yield Input(str(stack), partial(_synthesized, stack))
            yield from _plans(_files(stack.parent))
        return
    yield from root_module(folder, [file.name for file in files])
    yield from _plans(files)
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith(".") and entry.name not in _SKIPPED:
            yield from _in_folder(entry, seen)


def root_module(folder: Path, names: Iterable[str]) -> Iterator[Input]:
    """Yield the root module that the files *names* of *folder* make, if they make one."""
    names = [name for name in names if not name.startswith(".")]
    json = [name for name in names if name.endswith(".tf.json")]
    if any(name.endswith(_READ_AS_FOLDER) for name in names) or len(json) > 1:
        yield Input(str(folder), lambda: _hcl(folder))
    elif json:
        yield Input(str(folder / json[0]), partial(_cdktf, folder / json[0]))


def _files(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.is_dir()) if folder.is_dir() else []


def _plans(files: Iterable[Path]) -> Iterator[Input]:
    return (Input(str(file), partial(_read_file, file)) for file in files if _may_be_plan(file))


def _cdktf_stacks(manifest: Path) -> list[Path]:
    document = _json(decode(read_bytes(manifest), str(manifest)), manifest)
    stacks = document.get("stacks") if isinstance(document, Mapping) else None
    if not isinstance(stacks, Mapping):
        return []
    try:
        return [manifest.parent / stack["synthesizedStackPath"] for stack in stacks.values()]
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{manifest}: names a stack without `synthesizedStackPath`; run `cdktf synth` again"
        ) from error


def _may_be_plan(file: Path) -> bool:
    """Whether a file in a folder holds Terraform's JSON for a plan, whole or damaged, in any encoding and order."""
    if file.suffix.lower() != ".json" or file.name.endswith(".tf.json"):
        return False
    data = file.read_bytes().replace(b"\0", b"")
    if not data.strip():
        return "plan" in file.name.lower()  # what `terraform show -json > plan.json` leaves behind where it fails
    return (b'"format_version"' in data and b'"terraform_version"' in data) or b'"planned_values"' in data


def _read_file(file: Path) -> Stack:
    source = str(file)
    data = read_bytes(file)
    if data.startswith(b"PK\x03\x04"):
        raise InputError(f"{source}: is a binary plan; make JSON of it with {_SHOW.format(file)}")
    text = decode(data, source)
    if not text.strip():
        raise InputError(f"{source}: is empty")
    if text.lstrip().startswith(("{", "[")):
        return _read_json(_json(text, file), file)
    if file.suffix == ".tf":
        return _hcl(file)
    raise InputError(f"{source}: is neither JSON nor a .tf file; name a plan's JSON, CDKTF output or a folder of HCL")


def _json(text: str, file: Path) -> Any:
    import json  # noqa: PLC0415  HCL does not need it

    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if text.startswith('{"@level"'):
            raise InputError(
                f"{file}: is the log of `terraform plan -json`, not a plan; make one with "
                f"`terraform plan -out plan.bin` and {_SHOW.format('plan.bin')}"
            ) from error
        raise InputError(
            f"{file}: is no JSON, or was cut short: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise InputError(f"{file}: is JSON nested too deeply to be a plan") from error


def _read_json(document: Any, file: Path) -> Stack:
    from plainwork_core.read import plan  # noqa: PLC0415  a folder of HCL does not need it

    if not isinstance(document, Mapping):
        raise InputError(f"{file}: is JSON, but a list and no plan")
    if "planned_values" in document:
        return plan.read(document, str(file))
    if "lineage" in document or ("values" in document and "terraform_version" in document):
        raise InputError(
            f"{file}: is a state, which shows what was deployed and not what will be; make a plan with "
            f"`terraform plan -out plan.bin` and {_SHOW.format('plan.bin')}"
        )
    if document and _TOP_LEVEL.issuperset(document):
        return _cdktf(file)
    raise InputError(f"{file}: is JSON, but no plan (it has no `planned_values`) and no Terraform configuration")


def _hcl(path: Path) -> Stack:
    from plainwork_core.read import hcl  # noqa: PLC0415  its parser is slow to import

    return hcl.read(path, source=str(path))


def _synthesized(file: Path) -> Stack:
    if not file.is_file():
        raise InputError(f"{file}: is named by manifest.json and not there; run `cdktf synth` again")
    return _cdktf(file)


def _cdktf(file: Path) -> Stack:
    from plainwork_core.read import terraform_json  # noqa: PLC0415  a plan does not need it

    return terraform_json.read(file, source=str(file))
