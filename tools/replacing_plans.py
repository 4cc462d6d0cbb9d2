"""Plans of a change of each argument of a resource type, for `tools/replacing_arguments.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tools.block_values import proposed
from tools.provider_plugin import UNKNOWN, Block, Change, Names, Plugin, ProviderError
from tools.replacing_values import Argument, Config, State, Values, arguments, is_repeated, nested_blocks, size
from tools.valid_values import FORMS

WHOLE = "[]"
"""The end of the path of a block that is added or removed."""
CONDITION = "?"
"""The end of an argument that replaces the resource under conditions."""
_MOST_SPECIAL = 24
_LARGE = 180
"""Arguments of a type whose outermost blocks are planned as a whole, because one plan of all takes seconds."""
_ROUNDS = 4


class Changes:
    """Plans changes of resources of one type.

    Each change is planned over several states, because the provider may decide by other arguments: with all arguments
    and true or false, with the required ones, and with each value of an argument that has a list of them.

    Args:
        plugin: a running provider.
        type_: of the resources.
        block: its schema.
    """

    def __init__(self, plugin: Plugin, type_: str, block: Block) -> None:
        self._plugin, self._type, self._block = plugin, type_, block
        self._values = Values(block, self._invalid)
        self._changed: dict[Names, list[bool]] = defaultdict(list)
        self._added: dict[Names, list[bool]] = defaultdict(list)
        self._problems: dict[Names, set[str]] = defaultdict(set)
        self._is_large = size(block) > _LARGE
        self._hidden: Config = {}
        self._is_sparse = False
        self._states = self._usual_states()
        self._special = list(islice(self._special_states(), _MOST_SPECIAL))

    def effects(self) -> list[str]:
        """Return the arguments that force a replacement, with `?` if they do under conditions."""
        if self._states:
            self._plan(self._block, ())
        found = {path: self._effect(path) for path in {**self._changed, **self._added}}
        return sorted(f"{_written(path)}{effect}" for path, effect in found.items() if effect is not None)

    @property
    def not_planned(self) -> dict[str, list[str]]:
        """What the provider reports in place of plans, by argument; of the whole resource if it plans no change."""
        if not self._states:
            return {"": sorted(self._problems[()])}
        left = (path for path, found in self._problems.items() if path and found and not self._is_planned(path))
        return {_written(path): sorted(self._problems[path]) for path in left}

    def _is_planned(self, path: Names) -> bool:
        """Return whether a change of *path* has been planned, or of something in it."""
        return any(
            found and known[: len(path)] == path for known, found in (*self._changed.items(), *self._added.items())
        )

    def _effect(self, path: Names) -> str | None:
        changed, added = self._changed[path], self._added[path]
        if any(certain := changed or added) and all(certain):
            return ""
        return CONDITION if any((*changed, *added)) else None

    def _usual_states(self) -> list[State]:
        """Return states with all arguments and with the required ones, which is the last one."""
        truths = () if self._is_large else (True, False)
        for _ in range(_ROUNDS):
            configs = [*(self._values.whole(truth=truth) for truth in truths), self._values.required()]
            found = [state for config in configs if (state := self._stable_state(config))]
            learned = [text for text in self._problems.pop((), ()) if self._values.valid.learn((), text)]
            if not learned and (found or self._is_sparse):
                break
            self._is_sparse = not learned
        others = filter(None, map(self._stable_state, self._values.with_one_more()))
        return found or list(islice(others, 1)) or self._state_of_unknown()

    def _state_of_unknown(self) -> list[State]:
        """Return a state whose creation is planned with unknown values, because the provider asks AWS about others."""
        self._hidden = self._values.unknown()
        return [state] if (state := self._stable_state(self._values.required())) else []

    def _special_states(self) -> Iterator[tuple[str, State]]:
        """Yield a state with each value of each argument that has choices."""
        required = self._states[-1].config if self._states else {}
        for name, values in self._values.of_resource() if self._states else ():
            for value in values:
                if state := self._stable_state({**required, name: value}):
                    yield name, state

    def _plan(self, block: Block, prefix: Names) -> None:
        for name, attribute in arguments(block):
            if (path := (*prefix, name)) != ("id",):
                value = self._values.value(path, attribute["type"])
                others = tuple(self._values.others(path, attribute["type"], value))
                is_optional = not attribute.get("required") and not attribute.get("computed")
                argument = Argument(path, value, others, None, is_optional)
                self._plan_argument(argument)
                self._plan_others(argument)
        for name, nested in nested_blocks(block):
            self._plan_block((*prefix, name), nested)

    def _plan_block(self, path: Names, nested: Block) -> None:
        """Plan a change of a whole block, then of each argument in it if some change of it replaces the resource."""
        value, other, another = (self._values.block(path, nested, number=number) for number in (0, 1, 2))
        absent = [] if is_repeated(nested) else None
        is_optional = not nested.get("min_items")
        self._plan_argument(Argument(path, value, (other, another), absent, is_optional, is_block=True))
        if is_repeated(nested):
            self._plan_member(path, value, [*value, *other])
        added = self._added[*path, WHOLE] = self._added.pop(path, [])
        answers = self._changed.pop(path, [])
        if (any(answers) or not answers) and not self._is_large:
            self._plan(nested["block"], path)
        inner = [found for known, found in self._changed.items() if known[: len(path)] == path]
        if not all(answers):
            for found in filter(None, inner):
                found.append(False)  # there is a state in which no change of the block replaces the resource
        if any(answers) and not any(map(any, inner)):
            added += [True, False]

    def _plan_member(self, path: Names, one: Any, both: Any) -> None:
        """Plan one block more and one less."""
        for before, after in ((one, both), (both, one)):
            if state := self._state(self._values.with_value(self._states[-1].config, path, before), path):
                self._added[path] += self._replaced(state, path, after)

    def _plan_argument(self, argument: Argument) -> None:
        if len(argument.path) > 1:
            states = reversed(self._states)
            while not self._changed[argument.path] and (state := next(states, None)):
                self._plan_from(state, argument, argument.others, is_optional=argument.is_optional)
        else:
            for state in self._states:
                self._plan_from(state, argument, argument.others, is_optional=argument.is_optional)
            self._plan_special(argument)
        if self._changed[argument.path] and (not isinstance(argument.value, str) or len(argument.path) == 1):
            self._plan_back(argument)

    def _plan_special(self, argument: Argument) -> None:
        is_optional = argument.is_optional and not isinstance(argument.value, str)
        others = tuple(
            other for place, other in enumerate(argument.others) if not place or other == [] or argument.is_block
        )
        for name, state in self._special:
            if name != argument.path[0]:
                self._plan_from(state, argument, others, is_optional=is_optional)

    def _plan_others(self, argument: Argument) -> None:
        """Plan other values of an argument for which no plan has a replacement, or a change at all."""
        path, state = argument.path, self._states[-1]
        for value, *others in FORMS if isinstance(argument.value, str) else ():
            if self._changed[path]:
                break
            if state_of_form := self._state(self._values.with_value(state.config, path, value), path):
                self._plan_from(state_of_form, argument, tuple(others), is_optional=False)
        if not any(self._changed[path]):
            changed = self._changed.pop(path, [])
            for start in reversed(self._states):
                self._plan_from(start, argument, (UNKNOWN,), is_optional=False)
            self._added[path] += self._changed.pop(path, [])
            self._changed[path] = changed
        if not self._changed[path] and not self._added[path]:
            self._problems[path].add("no plan has the change")

    def _plan_back(self, argument: Argument) -> None:
        """Plan changes from each other value of a text, a number or a bool."""
        for value in argument.others if isinstance(argument.value, str | int) else ():
            config = self._values.with_value(self._states[-1].config, argument.path, value)
            if state := self._state(config, argument.path):
                self._plan_from(state, argument, (argument.value, *argument.others), is_optional=argument.is_optional)

    def _plan_from(self, state: State, argument: Argument, others: tuple[Any, ...], *, is_optional: bool) -> None:
        path, start = argument.path, state
        present = _at(state.config, path)
        if present in (None, []):
            if is_optional and len(path) == 1:
                self._added[path] += self._replaced(state, path, argument.value)
            with_value = self._state(self._values.with_value(state.config, path, argument.value), path)
            if with_value is None:
                return
            start = with_value
        answers = [answer for other in others if other != present for answer in self._replaced(start, path, other)]
        self._changed[path] += [any(answers)] if argument.is_block and answers else answers
        if is_optional:
            self._added[path] += self._replaced(start, path, argument.absent)

    def _replaced(self, state: State, path: Names, value: Any) -> list[bool]:
        """Return whether another value replaces the resource; nothing if it changes nothing for the provider."""
        change = self._change(state.values, self._values.with_value(state.config, path, value), path)
        if change is None:
            return []
        if change.replacing:
            return [True] if self._is_stable(state, path) else []
        return [False] if change.planned[path[0]] != state.values[path[0]] else []

    def _state(self, config: Config, path: Names) -> State | None:
        """Return the resource that *config* makes; `None` if the provider does not plan it."""
        if (created := self._change(None, config, path)) is None and self._hidden:
            created = self._change(None, {**config, **self._hidden}, path)
        return State(config, self._values.known(created.planned, is_sparse=self._is_sparse)) if created else None

    def _stable_state(self, config: Config) -> State | None:
        return state if (state := self._state(config, ())) and self._is_stable(state, ()) else None

    def _is_stable(self, state: State, path: Names) -> bool:
        """Return whether the provider leaves *state* as it is without a change."""
        if state.is_stable is None:
            change = self._change(state.values, state.config, path)
            state.is_stable = change is not None and not change.replacing
            if change and change.replacing:
                self._problems[path].add(f"replaced without a change: {sorted(change.replacing)}")
        return state.is_stable

    def _change(self, prior: Config | None, config: Config, path: Names) -> Change | None:
        """Return the plan of *config*; `None` if there is none, which is a problem of the argument at *path*."""
        try:
            return self._plugin.change(self._type, prior, proposed(self._block, prior, config), config)
        except ProviderError as error:
            self._problems[path].update(map(str, error.args))
            return None

    def _invalid(self, config: Config) -> list[tuple[Names, str]]:
        try:
            return self._plugin.problems(self._type, config)
        except ProviderError:
            return []


def _written(path: Names) -> str:
    return ".".join(path).replace(f".{WHOLE}", WHOLE)


def _at(config: Config, path: Names) -> Any:
    found: Any = config
    for name in path:
        found = found[0] if isinstance(found, list) and found else found
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
