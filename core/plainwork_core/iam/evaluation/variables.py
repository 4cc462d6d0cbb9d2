"""Policy variables: `${aws:PrincipalTag/team}` in `Resource` and in the values of conditions.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.evaluation.patterns import LITERAL
from plainwork_core.iam.statement import CURRENT_VERSION, Text
from plainwork_core.model.values import PartialString, Unknown

_VARIABLE = re.compile(
    r"\$\{\s*(?:(?P<special>[*?$])|(?P<key>[\w.-]+:[^{},]*?)(?:\s*,\s*'(?P<default>[^'{}]*)')?)\s*\}"
)

_BEFORE_RESOURCE = re.compile(r"(?:[^:$]*:){5}")
"""The parts of an ARN before the resource, which have no policy variables.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-resourceelement
"""


def resolve_arn(pattern: Text, context: Context, version: Text) -> Text | None:
    """Return the pattern of a `Resource` with the values of the request in place of its policy variables.

    Returns:
        The pattern; `None` if it matches no resource: a variable has no value, or is not in the last part of the ARN.
    """
    start = pattern.parts[0] if isinstance(pattern, PartialString) else pattern
    if isinstance(start, str) and _VARIABLE.search(start) and not _BEFORE_RESOURCE.match(start):
        return None if version == CURRENT_VERSION else pattern
    return resolve(pattern, context, version)


def resolve(text: Text, context: Context, version: Text) -> Text | None:
    """Return *text* with the values of the request in place of its policy variables.

    Args:
        text: a pattern.
        context: of the request.
        version: of the document. Documents of 2008-10-17 have no variables.

    Returns:
        The pattern, in which the value of a variable is literal; `None` if a variable has no value: the request does
        not have its key, or more than one value for it.
    """
    if isinstance(text, str) and "${" not in text:
        return text
    if isinstance(version, Unknown):
        return version
    if version != CURRENT_VERSION:
        return text
    parts: list[Text] = []
    for part in text.parts if isinstance(text, PartialString) else (text,):
        for found in (part,) if isinstance(part, Unknown) else _resolved(part, context):
            if found is None:
                return None
            parts.append(found)
    return joined(parts)


def joined(parts: list[Text]) -> Text:
    """Return the text of *parts*."""
    unknown = next((part for part in parts if isinstance(part, Unknown)), None)
    if unknown is None:
        return "".join(part for part in parts if isinstance(part, str))
    return unknown if len(parts) == 1 else PartialString(unknown.reason, unknown.references, parts=tuple(parts))


def _resolved(text: str, context: Context) -> Iterator[Text | None]:
    end = 0
    for variable in _VARIABLE.finditer(text):
        if variable.start() > end:
            yield text[end : variable.start()]
        end = variable.end()
        yield _value(variable, context)
    if end < len(text):
        yield text[end:]


def _value(variable: re.Match[str], context: Context) -> Text | None:
    if special := variable["special"]:
        return special.translate(LITERAL)
    values = context.values(variable["key"].strip())
    if isinstance(values, Unknown):
        return values
    if not values:
        return None if variable["default"] is None else variable["default"].translate(LITERAL)
    if len(values) > 1:
        return None
    return values[0] if isinstance(values[0], Unknown) else values[0].translate(LITERAL)
