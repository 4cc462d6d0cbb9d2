"""Yes, no, or an `Unknown`: answers to questions about values that may be unknown."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_policies.values import Unknown

Answer = bool | Unknown


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return yes if one of *answers* is; otherwise the first that is unknown; otherwise no."""
    found = list(answers)
    unknown = next((answer for answer in found if isinstance(answer, Unknown)), False)
    return any(answer is True for answer in found) or unknown


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return no if one of *answers* is; otherwise the first that is unknown; otherwise yes."""
    found = list(answers)
    unknown = next((answer for answer in found if isinstance(answer, Unknown)), True)
    return not any(answer is False for answer in found) and unknown
