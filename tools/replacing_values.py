"""Made-up values for plans of `tools/replacing_plans.py`: configurations, the states that they make, and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.provider_plugin import UNKNOWN, Block, Names
from tools.valid_values import NAMED, ValidValues

Config = Mapping[str, Any]
_LARGE = 200
"""Arguments of a nested block that is left out of a configuration with all arguments."""
_PLAIN = ("a", "b")


@dataclass
class State:
    """A resource.

    Args:
        config: its arguments.
        values: its attributes.
        is_stable: whether it stays as it is without a change; `None` if that has not been planned.
    """

    config: Config
    values: Config
    is_stable: bool | None = None


@dataclass(frozen=True)
class Argument:
    """An argument or a nested block.

    Args:
        path: its path.
        value: one value.
        others: other values.
        absent: what it is if it is not set.
        is_optional: whether it can be added and removed, and the provider has no value for it then.
        is_block: whether it is a nested block.
    """

    path: Names
    value: Any
    others: tuple[Any, ...]
    absent: Any
    is_optional: bool
    is_block: bool = False


class Values:
    """Values of the arguments of one resource type.

    Args:
        block: its schema.
        problems: returns what the provider finds invalid in a configuration, by the path of the argument.
    """

    def __init__(self, block: Block, problems: Callable[[Config], Iterable[tuple[Names, str]]]) -> None:
        self._block = block
        self.valid = ValidValues()
        for config in self._each():
            for path, text in problems(config):
                self.valid.learn(path, text)

    def of_resource(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield name and choices of each text argument that is not in a block."""
        attributes = self._block["attributes"]
        for path, values in self.valid:
            if len(path) == 1 and attributes.get(path[0], {}).get("type") == "string":
                yield path[0], values

    def with_one_more(self) -> Iterator[Config]:
        """Yield configurations with the required arguments and one other, or another value."""
        required = self.required()
        for path, values in self.valid:
            if self._is_text(path):
                yield from (self.with_value(required, path, value) for value in values)
        yield from self._with_optional(self._block, ())

    def _is_text(self, path: Names) -> bool:
        block: Block | None = self._block
        for name in path[:-1]:
            block = block["block_types"].get(name, {}).get("block") if block and "block_types" in block else None
        return block is not None and block.get("attributes", {}).get(path[-1], {}).get("type") == "string"

    def _with_optional(self, block: Block, prefix: Names) -> Iterator[Config]:
        for name, attribute in arguments(block):
            if not attribute.get("required"):
                path = (*prefix, name)
                yield self.with_value(self.required(), path, self.value(path, attribute["type"]))
        for name, nested in nested_blocks(block):
            path = (*prefix, name)
            if nested.get("min_items"):
                yield from self._with_optional(nested["block"], path)
            else:
                yield self.with_value(self.required(), path, self.block(path, nested))

    def _each(self) -> Iterator[Config]:
        """Yield configurations with all arguments, and with each one alone: some are invalid together."""
        yield self.whole(truth=True)
        yield self.required()
        for name, attribute in arguments(self._block):
            yield self.required() | {name: self.value((name,), attribute["type"])}
        for name, nested in nested_blocks(self._block):
            yield self.required() | {name: self.block((name,), nested)}

    def whole(self, *, truth: bool) -> dict[str, Any]:
        """Return a configuration with all arguments.

        Args:
            truth: the value of each bool.
        """
        return self._filled(self._block, (), truth=truth, is_whole=True)

    def required(self) -> dict[str, Any]:
        """Return a configuration with the required arguments."""
        return self._filled(self._block, (), truth=True, is_whole=False)

    def unknown(self) -> dict[str, Any]:
        """Return the required arguments, all of which are known after apply."""
        return {name: UNKNOWN for name, attribute in arguments(self._block) if attribute.get("required")}

    def value(self, path: Names, type_: Any, *, truth: bool = True, number: int = 0) -> Any:
        """Return a value of *type_*; another one for another *number*."""
        if type_ == "string":
            values = self.valid[path] or next((found for name, found in NAMED.items() if name in path[-1]), _PLAIN)
            return values[number % len(values)]
        if isinstance(type_, str):
            return {"number": (1, 2, 3)[(number - (not truth)) % 3], "bool": truth ^ bool(number % 2)}.get(type_)
        kind, inner = type_
        if kind == "object":
            return {
                name: self.value((*path, name), member, truth=truth, number=number) for name, member in inner.items()
            }
        value = self.value(path, inner, truth=truth, number=number)
        return {"a": value} if kind == "map" else [value]

    def others(self, path: Names, type_: Any, value: Any) -> Iterator[Any]:
        """Yield other values of *type_* than *value*."""
        found = [self.value(path, type_, number=number) for number in range(max(3, len(self.valid[path])))]
        if type_ == "string" and len(self.valid[path]) == 1:
            found += _PLAIN
        seen = [value]
        for other in found:
            if other not in seen:
                seen.append(other)
                yield other
        if isinstance(value, list):
            yield from ([*value, *found[1]], [])
        if isinstance(value, dict) and type_[0] == "map":
            yield value | {"b": found[1]["a"]}

    def block(self, path: Names, nested: Block, *, number: int = 0) -> Any:
        """Return a nested block with all arguments; another one for another *number*."""
        inner = self._filled(nested["block"], path, truth=True, is_whole=True, number=number)
        return [inner] if is_repeated(nested) else inner

    def with_value(self, config: Config, path: Names, value: Any) -> dict[str, Any]:
        """Return *config* with another value of one argument; blocks around it get their required arguments."""
        return self._with_value(config, self._block, (), path, value)

    def _with_value(self, config: Config, block: Block, prefix: Names, path: Names, value: Any) -> dict[str, Any]:
        name = path[0]
        if len(path) == 1:
            return {**config, name: value}
        nested, here = block["block_types"][name], (*prefix, name)
        present = config[name]
        inner = (present[0] if present else None) if is_repeated(nested) else present
        inner = inner or self._filled(nested["block"], here, truth=True, is_whole=False)
        changed = self._with_value(inner, nested["block"], here, path[1:], value)
        return {**config, name: [changed] if is_repeated(nested) else changed}

    def known(self, planned: Config, *, is_sparse: bool = False) -> dict[str, Any]:
        """Return a state with what is known only after apply; *is_sparse*: not for optional arguments."""
        found = self._known(planned, self._block, (), is_sparse=is_sparse)
        return found | ({"id": "probe"} if "id" in planned else {})

    def _known(self, planned: Config, block: Block, prefix: Names, *, is_sparse: bool) -> dict[str, Any]:
        found = dict(planned)
        for name, attribute in block.get("attributes", {}).items():
            is_result = not (attribute.get("required") or (attribute.get("optional") and not is_sparse))
            is_absent = planned[name] is UNKNOWN and is_result
            found[name] = None if is_absent else self._known_value(planned[name], attribute["type"], (*prefix, name))
        for name, nested in block.get("block_types", {}).items():
            here, members = (*prefix, name), planned[name]
            if members is UNKNOWN:
                found[name] = empty(block)[name]
            elif isinstance(members, list):
                found[name] = [self._known(member, nested["block"], here, is_sparse=is_sparse) for member in members]
            elif isinstance(members, Mapping):
                found[name] = self._known(members, nested["block"], here, is_sparse=is_sparse)
        return found

    def _known_value(self, value: Any, type_: Any, path: Names) -> Any:
        if value is UNKNOWN:
            return self.value(path, type_)
        if isinstance(value, list) and isinstance(type_, list):
            return [self._known_value(member, type_[1], path) for member in value]
        if isinstance(value, Mapping) and isinstance(type_, list):
            inner = {name: type_[1][name] if type_[0] == "object" else type_[1] for name in value}
            return {name: self._known_value(member, inner[name], path) for name, member in value.items()}
        return value

    def _filled(self, block: Block, path: Names, *, truth: bool, is_whole: bool, number: int = 0) -> dict[str, Any]:
        found = empty(block)
        for name, attribute in arguments(block):
            if attribute.get("required") or (is_whole and (path or name != "id")):
                found[name] = self.value((*path, name), attribute["type"], truth=truth, number=number)
        for name, nested in nested_blocks(block):
            if nested.get("min_items") or (is_whole and size(nested["block"]) < _LARGE):
                inner = self._filled(nested["block"], (*path, name), truth=truth, is_whole=is_whole, number=number)
                found[name] = [inner] if is_repeated(nested) else inner
        return found


def empty(block: Block) -> dict[str, Any]:
    """Return the attributes and nested blocks of a schema, none of which is set."""
    blocks = block.get("block_types", {}).items()
    return dict.fromkeys(block.get("attributes", ())) | {name: _absent(nested) for name, nested in blocks}


def _absent(nested: Block) -> list[Any] | None:
    return [] if is_repeated(nested) else None


def arguments(block: Block) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield name and schema of each argument that a state keeps."""
    for name, attribute in block.get("attributes", {}).items():
        if (attribute.get("required") or attribute.get("optional")) and not attribute.get("write_only"):
            yield name, attribute


def nested_blocks(block: Block) -> Iterator[tuple[str, Block]]:
    """Yield name and schema of each nested block."""
    return ((name, nested) for name, nested in block.get("block_types", {}).items() if name != "timeouts")


def is_repeated(nested: Block) -> bool:
    """Return whether a nested block is a list or a set of blocks."""
    return nested["nesting_mode"] in ("list", "set")


def size(block: Block) -> int:
    """Return the number of arguments in a block and in those in it."""
    return sum(1 for _ in arguments(block)) + sum(size(nested["block"]) for _, nested in nested_blocks(block))
