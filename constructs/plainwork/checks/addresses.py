"""How Terraform spells what a block points at."""

from __future__ import annotations

import re
from typing import Any

from plainwork.checks.values import wrong

_NAME = r"[A-Za-z_][\w-]*"
_KEY = r"""(\[("[^"]*"|[^]"]+)\])?"""
_MODULES = rf"(module\.{_NAME}{_KEY}\.)*"
_OF_CDKTF = r"\$\{TfToken\[.*|"

INSTANCE = re.compile(rf"{_OF_CDKTF}{_MODULES}(data\.)?{_NAME}\.{_NAME}{_KEY}")
"""A resource, a data source, a module, or one instance of it."""

PATH = re.compile(rf"{_OF_CDKTF}{_NAME}(\.{_NAME}|\[[^]]+\])+")
"""Those, or something inside them."""

WHOLE = re.compile(rf"(module\.{_NAME}\.)*(?!data\.){_NAME}\.{_NAME}")
"""A resource or a module with all its instances."""


def problems(value: Any, pattern: re.Pattern[str], path: str) -> list[str]:
    """One sentence if the value is not spelt like this."""
    if isinstance(value, str) and pattern.fullmatch(value):
        return []
    return [wrong(value, "a resource or its address, as 'aws_s3_bucket.state'", path)]
