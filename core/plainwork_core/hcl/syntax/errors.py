"""The syntax error of HCL."""

from __future__ import annotations


class HclError(Exception):
    """Text that is not HCL.

    Attributes:
        message: what was found and what was expected.
        line: where, counted from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
