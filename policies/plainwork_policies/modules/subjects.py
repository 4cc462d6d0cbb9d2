"""The subjects of the policies on modules."""

from __future__ import annotations

from plainwork_core.model.module_sources import read_source
from plainwork_policies.api import Block, Subjects

MODULE_CALLS = Subjects(("module",), lambda stack: stack.module_calls, Block)
"""The module calls, as blocks."""


def is_local(call: Block) -> bool:
    """Return whether the module is a directory of the same repository."""
    return read_source(call["source"].string("")).kind == "local"
