"""The table of the forms of a review. All read one `Review`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from plainwork_core.code_diff.model import CodeDiff
    from plainwork_policies.review.links import Links
    from plainwork_policies.review.model import Review

FORMATS = {
    "text": ("as_text:render", "for people at a terminal"),
    "markdown": ("as_markdown:render", "a comment on a pull request"),
    "html": ("as_html:render", "one self-contained page"),
}
"""The function of each form in this package, and what it is for."""
OF_CODE = {**{name: purpose for name, (_, purpose) in FORMATS.items()}, "json": "for programs"}
"""The forms of a diff of two configurations."""
WITH_LINKS = ("markdown", "html")
"""The forms that link to lines of code."""


def render(review: Review, format_: str, links: Links | None = None) -> str:
    """Return *review* in a form of `FORMATS`, without a line end. *links* has the addresses of lines of code."""
    module, _, name = FORMATS[format_][0].partition(":")
    writer: Callable[..., str] = getattr(import_module(f"{__package__}.{module}"), name)
    return writer(review, links) if format_ in WITH_LINKS else writer(review)


def render_code(found: CodeDiff, format_: str, links: Links | None = None) -> str:
    """Return the diff of two configurations in a form of `OF_CODE`."""
    from plainwork_policies.review.of_code import review_of_code  # noqa: PLC0415  a review of a plan does not need it

    if format_ in WITH_LINKS:
        return render(review_of_code(found), format_, links)
    module = import_module(f"plainwork_core.code_diff.as_{format_}")
    writer: Callable[[CodeDiff], str] = module.render
    return writer(found)
