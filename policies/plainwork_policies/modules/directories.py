"""The directories that module calls refer to, and those of the run."""

from __future__ import annotations

from functools import cache
from os.path import commonpath, normpath, realpath
from pathlib import Path, PurePath

from plainwork_core.model.stack import Location, ModuleCall, Run, Stack, cached_per_run

_FILES = (".tf", ".json")
_EXAMPLES_AND_TESTS = {"example", "examples", "test", "tests"}


def directory_of(stack: Stack) -> str:
    """Return the directory that *stack* was read from."""
    return _directory(stack.source)


def directory_of_call(call: ModuleCall) -> str:
    """Return the directory of the file that contains *call*."""
    return _directory(str(PurePath(call.location.file).parent))


def called_directory(call: ModuleCall) -> str | None:
    """Return the directory of the module that *call*, not of a plan, refers to; `None` if it is not a relative path."""
    source = call.values.get("source")
    if not isinstance(source, str) or not source.startswith(("./", "../")):
        return None
    return normpath(PurePath(directory_of_call(call), source))


def is_read(stack: Stack, directory: str) -> bool:
    """Return whether *directory* is one of the run."""
    return stack.run is not None and realpath(directory) in stack.run.directories


@cached_per_run
def uses(run: Run) -> dict[str, list[ModuleCall]]:
    """Return the module calls of the run by called directory, without those in examples and tests of the module."""
    found: dict[str, dict[Location, ModuleCall]] = {}
    for call in (call for stack in run.members if stack.format != "plan" for call in stack.module_calls):
        called = called_directory(call)
        if called and not is_example_or_test(directory_of_call(call), called):
            found.setdefault(called, {}).setdefault(call.location, call)
    return {called: list(calls.values()) for called, calls in found.items()}


def calls_of_roots(stack: Stack) -> tuple[ModuleCall, ...]:
    """Return the module calls of *stack* if it is a root module that is deployed; none of a module or its example."""
    return stack.module_calls if is_deployed(stack) else ()


def is_deployed(stack: Stack) -> bool:
    """Return whether *stack* is a root module that is deployed, and neither a module nor its example.

    HCL without a provider configuration and a backend may be a module, which its callers elsewhere may share.
    """
    return not (stack.may_be_module or _is_beside_module(stack) or _calls_module_that_it_shows(stack))


def _is_beside_module(stack: Stack) -> bool:
    """Return whether the directory is in `examples` or `tests` of a module of the run."""
    directory = PurePath(directory_of(stack))
    return any(
        above.name in _EXAMPLES_AND_TESTS and is_read(stack, str(above.parent))
        for above in (directory, *directory.parents)
    )


def _calls_module_that_it_shows(stack: Stack) -> bool:
    """Return whether it is `examples/queue` or `tests/queue` beside a module that it calls, such as `modules/queue`."""
    calls = (call for call in stack.module_calls if stack.format != "plan" and not call.module)
    return any(called and is_example_or_test(directory_of(stack), called) for called in map(called_directory, calls))


def is_example_or_test(caller: str, called: str) -> bool:
    """Return whether the directory *caller* is an example or test of the module in *called*."""
    return not _EXAMPLES_AND_TESTS.isdisjoint(PurePath(caller).relative_to(commonpath((caller, called))).parts)


def _directory(source: str) -> str:
    return _directory_from(str(Path.cwd()), source)


@cache
def _directory_from(start: str, source: str) -> str:
    path = PurePath(start, source)
    return normpath(path.parent if path.suffix in _FILES else path)
