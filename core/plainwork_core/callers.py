"""The lines of the user's code that call plainwork."""

from __future__ import annotations

import os
import sys
from functools import cache
from types import FrameType

_LIBRARY = {"plainwork", "plainwork_core", "jsii", "constructs", "cdktf", "cdktn"}
_INSTALLED = ("site-packages", "dist-packages")


def is_of_library(frame: FrameType) -> bool:
    """Return whether the code of *frame* is of plainwork, or of what it is called through."""
    return str(frame.f_globals.get("__name__")).partition(".")[0] in _LIBRARY


def calling_line() -> tuple[str, int] | None:
    """Return the innermost line outside plainwork that is in the working directory, as absolute path and number.

    Code in an installed package is passed: the line that calls it is the one to change.
    """
    directory = os.getcwd()  # noqa: PTH109  one call for each resource: pathlib takes ten times as long
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  inspect.stack reads the source of every frame
    while frame:
        file = _own_file(frame.f_code.co_filename, directory)
        if file and not is_of_library(frame):
            return file, frame.f_lineno
        frame = frame.f_back
    return None


@cache
def _own_file(name: str, directory: str) -> str:
    """Return the absolute path of a file in *directory* that is not an installed package; `""` for another."""
    file = os.path.normpath(os.path.join(directory, name))  # noqa: PTH118  as above
    is_inside = file.startswith(f"{directory}{os.sep}") and os.path.isfile(file)  # noqa: PTH113  as above
    return file if is_inside and not any(part in file for part in _INSTALLED) else ""
