"""What can go wrong while a document is written as HCL."""

from __future__ import annotations

from plainwork_core.errors import PlainworkError


class RenderError(PlainworkError):
    """A document that has no form in HCL: the message names the place in the document, the rule and the value."""
