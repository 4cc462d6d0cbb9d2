"""Values that AWS rejects and the provider accepts. A reference is never rejected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.argument_rules.relations import relations
from plainwork_core.argument_rules.values import Problem, value_rules
from plainwork_core.hcl.expressions import is_token, scan


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


def _relation_problems(prefix: str, block: Mapping[str, Any], problems: Any) -> Iterator[str]:
    def value(name: str) -> Any:
        found = block.get(name)
        if any(map(_is_reference, _members(found))):
            raise _ReferenceError
        return found

    try:
        yield from (_sentence(prefix, problem) for problem in problems(value))
    except _ReferenceError:
        return


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
