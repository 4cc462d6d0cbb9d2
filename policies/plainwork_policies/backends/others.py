"""The other states that a stack knows of: those of the stacks judged in the same run, and those that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from plainwork_policies.backends.s3 import s3_backends
from plainwork_policies.model import Stack
from plainwork_policies.values import Value

_SNAPSHOTS = "__snapshots__"


@dataclass(frozen=True)
class State:
    """A state in S3: `whose` it is, in words, and the bucket and the key, each of which may be `Unknown`."""

    whose: str
    bucket: Value
    key: Value


def other_states(stack: Stack) -> Iterator[State]:
    """Yield the states of the other stacks of the run, and those that *stack* reads by `terraform_remote_state`.

    A stack in another format may be this one again, and a file of a snapshot is a test: neither is another stack.
    """
    for each in stack.run:
        if each.source != stack.source and each.format == stack.format and not _is_snapshot(each.source):
            yield from (State(f"the stack {each.source}", *_place(one.values)) for one in s3_backends(each))
    for data in stack.data("terraform_remote_state"):
        config = data.get("config")
        if data.get("backend") == "s3" and isinstance(config, dict):
            yield State(data.address, *_place(config))


@cache
def _is_snapshot(source: str) -> bool:
    return _SNAPSHOTS in PurePath(source).parts


def _place(values: Value) -> tuple[Value, Value]:
    return values.get("bucket"), values.get("key")
