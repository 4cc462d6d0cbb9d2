"""Configurations and states of a resource as values, by the schema of its type, for `tools/redundant_plans.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tools.provider_plugin import UNKNOWN, Block, Names, Value

KNOWN = "a"
"""A string that most arguments accept."""
_LISTS = ("list", "set")


class MadeUp:
    """Made-up values.

    Args:
        string: the value of a string; `UNKNOWN` makes all values unknown.
        strings: the values of other strings, by path.
        added: the optional arguments that have a known value, and the nested blocks that are there, too.
    """

    def __init__(self, string: Value, strings: Mapping[Names, str], added: Sequence[str]) -> None:
        self._string, self._strings, self._added = string, strings, added

    def required(self, block: Block, path: Names, at: Names = ()) -> dict[str, Any]:
        """Return a block with its required arguments, and the nested blocks on a path.

        Args:
            block: its schema.
            path: the names of nested blocks in it.
            at: where it is itself.
        """
        body: dict[str, Any] = {}
        for name, attribute in block.get("attributes", {}).items():
            if attribute.get("required"):
                body[name] = self.value(attribute["type"], (*at, name))
            elif not at and name in self._added:
                body[name] = MadeUp(KNOWN, self._strings, ()).value(attribute["type"], (name,))
            else:
                body[name] = None
        for name, nested in block.get("block_types", {}).items():
            is_list, is_on_path = nested["nesting_mode"] in _LISTS, name in path[:1]
            is_added = not at and name in self._added
            if is_on_path or is_added or nested.get("min_items"):
                made_up = MadeUp(KNOWN, self._strings, ()) if is_added else self
                inner = made_up.required(nested["block"], path[1:] if is_on_path else (), (*at, name))
                body[name] = [inner] * max(1, nested.get("min_items", 0)) if is_list else inner
            else:
                body[name] = [] if is_list else None
        return body

    def filled(self, value: Value, block: Block, at: Names = (), *, is_sparse: bool) -> dict[str, Any]:
        """Return a planned block with values for what is known after apply; *is_sparse*: not for the arguments."""
        body: dict[str, Any] = {}
        for name, attribute in block.get("attributes", {}).items():
            if not _has_unknown(value[name]):
                body[name] = value[name]
            else:
                is_empty = is_sparse and attribute.get("optional")
                body[name] = None if is_empty else self.value(attribute["type"], (*at, name))
        for name, nested in block.get("block_types", {}).items():
            inner, inside = value[name], (nested["block"], (*at, name))
            if isinstance(inner, list):
                body[name] = [self.filled(item, *inside, is_sparse=is_sparse) for item in inner]
            elif inner == UNKNOWN:
                body[name] = []
            else:
                body[name] = inner and self.filled(inner, *inside, is_sparse=is_sparse)
        return body

    def value(self, type_: Any, at: Names) -> Value:
        """Return a value of a type."""
        if self._string == UNKNOWN:
            return UNKNOWN
        if isinstance(type_, str):
            return {"number": 1, "bool": True}.get(type_, self._strings.get(at, self._string))
        kind, inner = type_
        if kind == "object":
            return {name: self.value(member, (*at, name)) for name, member in inner.items()}
        return {"a": self.value(inner, at)} if kind == "map" else [self.value(inner, at)]


def proposed(block: Block, prior: Value, config: Value) -> Value:
    """Return the configuration with what the state has for the computed arguments that are not set, as Terraform does.

    Source: `ProposedNew` in https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plans/objchange/objchange.go.
    """
    if prior is None or config is None:
        return config
    body = dict(config)
    for name, attribute in block.get("attributes", {}).items():
        if attribute.get("computed") and config.get(name) is None:
            body[name] = prior[name]
    for name, nested in block.get("block_types", {}).items():
        inner, before = config.get(name), prior[name]
        if isinstance(inner, list):
            olds = [*(before or ()), *[None] * len(inner)][: len(inner)]
            pairs = [(old if _is_member(nested, old, new) else None, new) for old, new in zip(olds, inner, strict=True)]
            body[name] = [proposed(nested["block"], old, new) for old, new in pairs]
        else:
            body[name] = proposed(nested["block"], before, inner)
    return body


def _is_member(nested: Mapping[str, Any], old: Value, new: Value) -> bool:
    """Return whether a block of a configuration is the one of the state: in a set, what it sets is equal."""
    names = [name for name in nested["block"].get("attributes", {}) if new.get(name) is not None]
    return old is not None and (nested["nesting_mode"] != "set" or all(old[name] == new[name] for name in names))


def get(value: Value, path: Names) -> Value:
    """Return the value of an argument; `UNKNOWN` if there are several of its block, or none."""
    for name in path[:-1]:
        value = value[name]
        if isinstance(value, list):
            if len(value) != 1:
                return UNKNOWN
            (value,) = value
        if not isinstance(value, dict):
            return UNKNOWN
    return value[path[-1]]


def put(value: Value, path: Names, argument: Value) -> Value:
    """Return a copy of *value* with another value of an argument, in each of its blocks."""
    if isinstance(value, list):
        return [put(item, path, argument) for item in value]
    if not isinstance(value, dict):
        return value
    return value | {path[0]: put(value[path[0]], path[1:], argument) if path[1:] else argument}


def paths(block: Block) -> Iterator[Names]:
    """Yield the path of each nested block, and that of the block itself."""
    yield ()
    for name, nested in block.get("block_types", {}).items():
        if name != "timeouts":
            yield from ((name, *inner) for inner in paths(nested["block"]))


def attributes(block: Block, path: Names) -> Mapping[str, Mapping[str, Any]]:
    """Return the attributes of the nested block at a path."""
    for name in path:
        block = block["block_types"][name]["block"]
    found: Mapping[str, Mapping[str, Any]] = block.get("attributes", {})
    return found


def _has_unknown(value: Value) -> bool:
    if isinstance(value, dict):
        return any(map(_has_unknown, value.values()))
    return any(map(_has_unknown, value)) if isinstance(value, list) else bool(value == UNKNOWN)
