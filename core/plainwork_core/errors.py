"""The base of every error and warning, and the errors that core raises itself.

Every message is complete: it states the resource, file or argument, the value and the rule, and how to correct it. The
command line prints it without a traceback and exits with code 2.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIBRARY = {"plainwork", "plainwork_core", "jsii"}


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
    while frame.f_back and str(frame.f_globals.get("__name__")).partition(".")[0] in _LIBRARY:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `"; did you mean `x`?"` for the most similar of *known*, or `""` if none is similar.

    Similar is a name with nearly the same letters, otherwise one that has all words of the other: `cidr_block` for
    `cidr`, `name` for `queue_name`.
    """
    from difflib import get_close_matches  # noqa: PLC0415  needed only for an error message

    names, words = list(known), set(word.split("_"))
    with_same_words = (name for name in names if (own := set(name.split("_"))) <= words or words <= own)
    nearest = [*get_close_matches(word, names, n=1), *sorted(with_same_words, key=len)]
    return f"; did you mean `{nearest[0]}`?" if nearest else ""
