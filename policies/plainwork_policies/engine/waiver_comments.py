"""The waivers beside the code of a stack, with the addresses that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plainwork_core.addresses import without_keys
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.read.waiver_comments import WaiverComment, waivers_of
from plainwork_core.waivers import Waiver

CodeWaivers = tuple[tuple[Waiver, ...], tuple[str, ...]]
"""The waivers in the code of a stack, and the problems of comments."""
_REPEATABLE = {"resource", "data", "module"}


@cached_per_stack
def comments_of(stack: Stack) -> CodeWaivers:
    """Return the waivers in the files of *stack*, and the problems of comments.

    A plan has them only for the blocks whose lines are known, because it is checked with its HCL.
    """
    waivers: list[Waiver] = []
    problems: list[str] = []
    targets = _targets(stack)
    for file, at in targets.items():
        found = waivers_of(file)
        waivers += found.addressed
        problems += found.problems
        for comment in found.comments:
            addressed = _addressed(comment, at)
            waivers += addressed
            if not addressed and comment.block not in _REPEATABLE:  # one with `count = 0` is not in the stack
                origin = comment.waiver.origin
                problems.append(f"{origin}: the waiver is beside no resource, provider, backend or module")
    return tuple(waivers), tuple(problems)


_Targets = dict[int, list[tuple[str, str]]]


def _targets(stack: Stack) -> dict[str, _Targets]:
    """Return the address and the argument on each line of each file; the argument of a block itself is `""`."""
    found: dict[str, _Targets] = {}
    backend = (stack.backend,) if stack.backend else ()
    for block in (*stack.resources, *stack.providers, *backend, *stack.module_calls):
        if stack.format == "plan" and not block.location.line:
            continue
        lines = found.setdefault(block.location.file, {})
        lines.setdefault(block.location.line, []).append((block.address, ""))
        for path, line in block.lines.items():
            lines.setdefault(line, []).append((block.address, path))
    return found


def _addressed(comment: WaiverComment, targets: _Targets) -> list[Waiver]:
    waiver = comment.waiver
    if waiver.address:
        return [waiver]
    on_line = dict.fromkeys((without_keys(address), path) for address, path in targets.get(comment.line, ()))
    return [replace(waiver, address=address, argument=path) for address, path in _outermost(list(on_line))]


def _outermost(found: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the arguments that are in no other one on the same line."""
    for address, path in found:
        others = (other for owner, other in found if owner == address and other != path)
        if not any(not other or path.startswith(f"{other}.") for other in others):
            yield address, path
