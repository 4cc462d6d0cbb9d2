"""The arguments of the AWS provider that hold a secret: a password, a token or a private key.

The table is `data/sensitive_arguments.json`, made from the provider's schema by `tools/sensitive_arguments.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from plainwork_core.data_files import FOLDER

_DATA = FOLDER / "sensitive_arguments.json"
WRITE_ONLY = "_wo"
"""What the name of a write-only argument ends in; provider 6 has more of them than the schema of the table."""


@cache
def sensitive_arguments() -> Mapping[str, tuple[str, ...]]:
    """Return the paths of the arguments that hold a secret (`user.password`), by resource type."""
    table = json.loads(_DATA.read_text(encoding="utf-8"))["arguments"]
    return {type_: tuple(_with_write_only(paths)) for type_, paths in table.items()}


def _with_write_only(paths: list[str]) -> dict[str, None]:
    return dict.fromkeys(each for path in paths for each in (path, f"{path.removesuffix(WRITE_ONLY)}{WRITE_ONLY}"))
