"""What can go wrong with HCL text and with the values of its expressions."""

from __future__ import annotations


class HclError(Exception):
    """Text that is not HCL: *message* says what was found and what was expected, *line* counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Rejected(Exception):  # noqa: N818  it completes "Terraform would have it rejected", and `try()` catches it
    """An expression that parses but has no value: Terraform itself would stop here with an error."""


class NotEvaluated(Exception):  # noqa: N818  it completes "`title()` is not evaluated beyond ASCII"
    """A call whose result this package does not compute exactly; the message says on what."""
