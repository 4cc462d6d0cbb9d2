"""Recursion over nested input: Python's own limit would reject 150 nested lists, which Terraform reads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_DEEPEST = 10_000
"""Calls. Since Python 3.11 a call of a Python function takes no space of the stack of C."""


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Allow deeper recursion than usual. It still ends in a `RecursionError`."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
