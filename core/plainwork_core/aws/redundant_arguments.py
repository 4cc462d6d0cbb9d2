"""The values with which an argument of an AWS resource may be omitted: the provider plans the same without it.

The table is `data/redundant_arguments.json`, made from the plans of the provider by `tools/redundant_arguments.py`.
What it does not have is not known: it never means that an argument has an effect.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen

_FILE = "redundant_arguments.json"
_OLDER, _NEWEST = 5, 6
"""The major versions of the provider that the table is about."""


@frozen(slots=True)
class RedundantArguments:
    """The arguments of a resource type that may be omitted, by their path without indices, such as `ingress.self`.

    Args:
        defaults: with their defaults, which the plan has without them.
        empty: those that may be omitted if they are `false`, `""`, `[]` or `{}`; without them they are null.
    """

    defaults: Mapping[str, str | bool | int | float]
    empty: Collection[str]

    def has(self, path: str, value: object, *, is_read: bool = False) -> bool:
        """Return whether an argument may be omitted if it has *value*.

        Args:
            path: of the argument.
            value: of the argument, in the type of its schema.
            is_read: whether an expression refers to the argument, which would then be null.
        """
        if path in self.defaults:
            default = self.defaults[path]
            return isinstance(value, bool) == isinstance(default, bool) and value == default
        return path in self.empty and not is_read and value is not None and not value


NONE = RedundantArguments({}, ())
"""Of a type or version that the table does not have."""


@cache
def redundant_arguments(type_: str, major: int) -> RedundantArguments:
    """Return the arguments of a resource type.

    Args:
        type_: such as `aws_sqs_queue`.
        major: version of the provider. The arguments of the newest one have the same defaults in the older one.
    """
    row = _table().get(type_)
    if row is None or major not in (_OLDER, _NEWEST):
        return NONE
    changed = row.get("older", ()) if major == _NEWEST else ()
    defaults = {path: value for path, value in row.get("defaults", {}).items() if path not in changed}
    return RedundantArguments(defaults, frozenset(row.get("empty", ())).difference(changed))


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, Any] = json.loads((FOLDER / _FILE).read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, Any]] = table["types"]
    return found
