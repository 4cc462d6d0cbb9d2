"""Terraform's functions on regular expressions.

See https://developer.hashicorp.com/terraform/language/functions/regex.
"""

from __future__ import annotations

import re

from plainwork_core.hcl.read.budget import LARGEST_TEXT
from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.references import Scope
from plainwork_core.hcl.read.regex_match import Captures, Regex
from plainwork_core.hcl.read.signature import Function
from plainwork_core.model.values import Value

_INSERTED = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})", re.ASCII)


def _regex(scope: Scope, pattern: str, text: str) -> Value:
    regex = _compiled(scope, pattern)
    found = regex.find(text)
    if found is None:
        raise Rejected("the regular expression does not match the text")
    return _captured(regex, text, found)


def _regexall(scope: Scope, pattern: str, text: str) -> Value:
    regex = _compiled(scope, pattern)
    return [_captured(regex, text, found) for found in regex.find_all(text)]


def _compiled(scope: Scope, pattern: str) -> Regex:
    regex = Regex(pattern, scope.budget.spend)
    if None in regex.names and any(regex.names):
        raise Rejected("some groups of the regular expression have a name, and others have none")
    return regex


def _captured(regex: Regex, text: str, found: Captures) -> Value:
    whole, *groups = _texts(text, found)
    if not groups:
        return whole
    if regex.names[0] is None:
        return groups
    return dict(sorted(zip(map(str, regex.names), groups, strict=True)))


def _texts(text: str, found: Captures) -> list[str | None]:
    spans = zip(found[::2], found[1::2], strict=True)
    return [text[start:end] if min(start, end) >= 0 else None for start, end in spans]


def replaced(scope: Scope, text: str, pattern: str, template: str) -> str:
    """Return *text* with *template* in place of each match of *pattern*; `$1` and `${name}` are groups in it."""
    regex = Regex(pattern, scope.budget.spend)
    parts: list[str] = []
    length = position = 0
    for found in regex.find_all(text):
        start, end = found[:2]
        parts += (text[position:start], _expanded(template, regex, _texts(text, found)))
        length += len(parts[-1])
        if length > LARGEST_TEXT:
            raise Unsupported(f"beyond {LARGEST_TEXT:,} characters")
        position = end
    return "".join([*parts, text[position:]])


def _expanded(template: str, regex: Regex, groups: list[str | None]) -> str:
    by_name = dict(zip(map(str, range(len(groups))), groups, strict=True))
    by_name.update((name, group) for name, group in zip(regex.names, groups[1:], strict=True) if name)

    def inserted(match: re.Match[str]) -> str:
        return "$" if match[1] else by_name.get(match[2] or match[3]) or ""

    return _INSERTED.sub(inserted, template)


FUNCTIONS = {
    "regex": Function(_regex, (to_text, to_text), in_scope=True),
    "regexall": Function(_regexall, (to_text, to_text), in_scope=True),
}
