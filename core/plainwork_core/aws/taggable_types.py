"""The resource types of the AWS provider that accept tags.

The table is `data/taggable_types.json`, made by `tools/taggable_types.py` from the schemas of the provider 5.100.0 and
6.69.1.
"""

from __future__ import annotations

import json
from functools import cache

from plainwork_core.data_files import FOLDER

_DATA = FOLDER / "taggable_types.json"


WITH_NEWER_TAGS = (6, 69, 0)
"""The version of the provider whose schema has the tags of `types_with_newer_tags`."""


@cache
def taggable_types() -> frozenset[str]:
    """Return the types with `tags` and `tags_all` in all versions that have them: the provider applies `default_tags`.

    `aws_autoscaling_group` is not one of them: the provider does not apply `default_tags` to its `tag` blocks.
    """
    return frozenset((*_table()["types"], *_table()["newer_types"]))


@cache
def types_with_newer_tags() -> frozenset[str]:
    """Return the types of provider 5 that accept tags in `WITH_NEWER_TAGS` only, such as `aws_dx_gateway`."""
    return frozenset(_table()["types_with_newer_tags"])


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return table
