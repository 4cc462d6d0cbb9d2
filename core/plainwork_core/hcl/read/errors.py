"""What can go wrong while an expression is evaluated."""

from __future__ import annotations


class Rejected(Exception):  # noqa: N818  `try()` of Terraform catches it: it is no error of this program
    """An expression that parses but has no value: Terraform itself would end with an error."""


class NotEvaluated(Exception):  # noqa: N818  it completes "`title()` is not evaluated beyond ASCII"
    """A call whose result this package does not compute exactly; the message gives the limit."""
