"""The arguments of the AWS provider that hold a secret: a password, a token or a private key.

The table is `data/sensitive_arguments.json`, made from the shipped schemas by `tools/sensitive_arguments.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from plainwork_core.data_files import FOLDER

_DATA = FOLDER / "sensitive_arguments.json"


@cache
def sensitive_arguments() -> Mapping[str, tuple[str, ...]]:
    """Return the paths of the arguments that hold a secret (`user.password`), by resource type."""
    table = json.loads(_DATA.read_text(encoding="utf-8"))["arguments"]
    return {type_: tuple(paths) for type_, paths in table.items()}
