"""The one error of this package that a user may see: something could not be judged."""

from __future__ import annotations

from collections.abc import Iterable


class CannotJudge(Exception):  # noqa: N818  the name is the exit code's meaning: 2, "could not judge"
    """An input, a setting or an option that makes a verdict impossible: exit code 2.

    The message names the file or field, the rule and the value, and says what to do. It is shown without a traceback.
    """


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `"; did you mean `x`?"` for the nearest of *known*, or `""` where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  needed only where a message is made

    nearest = get_close_matches(word, list(known), n=1)
    return f"; did you mean `{nearest[0]}`?" if nearest else ""
