"""The rows of the table of error texts, which are in `texts.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from plainwork_core.frozen import frozen

_LISTS = ("patterns", "causes", "shows")
_FILE = Path(__file__).with_name("texts.toml")


@frozen(kw_only=True)
class ErrorText:
    """A text that Terraform, OpenTofu or a store prints, and its causes.

    Args:
        name: unique; `lock-already-held`.
        patterns: regular expressions, of which one matches the text with single blanks. Their groups are values for
            the remedies of the causes: `bucket`, `actual_region`, `lock_id`, ...
        causes: the names of the causes, the most likely first. Those that only files or AWS prove count if they do.
        printed_by: the programs and versions that are known to print it.
        source: the page of a public issue; "" for a text that real Terraform prints in the tests.
        is_proof: whether the text itself proves the first cause that no file has to support.
        shows: the groups that are evidence on their own.
        is_general: whether it matches many errors, and counts only if no other row matches.
    """

    name: str
    patterns: tuple[str, ...]
    causes: tuple[str, ...]
    printed_by: str = "Terraform 1.11"
    source: str = ""
    is_proof: bool = False
    is_general: bool = False
    shows: tuple[str, ...] = ()

    @cached_property
    def expressions(self) -> list[re.Pattern[str]]:
        """The compiled patterns."""
        return [re.compile(pattern) for pattern in self.patterns]


@cache
def error_texts() -> tuple[ErrorText, ...]:
    """Return the rows, the most specific first."""
    rows: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["text"]
    return tuple(ErrorText(**{**row, **{name: tuple(row.get(name, ())) for name in _LISTS}}) for row in rows)
