"""The quotas of AWS that a plan can exceed: `data/quotas.toml`."""

from __future__ import annotations

import tomllib
from functools import cache

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen

_FILE = FOLDER / "quotas.toml"


@frozen(slots=True)
class Quota:
    """One quota.

    Args:
        id: of the row, such as `elastic-addresses`.
        name: in Service Quotas.
        service: its code in Service Quotas.
        default: of an account that has not requested another.
        adjustable: whether an account can request another.
        per: what it is counted for: `Region`, `VPC`, `file system`, ...
        source: page of AWS.
    """

    id: str
    name: str
    service: str
    default: int
    adjustable: bool
    per: str
    source: str


@cache
def quotas() -> dict[str, Quota]:
    """Return the quotas by id."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["quota"]
    return {row["id"]: Quota(**row) for row in rows}
