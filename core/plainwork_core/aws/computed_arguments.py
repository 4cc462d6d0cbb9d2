"""The arguments of AWS resources that the provider computes or reads back if the configuration does not set them.

The table is `data/computed_arguments.json`, made from the provider's schema and its plans by
`tools/computed_arguments.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen

_DATA = FOLDER / "computed_arguments.json"


@frozen(slots=True)
class ComputedArguments:
    """The optional arguments and nested blocks of one resource type.

    Args:
        arguments: that the provider computes: attributes that are optional and computed.
        blocks: that the provider computes; a `dynamic` block may set them as well.
        own_blocks: that only the configuration sets.
    """

    arguments: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    own_blocks: frozenset[str] = frozenset()


NONE = ComputedArguments()
"""Of a type that the table does not have."""


@cache
def computed_arguments(type_: str) -> ComputedArguments:
    """Return the arguments of the resource type *type_*."""
    names = _table().get(type_)
    return ComputedArguments(**{key: frozenset(names[key]) for key in names}) if names else NONE


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    table: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, list[str]]] = table["types"]
    return found
