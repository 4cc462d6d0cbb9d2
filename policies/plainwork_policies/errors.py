"""The one error of this package that a user may see: something could not be judged."""

from __future__ import annotations


class CannotJudge(Exception):  # noqa: N818  the name is the exit code's meaning: 2, "could not judge"
    """An input, a setting or an option that makes a verdict impossible: exit code 2.

    The message names the file or field, the rule and the value, and says what to do. It is shown without a traceback.
    """
