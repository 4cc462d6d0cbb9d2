"""The schema that is shipped with plainwork, from the real provider (`tools/data.py`).

The versions of Terraform and the provider are in the member `origin.json`, as in a schema file of a user.
"""

from __future__ import annotations

from typing import Any

from plainwork_core.data_files import STAMP
from plainwork_core.schema.store import content_of
from plainwork_core.schema.terraform import ask
from tools.packages import Package


def write(stamp: dict[str, Any], provider: Package) -> bytes:
    """Return the content of the schema file."""
    return content_of({**ask(provider.path), STAMP: {"stamp": stamp}})
