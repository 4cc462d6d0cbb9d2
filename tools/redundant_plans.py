"""Plans with and without an argument, for `tools/redundant_arguments.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.block_values import KNOWN, MadeUp, Names, attributes, get, paths, proposed, put
from tools.provider_plugin import UNKNOWN, Block, Plugin, ProviderError, StoppedError, Value

_EMPTY: Mapping[str, Value] = {"string": "", "bool": False, "list": [], "set": [], "map": {}}
"""Values that may be the same as none by type. A number 0 is one that a person writes: a threshold, a port."""
_ARN = "arn:aws:iam::123456789012:role/probe"
_STRINGS = (KNOWN, _ARN, "{}", "10.0.0.0/16", "2030-01-01T00:00:00Z")
"""Values of strings in a state; the first is taken that the provider accepts."""
_FORMS = ((re.compile(r"Valid Values: \[(\S+?)[\s\]]"), ""), (re.compile("ARN"), _ARN), (re.compile("JSON"), "{}"))
"""What errors say about a value, and the value to take; an empty one is in the error."""
_PATH = re.compile(r"Path: (\S+)")
_REQUIREMENT = re.compile(r"^(.*?) (?:must be|is required)", re.MULTILINE)
_TOGETHER = re.compile(r'all of `([^`]*)` must be specified|Attribute "(\S+)" must be specified when')
_INDEX = re.compile(r"\[.*?\](?=\.|$)")
_ADDED = {"aws_dynamodb_table": ("attribute", "hash_key", "read_capacity", "write_capacity")}
"""What a type requires, although neither its schema nor an error names all of it."""
_TRIES = 5
_BLOCKS, _LARGE = 100, 500
"""Nested blocks of a type: of one with more, only its own arguments are planned; of a large one, none, because a plan
takes up to a minute."""


@dataclass(frozen=True)
class Redundant:
    """An argument that may be omitted if it has its default, or is empty.

    Args:
        path: of the argument.
        default: the value in the plan without the argument; None if it is not set there.
    """

    path: str
    default: Value


def redundant_arguments(
    executable: Path, schema: Mapping[str, Any], progress: Callable[[str], None]
) -> dict[str, list[Redundant]]:
    """Return the arguments that may be omitted by resource type.

    Args:
        executable: the provider.
        schema: of the provider, from `terraform providers schema`.
        progress: called with a line after each hundredth type.
    """
    found: dict[str, list[Redundant]] = {}
    with Plugin(executable, schema) as plugin:
        for type_, each in schema["resource_schemas"].items():
            found[type_] = list(Resource(plugin, type_, each["block"]).redundant())
            if len(found) % 100 == 0:
                progress(f"{len(found)} types")
    return found


class Resource:
    """Plans of one resource type.

    Args:
        plugin: the provider.
        type_: of the resource.
        block: its schema.
    """

    def __init__(self, plugin: Plugin, type_: str, block: Block) -> None:
        self._plugin, self._type, self._block = plugin, type_, block
        self._strings: dict[Names, str] = {}
        self._added = list(_ADDED.get(type_, ()))

    def redundant(self) -> Iterator[Redundant]:
        """Yield the arguments that may be omitted."""
        for path in self._planned_blocks():
            optional = self._optional(path)
            in_block = self._in_block(path, list(optional))
            for at, attribute in optional.items() if in_block else ():
                created = get(in_block.created, at)
                value = _candidate(attribute, created)
                other = _other(value, attribute["type"])
                is_planned = value is not None and ".".join(at) not in self._added
                if is_planned and in_block.is_redundant(at, value, other):
                    yield Redundant(".".join(at), created)

    def _planned_blocks(self) -> Sequence[Names]:
        blocks = list(paths(self._block))
        return () if len(blocks) > _LARGE else blocks if len(blocks) <= _BLOCKS else blocks[:1]

    def planned(self, prior: Value, config: Value) -> Value:
        """Return the plan for a state and a configuration."""
        return self._plugin.plan(self._type, prior, proposed(self._block, prior, config), config)

    def errors(self, config: Value) -> set[str]:
        """Return the errors in a configuration."""
        return self._plugin.validate(self._type, config)

    def _optional(self, path: Names) -> dict[Names, Mapping[str, Any]]:
        """Return the optional arguments of a block."""
        found = attributes(self._block, path).items()
        return {(*path, name): each for name, each in found if each.get("optional") and not each.get("write_only")}

    def _in_block(self, path: Names, names: Sequence[Names]) -> _InBlock | None:
        """Return the plans that have the required arguments and the nested blocks on a path only."""
        required = self._accepted(UNKNOWN, path)
        if required is None:
            return None
        for string in (*_STRINGS, UNKNOWN):
            for is_sparse in (False, True):
                if in_block := self._with_state(path, names, required, string, is_sparse=is_sparse):
                    return in_block
        return None

    def _with_state(
        self, path: Names, names: Sequence[Names], required: Value, string: Value, *, is_sparse: bool
    ) -> _InBlock | None:
        for _ in range(_TRIES):
            config = self._accepted(string, path)
            if config is None:
                return None
            made_up = MadeUp(KNOWN if string == UNKNOWN else string, self._strings, self._added)
            state = made_up.filled(self.planned(None, config), self._block, is_sparse=is_sparse) | {"id": "probe"}
            try:
                return _InBlock(self, names, required, state, config)
            except ProviderError as error:
                if not self._is_corrected(error):
                    return None
        return None

    def _accepted(self, string: Value, path: Names) -> Value:
        """Return a configuration that can be planned, with other values for what errors name; None if there is none."""
        for _ in range(_TRIES):
            config = MadeUp(string, self._strings, self._added).required(self._block, path)
            try:
                self.planned(None, config)
            except StoppedError:
                return None
            except ProviderError as error:
                if not self._is_corrected(error):
                    return None
            else:
                return config
        return None

    def _is_corrected(self, errors: ProviderError) -> bool:
        """Take other values for what errors name, and return whether there is something to try."""
        before = (dict(self._strings), list(self._added))
        for error in errors.args:
            path = _PATH.search(error)
            form = next(((found, value) for form, value in _FORMS if (found := form.search(error))), None)
            if path and form:
                self._strings[tuple(_INDEX.sub("", path[1]).split("."))] = form[1] or form[0][1]
            words = [word for named in _REQUIREMENT.findall(error) for word in re.findall(r"\w+", named)]
            self._added += [name for (name,) in self._optional(()) if name in words and name not in self._added]
        return before != (self._strings, self._added)


class _InBlock:
    """Plans with and without each argument of one block.

    Args:
        resource: of a type.
        names: of the arguments, with the path of the block.
        required: a configuration with unknown values for the required arguments.
        state: a deployed resource.
        config: its configuration.
    """

    def __init__(
        self, resource: Resource, names: Sequence[Names], required: Value, state: Value, config: Value
    ) -> None:
        self._resource, self._required, self._state, self._config = resource, required, state, config
        self.created = resource.planned(None, required)
        self._errors = resource.errors(required)
        resource.planned(state, config)
        self._together = {name for at in names for name in self._required_with(at)}

    def is_redundant(self, at: Names, value: Value, other: Value) -> bool:
        """Return whether plans and errors are the same without the argument at a path.

        Args:
            at: the path.
            value: of the argument.
            other: another value, of a deployed resource.
        """
        with_it = put(self._required, at, value)
        try:
            if at[-1] in self._together or self._resource.errors(with_it) != self._errors:
                return False
            created = self._resource.planned(None, with_it)
            return put(created, at, value) == put(self.created, at, value) and self._keeps(at, value, other)
        except ProviderError:
            return False

    def _required_with(self, at: Names) -> Iterator[str]:
        """Yield the arguments that the one at a path requires."""
        for error in self._resource.errors(put(self._required, at, UNKNOWN)) - self._errors:
            for found in _TOGETHER.finditer(error):
                yield from re.findall(r"(\w+)(?=,|$)", found[1] or found[2])

    def _keeps(self, at: Names, value: Value, other: Value) -> bool:
        """Return whether a deployed resource keeps *value*, and gets it if it has *other*, without the argument."""
        planned, with_it = self._resource.planned, put(self._config, at, value)
        same, different = (put(self._state, at, one) for one in (value, other))
        kept = planned(same, self._config)
        if get(kept, at) != value or kept != planned(same, with_it):
            return False
        reset = planned(different, self._config)
        return get(reset, at) in (value, None) and put(reset, at, value) == put(planned(different, with_it), at, value)


def _candidate(attribute: Mapping[str, Any], created: Value) -> Value:
    """Return the value that an argument may have without being set; None if there is none."""
    if created == UNKNOWN:
        return None
    if created is not None:
        return created if not created or isinstance(created, str | bool | int | float) else None
    kind = attribute["type"] if isinstance(attribute["type"], str) else attribute["type"][0]
    return None if attribute.get("computed") else _EMPTY.get(kind)


def _other(value: Value, type_: Any) -> Value:
    """Return another value of a type: a list or a map that is not empty."""
    match value:
        case bool():
            return not value
        case str():
            return "other"
        case int() | float():
            return value + 7
    return MadeUp("other", {}, ()).value(type_, ())
