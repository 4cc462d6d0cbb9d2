"""The error of the HCL writer."""

from __future__ import annotations

from plainwork_core.errors import PlainworkError


class RenderError(PlainworkError):
    """A document that has no form in HCL; the message names the path in the document, the value and the rule."""
