"""Values that AWS rejects and the provider accepts. A reference is never rejected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.argument_rules.relations import Problems, relations
from plainwork_core.argument_rules.values import Problem, value_rules
from plainwork_core.hcl.expressions import is_token, scan
from plainwork_core.model.conversion import as_number, as_string


class _ReferenceError(Exception):
    """The value is known only to Terraform."""


def value_problems(type_: str, body: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each value, or pair of values, that AWS rejects.

    Args:
        type_: the resource type.
        body: its arguments in Terraform's JSON syntax.
    """
    for path, rule in value_rules(type_).items():
        *names, name = path.split(".")
        for prefix, block in _blocks(body, names):
            for value in _members(block.get(name)):
                if not _is_reference(value) and (problem := rule.problem(name, value)):
                    yield _sentence(prefix, problem)
    for relation in relations(type_):
        for prefix, block in _blocks(body, relation.block.split(".") if relation.block else []):
            yield from _relation_problems(prefix, block, relation.problems)


def _relation_problems(prefix: str, block: Mapping[str, Any], problems: Problems) -> Iterator[str]:
    try:
        yield from (_sentence(prefix, problem) for problem in problems(_Arguments(block)))
    except _ReferenceError:
        return


class _Arguments:
    def __init__(self, block: Mapping[str, Any]) -> None:
        self._block = block

    def __getitem__(self, name: str) -> _Argument:
        return _Argument(self._block.get(name))


class _Argument:
    def __init__(self, value: Any) -> None:
        if any(map(_is_reference, _members(value))):
            raise _ReferenceError
        self._value = value

    def string(self, default: None) -> str | None:
        return default if self._value is None else as_string(self._value)

    def number(self, default: None) -> int | float | None:
        return default if self._value is None else as_number(self._value)

    def strings(self) -> list[str]:
        return self._value if isinstance(self._value, list) else []


def _sentence(prefix: str, problem: Problem) -> str:
    return f"{problem.message.replace('`', f'`{prefix}', 1)}. {problem.remedy}"


def _blocks(body: Any, names: list[str], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each block at a path, with the beginning of the paths of its arguments: `rule[0].`."""
    if not isinstance(body, Mapping):
        return
    if not names:
        yield prefix, body
        return
    nested = body.get(names[0])
    if isinstance(nested, list):
        for index, block in enumerate(nested):
            yield from _blocks(block, names[1:], f"{prefix}{names[0]}[{index}].")
    else:
        yield from _blocks(nested, names[1:], f"{prefix}{names[0]}.")


def _members(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_reference(value: Any) -> bool:
    return is_token(value) or (isinstance(value, str) and scan(value).interpolates)
