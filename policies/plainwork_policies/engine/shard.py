"""A part of the stacks of a run: the option `--shard`.

The digest of its path decides on the shard of a stack, so that a new stack does not move the others.
"""

from __future__ import annotations

import hashlib

from plainwork_core.frozen import frozen
from plainwork_core.repository import repository_path


@frozen()
class Shard:
    """The shard *number*, from 1, of *total*."""

    number: int
    total: int

    def __str__(self) -> str:
        """Return it as the option has it."""
        return f"{self.number}/{self.total}"

    def has(self, source: str) -> bool:
        """Return whether the stack *source* is in the shard."""
        digest = hashlib.sha256(repository_path(source).encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.total == self.number - 1


@frozen()
class ShardOfRun:
    """What the result of a shard states of the run that it is a part of: all shards of one run have the same.

    Args:
        shard: which one it is.
        positions: of its stacks among those of the run.
        stacks: the number of stacks of the run.
        paths: what the run reads, from the root of the repository.
        rules: the digest of the policies.
        settings: the digest of settings and options.
        inputs: the digest of the inputs.
    """

    shard: Shard
    positions: tuple[int, ...]
    stacks: int
    paths: tuple[str, ...]
    rules: str
    settings: str
    inputs: str
