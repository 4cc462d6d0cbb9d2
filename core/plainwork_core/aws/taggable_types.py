"""The resource types of the AWS provider that accept tags.

The table is `data/taggable_types.json`, made by `tools/taggable_types.py` from the schema of the provider 5.100.0 and,
for the types that it does not have, from the bindings of a newer one.
"""

from __future__ import annotations

import json
from functools import cache

from plainwork_core.data_files import FOLDER

_DATA = FOLDER / "taggable_types.json"


@cache
def taggable_types() -> frozenset[str]:
    """Return the types with `tags` and `tags_all`, to which the provider applies `default_tags`.

    A type that accepts tags only in newer providers, such as `aws_dx_gateway`, is not one of them.
    `aws_autoscaling_group` is not one of them either: the provider does not apply `default_tags` to its `tag` blocks.
    """
    table = json.loads(_DATA.read_text(encoding="utf-8"))
    return frozenset((*table["types"], *table["newer_types"]))
