"""Rules between meta-arguments, and the names that `ignore_changes` lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plainwork.checks import addresses
from plainwork.checks.arguments import bodies
from plainwork.checks.values import wrong
from plainwork.errors import UndefinedReferenceError
from plainwork.references import checked_path
from plainwork_core.hcl.expressions import is_token
from plainwork_core.schema import BlockSchema

if TYPE_CHECKING:
    import re


def lifecycle_problems(arguments: Mapping[str, Any], schema: BlockSchema | None) -> Iterator[str]:
    """One sentence for each contradiction between meta-arguments, and for each ignored change to nothing.

    Args:
        arguments: what was given.
        schema: of the type, without the meta-arguments, which are no attributes; None where the type is unknown.
    """
    if arguments.get("count") is not None and arguments.get("for_each") is not None:
        yield "count and for_each exclude each other"
    each = arguments.get("for_each")
    if isinstance(each, bool | int | float | list | tuple) and not is_token(each):
        yield wrong(each, "a dict, a list of strings or an expression", "for_each")
    yield from _addresses(arguments.get("depends_on"), addresses.INSTANCE, "depends_on")
    for lifecycle in bodies(arguments.get("lifecycle")):
        yield from _addresses(lifecycle.get("replace_triggered_by"), addresses.PATH, "lifecycle.replace_triggered_by")
        yield from _ignored(lifecycle.get("ignore_changes"), schema)


def _addresses(given: Any, pattern: re.Pattern[str], path: str) -> Iterator[str]:
    for index, each in enumerate(given if isinstance(given, list | tuple) else ()):
        yield from addresses.problems(each, pattern, f"{path}[{index}]")


def _ignored(ignored: Any, schema: BlockSchema | None) -> Iterator[str]:
    path = "lifecycle.ignore_changes"
    if ignored is None or ignored == "all":
        return
    if not isinstance(ignored, list | tuple) or not all(isinstance(each, str) for each in ignored):
        yield wrong(ignored, "'all' or a list of attribute names", path)
        return
    for each in ignored:
        try:
            known = checked_path(path, each, schema)
        except UndefinedReferenceError as error:
            yield str(error)
            continue
        if known != each or "[*]" in known:
            yield f"{path}[{each!r}] must have constant indexes in brackets: write 'rule[0].id', or the whole 'rule'"
