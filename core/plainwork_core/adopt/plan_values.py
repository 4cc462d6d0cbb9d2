"""Expressions of a plan: their references and their values are known, what is written around these is not.

An expression is the references whose values its own value contains. `"${aws_s3_bucket.logs.arn}/*"` is found, because
the plan has both values; where nothing is found, the value itself is written. Both have the same plan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.encoding import json_text
from plainwork_core.hcl.write.literals import escape_sequences
from plainwork_core.hcl.write.spacing import one_line
from plainwork_core.hcl.write.values import template

UNKNOWN = object()
"""A value that the plan does not have."""

_STEP = re.compile(r'\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')
_SHORTEST = 3
"""Characters of a value that is found in another one. A shorter one is found by chance."""


@frozen()
class Values:
    """The values of a plan.

    Attributes:
        resources: those of each instance, by the address of the resource and the key of the instance.
        variables: by name.
    """

    resources: Mapping[str, Mapping[Any, Mapping[str, Any]]]
    variables: Mapping[str, Any]

    def of(self, reference: str, own: Mapping[str, Any]) -> Any:
        """Return the value of a reference; *own* are those of an instance, such as `each.key`."""
        if reference in own:
            return own[reference]
        names: list[Any] = [name or (int(index) if index else key) for name, index, key in _STEP.findall(reference)]
        if names[:1] == ["var"] and len(names) > 1:
            return _inside(self.variables.get(names[1], UNKNOWN), names[2:])
        size = 3 if names[:1] == ["data"] else 2
        instances = self.resources.get(".".join(map(str, names[:size])), {})
        if None in instances:
            return _inside(instances[None], names[size:])
        return _inside(instances.get(names[size], UNKNOWN), names[size + 1 :]) if len(names) > size else UNKNOWN


def _inside(value: Any, steps: list[Any]) -> Any:
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return UNKNOWN
    return value


def leaves(references: Iterable[str]) -> list[str]:
    """Return the references without those that are the beginning of another one: `aws_s3_bucket.logs`."""
    every = list(dict.fromkeys(references))
    return [
        one for one in every if not any(other != one and other.startswith((f"{one}.", f"{one}[")) for other in every)
    ]


def literal(value: Any) -> Any:
    """Return a value in Terraform's JSON syntax, in which `${` has no meaning."""
    match value:
        case str():
            return _encoded(value, {}) or escape_sequences(value)
        case Mapping():
            return {escape_sequences(key): literal(item) for key, item in value.items()}
        case list():
            return [literal(item) for item in value]
    return value


def expression(value: Any, known: Mapping[str, Any]) -> Any:
    """Return a value with the references in it, of those that are *known*."""
    for reference, content in known.items():
        if content == value and type(content) is type(value) and content not in (None, "", [], {}):
            return f"${{{reference}}}"
    match value:
        case str():
            return _encoded(value, known) or _template(value, known)
        case Mapping():
            return {_template(key, known): expression(item, known) for key, item in value.items()}
        case list():
            return [expression(item, known) for item in value]
    return value


def _template(text: str, known: Mapping[str, Any]) -> str:
    """Return a text with references in place of their values, the longest first."""
    texts = {content: f"${{{reference}}}" for reference, content in known.items() if isinstance(content, str)}
    found = sorted((content for content in texts if len(content) >= _SHORTEST), key=len, reverse=True)
    if not found:
        return escape_sequences(text)
    parts = re.split(f"({'|'.join(map(re.escape, found))})", text)
    return "".join(texts[part] if index % 2 else escape_sequences(part) for index, part in enumerate(parts))


def _encoded(text: str, known: Mapping[str, Any]) -> str | None:
    """Return the call of `jsonencode` whose result is a text; None if it is not what Terraform encodes."""
    if not text.startswith(("{", "[")):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    inner = expression(data, known) if known else literal(data)
    return f"${{jsonencode({one_line(template(inner))})}}" if json_text(data) == text else None
