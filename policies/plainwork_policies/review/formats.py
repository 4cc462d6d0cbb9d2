"""The table of the forms of a review. All read one `Review`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from plainwork_policies.review.model import Review

FORMATS = {
    "text": ("as_text:render", "for people at a terminal"),
}
"""The function of each form in this package, and what it is for."""


def render(review: Review, format_: str) -> str:
    """Return *review* in a form of `FORMATS`, without a line end."""
    module, _, name = FORMATS[format_][0].partition(":")
    writer: Callable[[Review], str] = getattr(import_module(f"{__package__}.{module}"), name)
    return writer(review)
