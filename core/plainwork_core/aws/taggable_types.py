"""The resource types of the AWS provider that accept tags.

The table is `data/taggable_types.json`, made from the provider's schema by `tools/taggable_types.py`.
"""

from __future__ import annotations

import json
from functools import cache

from plainwork_core.data_files import FOLDER

_DATA = FOLDER / "taggable_types.json"


@cache
def taggable_types() -> frozenset[str]:
    """Return the types with `tags` and `tags_all`, to which the provider applies `default_tags`.

    `aws_autoscaling_group` is not one of them: the provider does not apply `default_tags` to its `tag` blocks.
    """
    return frozenset(json.loads(_DATA.read_text(encoding="utf-8"))["types"])
