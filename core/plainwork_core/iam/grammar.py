"""Reader of policy documents in JSON.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from plainwork_core.iam.statement import Condition, Document, Principal, Statement, Text, Texts, hidden
from plainwork_core.model.stack import Location
from plainwork_core.model.values import JsonText, PartialMap, Unknown, Value, pairs


def read_document(text: Value, document: Document, location: Location) -> list[Statement]:
    """Return the statements of *text*: a JSON string, a `JsonText`, or an `Unknown`.

    A document that cannot be read gives one `hidden` statement with the reason. Terraform and AWS validate documents;
    a part that breaks the grammar is unknown here, so that no policy passes because of it.
    """
    members = _members(_load(text))
    if isinstance(members, Unknown):
        return [hidden(document, location, members)]
    return [_read_statement(member, document, location, index) for index, member in enumerate(members)]


def texts(value: Value) -> Texts:
    """Return *value*, a string or a list of strings, as a tuple; numbers and booleans in the form of JSON."""
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return tuple(text(member) for member in value)
    return (text(value),)


def principals(value: Value) -> tuple[Principal, ...]:
    """Return the principals of a `Principal` or `NotPrincipal` element."""
    if isinstance(value, Mapping | PartialMap):
        return tuple(Principal(type_, name) for type_, names in pairs(value) for name in texts(names))
    return tuple(Principal(name, name) for name in texts(value))


def _load(text: Value) -> Value:
    if isinstance(text, JsonText):
        return text.document
    if isinstance(text, Unknown):
        return text
    try:
        return json.loads(text)
    except (TypeError, ValueError) as error:
        return Unknown(f"the policy document is not JSON ({error})")


def _members(content: Value) -> list[Value] | Unknown:
    if isinstance(content, Unknown):
        return content
    if not isinstance(content, Mapping):
        return Unknown("the policy document is not a JSON object")
    found = content.get("Statement")
    if isinstance(found, Mapping):
        return [found]
    if isinstance(found, list | Unknown):
        return found
    return Unknown("the policy document has no `Statement`")


def _read_statement(member: Value, document: Document, location: Location, index: int) -> Statement:
    if isinstance(member, Unknown):
        return hidden(document, location, member, index)
    if not isinstance(member, Mapping):
        return hidden(document, location, Unknown(f"statement {index} is not a JSON object"), index)
    actions, not_actions = texts(member.get("Action")), texts(member.get("NotAction"))
    if not actions and not not_actions:
        actions = (Unknown(f"statement {index} has neither `Action` nor `NotAction`"),)
    return Statement(
        document=document,
        location=location,
        index=index,
        sid=text(member.get("Sid", "")),
        effect=text(member.get("Effect", Unknown(f"statement {index} has no `Effect`"))),
        actions=actions,
        not_actions=not_actions,
        resources=texts(member.get("Resource")),
        not_resources=texts(member.get("NotResource")),
        principals=principals(member.get("Principal")),
        not_principals=principals(member.get("NotPrincipal")),
        conditions=tuple(_conditions(member.get("Condition"))),
    )


def _conditions(value: Value) -> Iterator[Condition]:
    if isinstance(value, Mapping | PartialMap):
        for operator, keys in pairs(value):
            yield from _conditions_of(operator, keys)
    elif isinstance(value, Unknown):
        yield Condition(value, value, (value,))
    elif value is not None:
        yield from _conditions(Unknown("`Condition` is not a JSON object"))


def _conditions_of(operator: Text, keys: Value) -> Iterator[Condition]:
    if isinstance(keys, Mapping | PartialMap):
        for key, values in pairs(keys):
            yield Condition(operator, key, texts(values))
    else:
        reason = keys if isinstance(keys, Unknown) else Unknown(f"`Condition.{operator}` is not a JSON object")
        yield Condition(operator, reason, (reason,))


def text(value: Value) -> Text:
    """Return *value* as text; numbers and booleans in the form of JSON."""
    if isinstance(value, str | Unknown):
        return value
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return Unknown(f"the policy document has a {type(value).__name__} instead of a string")
