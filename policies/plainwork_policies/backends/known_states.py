"""The states that are known beside a stack's own: those of the stacks of the run, and those that the stack reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

from plainwork_core.aws.s3_backend import DEFAULT_WORKSPACE_KEY_PREFIX
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Format, Run, Stack
from plainwork_core.model.values import Value, members_of

_SNAPSHOTS = "__snapshots__"
_PLACEHOLDER = re.compile(r"\$[A-Za-z]\w*|\{\{.*?\}\}|<[\w -]+>|__[A-Z_]+?__|%\w+%")


@frozen()
class State:
    """A state in S3.

    Args:
        owner: the path of the stack that stores it, or the address of the data source that reads it.
        bucket: its bucket.
        key: its key.
        prefix: `workspace_key_prefix`; `None` if it is unknown.
    """

    owner: str
    bucket: str
    key: str
    prefix: str | None

    @property
    def placeholder(self) -> str | None:
        """A part of it that a tool replaces, such as `$application_name`: the directory is a template of stacks."""
        found = _PLACEHOLDER.search(" ".join(filter(None, (self.bucket, self.key, self.prefix))))
        return found[0] if found else None

    @property
    def place(self) -> tuple[str, str, str | None]:
        """What two states must not share."""
        return self.bucket, self.key, self.prefix


def states_of_run(run: Run) -> Iterator[tuple[Format, State]]:
    """Yield the states of the stacks of *run*, with the format of each stack.

    A stack in another format may be the same stack. A snapshot is a test, not another stack.
    """
    for stack in run.members:
        if not _is_snapshot(stack.source):
            for backend in stack.backends("s3"):
                yield from ((stack.format, state) for state in _known(stack.source, backend.values))


def states_read(stack: Stack) -> Iterator[State]:
    """Yield the states of others that *stack* reads by `terraform_remote_state`."""
    for data in stack.data("terraform_remote_state"):
        if data.get("backend") == "s3":
            yield from _known(data.address, data.get("config"))


@cache
def _is_snapshot(source: str) -> bool:
    return _SNAPSHOTS in PurePath(source).parts


def _known(owner: str, values: Value) -> Iterator[State]:
    """Yield the state, if its bucket and key are known."""
    arguments = members_of(values)
    bucket, key, prefix = (arguments.get(name) for name in ("bucket", "key", "workspace_key_prefix"))
    prefix = DEFAULT_WORKSPACE_KEY_PREFIX if prefix is None else prefix
    if isinstance(bucket, str) and isinstance(key, str):
        yield State(owner, bucket, key, prefix if isinstance(prefix, str) else None)
