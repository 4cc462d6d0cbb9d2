"""The base of every error and warning, and the errors that core raises itself.

Every message is complete: it states the resource, file or argument, the value and the rule, and how to correct it. The
command line prints it without a traceback and exits with code 2.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

from plainwork_core.callers import is_of_library

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType


class PlainworkError(Exception):
    """The base of every error that plainwork raises for a user's mistake."""


class InputError(PlainworkError):
    """An input, a setting or an option is invalid."""


class SchemaError(PlainworkError):
    """A provider schema cannot be read, or Terraform does not print it."""


class PlainworkWarning(UserWarning):
    """The base of every warning of plainwork."""


def warn(message: str, category: type[PlainworkWarning]) -> None:
    """Warn at the innermost line that is outside plainwork."""
    frame, level = sys._getframe(1), 2  # noqa: SLF001  warnings.warn's skip_file_prefixes is not in Python 3.11
    while frame.f_back and is_of_library(frame):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


def shorten_tracebacks() -> None:
    """Make Python print a `PlainworkError` that ends the program without the frames inside plainwork.

    A hook of the user, or of a debugger, remains.
    """
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _print_error


def _print_error(type_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not isinstance(error, PlainworkError):
        sys.__excepthook__(type_, error, trace)
        return
    import traceback  # noqa: PLC0415  needed only for an error message

    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    shown = [
        summary for frame, summary in zip(frames, traceback.extract_tb(trace), strict=True) if not is_of_library(frame)
    ]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(shown), f"{type_.__name__}: {error}\n"]
    sys.stderr.write("".join(lines))


_TYPING_ERROR = 0.85
"""The similarity of two names that differ in a letter or two."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `"; did you mean `x`?"` for the most similar of *known*, or `""` if none is similar.

    Similar is a name that differs in a letter or two, otherwise one that has all words of the other (`cidr_block` for
    `cidr`, `name` for `queue_name`), otherwise one with most of the letters.
    """
    names, words = list(known), set(word.split("_"))
    with_same_words = (name for name in names if (own := set(name.split("_"))) <= words or words <= own)
    found = nearest(word, names, _TYPING_ERROR) or min(with_same_words, key=len, default="") or nearest(word, names)
    return f"; did you mean `{found}`?" if found else ""


def nearest(word: str, known: Iterable[str], similarity: float = 0.6) -> str:
    """Return the name in *known* that is most similar to *word*; `""` if none has the *similarity*, from 0 to 1."""
    from difflib import get_close_matches  # noqa: PLC0415  needed only where something is wrong

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=similarity)), "")
