"""The other states that a stack knows of: those of the stacks judged in the same run, and those that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from plainwork_core.model.stack import Run, Stack
from plainwork_core.model.values import Value
from plainwork_policies.backends.s3 import s3_backends

_SNAPSHOTS = "__snapshots__"


@dataclass(frozen=True)
class State:
    """A state in S3: `whose` it is, in words, and the bucket and the key, each of which may be `Unknown`."""

    whose: str
    bucket: Value
    key: Value


def name_of(stack: Stack) -> str:
    """Return whose a state is that *stack* keeps: `State.whose`."""
    return f"the stack {stack.source}"


def states_of_run(run: Run) -> Iterator[tuple[str, State]]:
    """Yield the states that the stacks of *run* keep, with the format that each stack was read from.

    A stack in another format may be the same again, and a file of a snapshot is a test: neither is another stack.
    """
    for each in run.stacks:
        if not _is_snapshot(each.source):
            yield from ((each.format, State(name_of(each), *_place(one.values))) for one in s3_backends(each))


def states_read(stack: Stack) -> Iterator[State]:
    """Yield the states that *stack* reads as somebody else's by `terraform_remote_state`."""
    for data in stack.data("terraform_remote_state"):
        config = data.get("config")
        if data.get("backend") == "s3" and isinstance(config, dict):
            yield State(data.address, *_place(config))


@cache
def _is_snapshot(source: str) -> bool:
    return _SNAPSHOTS in PurePath(source).parts


def _place(values: Value) -> tuple[Value, Value]:
    return values.get("bucket"), values.get("key")
