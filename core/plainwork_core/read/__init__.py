"""Readers: from a plan, CDKTF's output or HCL to the model of a stack."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.model.stack import Stack
from plainwork_core.read.detection import Input, NotAPlanError, find

__all__ = ["Input", "NotAPlanError", "find", "read"]


def read(path: Path) -> list[Stack]:
    """Read every stack at *path*.

    Args:
        path: a file or a directory; see `find` for the kinds.

    Raises:
        InputError: the path or one of the inputs below it is invalid. Call `find` to read the others.
    """
    return [found.read() for found in find(path)]
