"""Exceptions during the evaluation of an expression."""

from __future__ import annotations


class Rejected(Exception):  # noqa: N818  not an error of plainwork: Terraform's `try()` catches it
    """An expression that Terraform parses, but rejects when it evaluates it."""


class Unsupported(Exception):  # noqa: N818  the message completes "`title()` is not evaluated beyond ASCII"
    """A call whose result plainwork does not compute; the message states the limit."""
