"""Secrets in inputs: where they are, and how every output hides them.

A secret is the value of an argument that a plan or the provider's schema marks as sensitive, a password in the access
string of a Redis or Valkey user, and a credential of a provider, a backend or state encryption.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.aws.sensitive_arguments import sensitive_arguments
from plainwork_core.model.values import JsonText, PartialString, Value, look_up, members_of, unknowns

HIDDEN = "(sensitive)"
_NAME = re.compile(
    r"access_key|secret|(?<!creation_)(?<!pagination_)token|passw(?:or)?d|passphrase|private_key|customer_key|preshared_key"
    r"|access_string|credentials?$|api[_-]?key$|authorization$|(?:^|[_-])(?:pwd|pass)$",
    re.IGNORECASE,
)
_NOT_SECRET = re.compile(r"_(?:arns?|ids?|names?|version|length|ttl|enabled|type)$|manager|issue", re.IGNORECASE)
_ASSIGNED = re.compile(r'(?<![\w-])([\w-]++)(?:"[ \t]*+[=:]+|[ \t]*+(?:=(?!=)|:=|:(?=[\s"])))[ \t]*+')
"""A name with what assigns to it: `=`, `:=`, or the colon of JSON and YAML, not that of an ARN, and no comparison."""
_EXPRESSION = re.compile(r"(?:\w+\.|\w+\(|null\b|true\b|false\b|[\[{(!-]|\d+\s*(?:$|[#,}]))")
_ACCESS_STRING = {"aws_elasticache_user": "access_string", "aws_memorydb_user": "access_string"}
_PASSWORD = re.compile(r">(\S+)")
_QUOTED = re.compile(r"`[^`]*`|'[^']*'")
_PLACEHOLDER = re.compile(r"(?:client_)?(?:secret|password|token)")
"""The name of an argument in place of its secret, which is in the messages about the argument, too."""
_REFERENCES = ("data.", "local.", "module.", "var.")
_SHORTEST = 6
"""A secret with fewer characters may be a word, so it is hidden in quotes only."""

_ENGINE = "engine"
"""The member of a database secret that is a word of AWS, such as `redshift`, which is in messages, too.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
"""


def is_secret_name(name: str) -> bool:
    """Return whether an argument *name* holds a secret: `secret_key` or `db_password`, not `secret_arn`."""
    return bool(_NAME.search(name)) and not _NOT_SECRET.search(name)


def may_hold_secret(type_: str) -> bool:
    """Return whether a resource of *type_* has an argument that holds a secret."""
    return type_ in sensitive_arguments() or type_ in _ACCESS_STRING


def secrets_of_resource(type_: str, values: Mapping[str, Value], marked: Iterable[str]) -> Iterator[str]:
    """Yield the secrets in the arguments *values* of a resource; *marked* are the paths that a plan marks."""
    yield from (text for path in marked if isinstance(text := look_up(values, path), str))
    for path in sensitive_arguments().get(type_, ()):
        yield from _texts(_at(values, path.split(".")))
    if access_string := _ACCESS_STRING.get(type_):
        for text in _texts(values.get(access_string)):
            yield from _PASSWORD.findall(text)


def secrets_of_block(values: Mapping[str, Value]) -> Iterator[str]:
    """Yield the credentials in a provider configuration, a backend or an `encryption` block.

    A credential without quotes, as in a file of `-backend-config`, looks like a reference.
    """
    for name, value in values.items():
        if is_secret_name(name):
            yield from _texts(value)
            references = (reference for unknown in unknowns(value) for reference in unknown.references)
            yield from (reference for reference in references if not reference.startswith(_REFERENCES))
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, Mapping):
                yield from secrets_of_block(inner)


def hiding(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that replaces each of *secrets* in a text."""
    found = sorted(
        {secret for secret in secrets if secret and not _PLACEHOLDER.fullmatch(secret)},
        key=lambda secret: (-len(secret), secret),
    )
    if not found:
        return lambda text: text
    longest_first = sorted(found, key=lambda secret: (-len(secret), secret))
    pattern = re.compile("|".join(map(_form, longest_first)))
    return lambda text: pattern.sub(HIDDEN, text)


def _form(secret: str) -> str:
    text = re.escape(secret)
    return text if len(secret) >= _SHORTEST else rf"(?<=[\"'`>]){text}(?=[\"'`\s]|$)"


def hidden_value(value: Any, hide: Callable[[str], str]) -> Any:
    """Return *value* with each text in it changed by *hide*."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {key: hidden_value(member, hide) for key, member in value.items()}
    return [hidden_value(member, hide) for member in value] if isinstance(value, (list, tuple)) else value


def hidden_line(line: str) -> str:
    """Return a line of a file without the literal that it assigns to an argument with the name of a secret."""
    start = _secret_in(line)
    return line if start is None else f"{line[:start]}{HIDDEN}"


def hidden_message(message: str, text: str, line: int) -> str:
    """Return the *message* of an error in *text* without quoted words, if the *line* of the error assigns a secret."""
    wrong = "".join(text.splitlines()[line - 1 : line])
    return message if _secret_in(wrong) is None else _QUOTED.sub(_hidden_word, message)


def _hidden_word(quoted: re.Match[str]) -> str:
    return f"`{HIDDEN}`" if re.search(r"\w", quoted[0]) else quoted[0]


def _secret_in(line: str) -> int | None:
    """Return where the literal begins that *line* assigns to an argument with the name of a secret."""
    for assigned in _ASSIGNED.finditer(line):
        if is_secret_name(assigned[1]):
            start = assigned.end()
            quote = line.find('"', start)
            if quote >= 0 and (line[start:quote].isspace() or quote == start or _EXPRESSION.match(line, start)):
                return quote
            return start if line[start:].strip() and not _EXPRESSION.match(line, start) else None
    return None


def _at(value: Value, steps: list[str]) -> Value:
    """Return what is at the path *steps*, in every block of a list."""
    if not steps:
        return value
    if isinstance(value, list):
        return [_at(member, steps) for member in value]
    return _at(members_of(value).get(steps[0]), steps[1:])


def _texts(value: Value) -> Iterator[str]:
    """Yield the known texts in *value*, at any depth, and those in the JSON that it is."""
    if isinstance(value, str):
        yield value
        yield from (text for text in _texts(_json(value)) if len(text) >= _SHORTEST)
    elif isinstance(value, PartialString):
        yield from (part for part in value.parts if isinstance(part, str) and len(part) >= _SHORTEST)
    elif isinstance(value, JsonText):
        yield from _texts(value.document)
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from _texts(member)
    else:
        for name, member in members_of(value).items():
            if name != _ENGINE:
                yield from _texts(member)


def _json(text: str) -> Value:
    """Return the object or list that *text* is in JSON; `None` if it is none."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
