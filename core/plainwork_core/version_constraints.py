"""Version constraints of Terraform, providers and modules.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d+(?:\.\d+)*)\S*\s*")
_MAXIMUM = (9999, 0, 0)


def may_be_from(required: str, version: tuple[int, int, int]) -> bool:
    """Return whether *required*, constraints joined by commas, allows *version* or a later one."""
    return all(_allows(clause, version) for clause in required.split(",") if clause.strip())


def has_upper_bound(required: str) -> bool:
    """Return whether *required* excludes the later major versions."""
    return not may_be_from(required, _MAXIMUM)


def _allows(clause: str, version: tuple[int, int, int]) -> bool:
    found = _CLAUSE.fullmatch(clause)
    if not found or found[1] in ("!=", ">=", ">"):
        return True
    numbers = [int(number) for number in found[2].split(".")]
    if found[1] == "~>":
        numbers = [*numbers[:-2], numbers[-2] + 1] if len(numbers) > 1 else [numbers[0] + 1]
    limit = (*numbers, 0, 0)[:3]
    return limit > version if found[1] in ("<", "~>") else limit >= version
