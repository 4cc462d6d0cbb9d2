"""Which folder a module call leads to, and which stack of the run that is."""

from __future__ import annotations

from functools import cache
from os.path import commonpath, normpath
from pathlib import Path, PurePath

from plainwork_core.model.stack import ModuleCall, Run, Stack, cached_per_run

_FILES = (".tf", ".json")
_TRIALS = {"example", "examples", "test", "tests"}


def folder_of(stack: Stack) -> str:
    """Return the folder that *stack* was read from."""
    return _folder(stack.source)


def called_folder(stack: Stack, call: ModuleCall) -> str | None:
    """Return the folder that *call* of *stack* names; `None` where the module comes from elsewhere."""
    source = call.values.get("source")
    if not isinstance(source, str) or not source.startswith(("./", "../")):
        return None
    return normpath(PurePath(folder_of(stack), source))


@cached_per_run
def by_folder(run: Run) -> dict[str, Stack]:
    """Return the stacks of the run by their folder; of several in one the first."""
    return _by_folder(run)


@cached_per_run
def uses(run: Run) -> dict[str, list[ModuleCall]]:
    """Return the calls of each folder's module in the run, without those of its tests and examples."""
    found: dict[str, list[ModuleCall]] = {}
    for caller, each in _by_folder(run).items():
        for call in each.module_calls:
            if (folder := called_folder(each, call)) and not is_trial(caller, folder):
                found.setdefault(folder, []).append(call)
    return found


def _by_folder(run: Run) -> dict[str, Stack]:
    found: dict[str, Stack] = {}
    for each in run.stacks:
        found.setdefault(folder_of(each), each)
    return found


@cache
def _folder(source: str) -> str:
    path = Path(source).absolute()
    return normpath(path.parent if path.suffix in _FILES else path)


def is_trial(caller: str, folder: str) -> bool:
    """Tell whether the stack in *caller* is a test or an example of the module in *folder*, and no use of it."""
    return not _TRIALS.isdisjoint(PurePath(caller).relative_to(commonpath((caller, folder))).parts)
