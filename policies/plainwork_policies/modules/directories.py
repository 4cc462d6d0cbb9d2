"""The directories that module calls refer to, and the stacks of the run in them."""

from __future__ import annotations

from functools import cache
from os.path import commonpath, normpath
from pathlib import Path, PurePath

from plainwork_core.model.stack import ModuleCall, Run, Stack, cached_per_run

_FILES = (".tf", ".json")
_EXAMPLES_AND_TESTS = {"example", "examples", "test", "tests"}


def directory_of(stack: Stack) -> str:
    """Return the directory that *stack* was read from."""
    return _directory(stack.source)


def called_directory(stack: Stack, call: ModuleCall) -> str | None:
    """Return the directory of the module that *call* in *stack* refers to; `None` if it is not a relative path."""
    source = call.values.get("source")
    if not isinstance(source, str) or not source.startswith(("./", "../")):
        return None
    return normpath(PurePath(directory_of(stack), source))


@cached_per_run
def stacks_by_directory(run: Run) -> dict[str, Stack]:
    """Return the stacks of the run by their directory; the first of several in one."""
    return _stacks_by_directory(run)


@cached_per_run
def uses(run: Run) -> dict[str, list[ModuleCall]]:
    """Return the module calls of the run by called directory, without those in examples and tests of the module."""
    found: dict[str, list[ModuleCall]] = {}
    for caller, stack in _stacks_by_directory(run).items():
        for call in stack.module_calls:
            called = called_directory(stack, call)
            if called and not is_example_or_test(caller, called):
                found.setdefault(called, []).append(call)
    return found


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
        above.name in _EXAMPLES_AND_TESTS and str(above.parent) in stacks_by_directory(stack)
        for above in (directory, *directory.parents)
    )


def _calls_module_that_it_shows(stack: Stack) -> bool:
    """Return whether it is `examples/queue` or `tests/queue` beside a module that it calls, such as `modules/queue`."""
    directories = (called_directory(stack, call) for call in stack.module_calls if stack.format != "plan")
    return any(called and is_example_or_test(directory_of(stack), called) for called in directories)


def is_example_or_test(caller: str, called: str) -> bool:
    """Return whether the directory *caller* is an example or test of the module in *called*."""
    return not _EXAMPLES_AND_TESTS.isdisjoint(PurePath(caller).relative_to(commonpath((caller, called))).parts)


def _stacks_by_directory(run: Run) -> dict[str, Stack]:
    found: dict[str, Stack] = {}
    for stack in run.stacks:
        found.setdefault(directory_of(stack), stack)
    return found


@cache
def _directory(source: str) -> str:
    path = Path(source).absolute()
    return normpath(path.parent if path.suffix in _FILES else path)
