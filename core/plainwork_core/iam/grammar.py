"""Reader of policy documents in JSON.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from plainwork_core.hcl.read.json_argument import json_argument
from plainwork_core.iam.statement import (
    FIELDS,
    FORMER_VERSION,
    Condition,
    Document,
    Principal,
    Statement,
    Text,
    Texts,
    hidden,
)
from plainwork_core.model.stack import Location
from plainwork_core.model.values import PartialMap, Unknown, Value, members_of, pairs


def read_document(text: Value, document: Document, location: Location, *, is_source: bool = False) -> list[Statement]:
    """Return the statements of *text*: a JSON string, a `JsonText`, or an `Unknown`.

    A document that cannot be read gives one `hidden` statement with the reason. Terraform and AWS validate documents;
    a part that breaks the grammar is unknown here, so that no policy passes because of it.

    Args:
        text: the document.
        document: where it is.
        location: of the argument.
        is_source: whether a data source merges it into another document; then it requires no `Statement`.
    """
    content = json_argument(text, "the policy document")
    members = _members(content, is_source=is_source)
    if isinstance(members, Unknown):
        return [hidden(document, location, members)]
    version = _version(content)
    return [_read_statement(member, document, location, index, version) for index, member in enumerate(members)]


def texts(value: Value) -> Texts:
    """Return *value*, a string or a list of strings, as a tuple; numbers and booleans in the form of JSON."""
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tuple(text(member) for member in value)
    return (text(value),)


def principals(value: Value) -> tuple[Principal, ...]:
    """Return the principals of a `Principal` or `NotPrincipal` element."""
    if isinstance(value, (dict, PartialMap)):
        return tuple(Principal(type_, name) for type_, names in pairs(value) for name in texts(names))
    return tuple(Principal(name, name) for name in texts(value))


def _members(content: Value, *, is_source: bool) -> list[Value] | Unknown:
    if not isinstance(content, (dict, PartialMap)):
        return content if isinstance(content, Unknown) else Unknown("the policy document is not a JSON object")
    found = _element(content, "Statement")
    if isinstance(found, (dict, PartialMap)):
        return [found]
    if isinstance(found, (list, Unknown)):
        return found
    return [] if found is None and is_source else Unknown("the policy document has no `Statement`")


def _element(content: Value, name: str, other: str = "") -> Value:
    """Return an element of a document or a statement.

    Elements such as `Action` and `NotAction` exclude each other: with *other*, a hidden member is not *name*.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    """
    if isinstance(content, dict):
        return content.get(name)
    members = members_of(content)
    if name in members or other in members or not isinstance(content, Unknown):
        return members.get(name)
    return Unknown(content.reason)


def _version(content: Value) -> Text:
    version = _element(content, "Version")
    return FORMER_VERSION if version is None else text(version)


def _read_statement(member: Value, document: Document, location: Location, index: int, version: Text) -> Statement:
    if not isinstance(member, (dict, PartialMap)):
        why = member if isinstance(member, Unknown) else Unknown(f"statement {index} is not a JSON object")
        return hidden(document, location, why, index, version)
    actions, not_actions = map(texts, _pair(member, "Action"))
    if not actions and not not_actions:
        actions = (Unknown(f"statement {index} has neither `Action` nor `NotAction`"),)
    resources, not_resources = map(texts, _pair(member, "Resource"))
    allowed, excluded = map(principals, _pair(member, "Principal"))
    sid, effect = _element(member, "Sid"), _element(member, "Effect")
    return Statement(
        document=document,
        location=location,
        index=index,
        sid="" if sid is None else text(sid),
        effect=Unknown(f"statement {index} has no `Effect`") if effect is None else text(effect),
        actions=actions,
        not_actions=not_actions,
        resources=resources,
        not_resources=not_resources,
        principals=allowed,
        not_principals=excluded,
        conditions=tuple(_conditions(_element(member, "Condition"))),
        empty=frozenset(name for name in FIELDS if members_of(member).get(name) == []),
        version=version,
    )


def _pair(statement: Value, name: str) -> tuple[Value, Value]:
    """Return an element and its negation, of which *statement* has one."""
    negation = f"Not{name}"
    return _element(statement, name, negation), _element(statement, negation, name)


def _conditions(value: Value) -> Iterator[Condition]:
    if isinstance(value, (dict, PartialMap)):
        for operator, keys in pairs(value):
            yield from _conditions_of(operator, keys)
    elif isinstance(value, Unknown):
        yield Condition(value, value, (value,))
    elif value is not None:
        yield from _conditions(Unknown("`Condition` is not a JSON object"))


def _conditions_of(operator: Text, keys: Value) -> Iterator[Condition]:
    if isinstance(keys, (dict, PartialMap)):
        for key, values in pairs(keys):
            yield Condition(operator, key, texts(values))
    else:
        reason = keys if isinstance(keys, Unknown) else Unknown(f"`Condition.{operator}` is not a JSON object")
        yield Condition(operator, reason, (reason,))


def text(value: Value) -> Text:
    """Return *value* as text; numbers and booleans in the form of JSON."""
    if isinstance(value, (str, Unknown)):
        return value
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    return Unknown(f"the policy document has a {type(value).__name__} instead of a string")
