"""Readers: from what people have (a plan, CDKTF's output, HCL) to the model of a stack."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.model.stack import Stack
from plainwork_core.read.detection import Input, find

__all__ = ["Input", "find", "read"]


def read(path: Path) -> list[Stack]:
    """Read every stack that *path* holds, whatever it is.

    Args:
        path: a file or a folder (`find` says of which kinds).

    Raises:
        InputError: the path, or one of the inputs under it, cannot be judged. Call `find` to read the others.
    """
    return [each.read() for each in find(path)]
