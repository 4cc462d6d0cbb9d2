"""Reader of `data "aws_iam_policy_document"`, which merges documents as the provider does.

The order is: source documents, statements of the data source, override documents. A statement with a `sid` replaces an
earlier one with the same `sid`; every other statement is added at the end. Within the data source, a `sid` is unique:
the provider rejects a duplicate.
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from plainwork_core.iam.grammar import text, texts
from plainwork_core.iam.statement import (
    CURRENT_VERSION,
    FIELDS,
    Condition,
    Document,
    Principal,
    Statement,
    Text,
    Texts,
    hidden,
)
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import PartialString, Unknown, Value, blocks

Read = Callable[[Value, Resource], list[Statement]]
_ARGUMENTS = {**FIELDS, "Condition": "condition"}
"""The argument of a `statement` block for each element: the field of `Statement`, except that of a nested block."""


def read_data_source(data: Resource, document: Document, read: Read) -> list[Statement]:
    """Return the statements of *data*, a `data "aws_iam_policy_document"`, as those of *document*.

    Args:
        data: the data source. The location of a statement is its `statement` block.
        document: the document of the statements.
        read: reads a document that *data* refers to: a JSON string or a reference to another data source.
    """
    merged: list[Statement] = []
    for source, sensitive in _documents(data, "source_json", "source_policy_documents"):
        _merge(merged, _marked(read(source, data), sensitive))
    _merge(merged, [_read_block(data, document, index, block) for index, block in enumerate(data.blocks("statement"))])
    for override, sensitive in _documents(data, "override_policy_documents", "override_json"):
        _merge(merged, _marked(read(override, data), sensitive))
    version = data.get("version")
    written = CURRENT_VERSION if version is None else text(version)
    return [replace(statement, index=index, version=written) for index, statement in enumerate(merged)]


def _documents(data: Resource, *arguments: str) -> Iterator[tuple[Value, str | None]]:
    for argument in arguments:
        found = data.get(argument)
        if documents := found if isinstance(found, list) else [found] if found not in (None, "") else []:
            sensitive = _sensitive(data, argument)
            yield from ((document, sensitive) for document in documents)


def _marked(statements: list[Statement], sensitive: str | None) -> list[Statement]:
    return [replace(statement, sensitive=sensitive) for statement in statements] if sensitive else statements


def _sensitive(data: Resource, path: str) -> str | None:
    """Return the sensitive argument of *data* that is at *path*, around it or in it."""
    inside = (other for other in sorted(data.sensitive) if other.startswith(f"{path}."))
    found = data.sensitive_part(path) or next(inside, None)
    return f"{data.address}.{found}" if found else None


def _merge(merged: list[Statement], later: Iterable[Statement]) -> None:
    number = len(merged)
    by_sid = {earlier.sid: index for index, earlier in reversed(list(enumerate(merged)))}
    for statement in later:
        if isinstance(statement.sid, Unknown):
            merged[:number] = [_perhaps_replaced(earlier, statement.sid) for earlier in merged[:number]]
            merged.append(statement)
        elif statement.sid and statement.sid in by_sid:
            merged[by_sid[statement.sid]] = statement
        else:
            merged.append(statement)


def _perhaps_replaced(statement: Statement, why: Unknown) -> Statement:
    """Return *statement* before a statement that could not be read, which replaces it if both have the same `sid`."""
    return statement if statement.sid == "" else replace(statement, effect=why)


def _read_block(data: Resource, document: Document, index: int, block: Value) -> Statement:
    location = data.at(f"statement.{index}")
    if isinstance(block, Unknown):
        return hidden(document, location, block, index)
    return Statement(
        document=document,
        location=location,
        index=index,
        sid=_one(block, "sid"),
        effect=_one(block, "effect", default="Allow"),
        actions=_many(block, "actions"),
        not_actions=_many(block, "not_actions"),
        resources=_many(block, "resources"),
        not_resources=_many(block, "not_resources"),
        principals=tuple(_principals(block, "principals")),
        not_principals=tuple(_principals(block, "not_principals")),
        conditions=tuple(_conditions(block)),
        elements={element: data.at(f"statement.{index}.{name}") for element, name in _ARGUMENTS.items()},
        sensitive=_sensitive(data, f"statement.{index}"),
        empty=frozenset(element for element, name in _ARGUMENTS.items() if _is_empty(block, name)),
    )


def _is_empty(block: dict[str, Any], name: str) -> bool:
    """Return whether an argument, or each of its blocks, has no members."""
    found = block.get(name)
    if not isinstance(found, list):
        return False
    return all(isinstance(member, dict) and member.get("identifiers") == [] for member in found)


def _principals(block: dict[str, Any], name: str) -> Iterator[Principal]:
    for member in blocks(block, name):
        if isinstance(member, Unknown):
            yield Principal(member, member)
        else:
            type_ = _one(member, "type")
            yield from (Principal(type_, value) for value in _many(member, "identifiers"))


def _conditions(block: dict[str, Any]) -> Iterator[Condition]:
    for member in blocks(block, "condition"):
        if isinstance(member, Unknown):
            yield Condition(member, member, (member,))
        else:
            yield Condition(_one(member, "test"), _one(member, "variable"), _many(member, "values"))


def _one(block: dict[str, Any], name: str, default: str = "") -> Text:
    found = block.get(name)
    return _policy_variables(default if found is None else text(found))


def _many(block: dict[str, Any], name: str) -> Texts:
    found = block.get(name)
    if found is not None and not isinstance(found, (list, Unknown)):
        return (Unknown(f"`{name}` is not a list"),)
    return tuple(_policy_variables(member) for member in texts(found))


def _policy_variables(found: Text) -> Text:
    """Replace the form of policy variables in a data source, `&{aws:username}`, by that of IAM, `${aws:username}`."""
    if isinstance(found, PartialString):
        return replace(found, parts=tuple(_policy_variables(part) for part in found.parts))
    return found if isinstance(found, Unknown) else found.replace("&{", "${")
