"""Values as text without secrets.

A secret is what the plan or the schema marks as sensitive, what has the name of one, and what looks like one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from plainwork_core.aws.sensitive_arguments import sensitive_arguments
from plainwork_core.diff.documents import document_of
from plainwork_core.diff.pairs import form
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Change
from plainwork_core.model.values import JsonText, PartialMap, PartialString, Unknown, Value
from plainwork_core.secrets import HIDDEN, hidden_line, hiding, is_secret_name, secrets_of_resource

AFTER_APPLY = "(known after apply)"
LONGEST = 600
"""Characters of a value that a review shows."""
_CREDENTIAL = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}"
    r"|\bsk_live_[A-Za-z0-9]{16,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)|(?<=://)[^\s/:@]+:[^\s/@]+(?=@)",
    re.DOTALL,
)
"""Forms of credentials: AWS access keys, tokens of GitHub, GitLab, Slack and Stripe, JWTs, private keys, URLs."""


class Expression(str):
    """An expression of HCL without literal text, as `${}`: it names a secret at most."""

    __slots__ = ()


class Sensitive:
    """A value that no report shows: two are equal if their values are."""

    def __init__(self, value: Value) -> None:
        self._digest = hashlib.sha256(form(value).encode(errors="replace")).hexdigest()

    def __repr__(self) -> str:
        return f"Sensitive({self._digest})"


def without_secrets(change: Change) -> tuple[Value, Value]:
    """Return the arguments of *change* before and after, with `Sensitive` in place of each secret."""
    if "" in change.sensitive:
        return tuple(None if value is None else Sensitive(value) for value in (change.before, change.after))  # type: ignore[return-value]
    return tuple(marked(value, change.type, change.sensitive) for value in (change.before, change.after))


def marked(value: Value, type_: str, sensitive: Iterable[str] = ()) -> Value:
    """Return the arguments *value* of a resource of *type_* with `Sensitive` in place of each secret.

    Args:
        value: the arguments.
        type_: of the resource.
        sensitive: paths of further secrets.
    """
    tree: dict[str, Any] = {}
    for path in (*sensitive, *sensitive_arguments().get(type_, ())):
        branch = tree
        for step in filter(None, path.split(".")):
            branch = branch.setdefault(step, {})
    return _marked(value, tree, "")


def hide_secrets_of(changes: Iterable[Change]) -> Callable[[str], str]:
    """Return a function that replaces the secrets in *changes*, before and after, in a text."""
    found = (
        secret
        for change in changes
        for values in (change.before, change.after)
        if isinstance(values, Mapping)
        for secret in secrets_of_resource(change.type, values, change.sensitive)
    )
    return hiding(found)


def _marked(value: Value, tree: Mapping[str, Any], name: str) -> Value:
    """Return *value*, of the argument *name*, without what is at an end of *tree* or has the name of a secret."""
    if isinstance(value, Mapping):
        pair = _is_named_secret(value)
        return {
            key: _secret(part)
            if (key in tree and not tree[key]) or (pair and key == "value")
            else _marked(part, tree.get(key, {}), str(key))
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [
            _secret(part)
            if str(index) in tree and not tree[str(index)]
            else _marked(part, tree.get(str(index), tree), "")
            for index, part in enumerate(value)
        ]
    if isinstance(value, str) and value and is_secret_name(name):
        return _secret(value)
    document = document_of(value)
    return value if document is None else _marked(document, {}, name)


def hidden(value: Value) -> Value:
    """Return *value*, which is a secret as a whole, with `Sensitive` in place of each part of it."""
    if isinstance(value, Mapping):
        return {key: hidden(part) for key, part in value.items()}
    return [hidden(part) for part in value] if isinstance(value, list) else _secret(value)


def _secret(value: Value) -> Value:
    """Return *value* hidden; one that is not set stays, and so does a reference to it."""
    is_shown = value in (None, "", [], {}) or isinstance(value, bool | Expression)
    return value if is_shown else Sensitive(value)


def _is_named_secret(value: Mapping[str, Value]) -> bool:
    """Return whether *value* is a pair such as `{"name": "DB_PASSWORD", "value": "..."}`."""
    name = value.get("name")
    return isinstance(name, str) and is_secret_name(name)


class Writer:
    """Writes values as text, without secrets.

    Args:
        hide: replaces the known secrets of the plan in a text.
        omit: whether members of a map that are null or empty are left out. A plan has one for each unset argument.
    """

    def __init__(self, hide: Callable[[str], str], *, omit: bool = True) -> None:
        self._hide = hide
        self._omitted: tuple[Value, ...] = (None, "", [], {}) if omit else ()

    def value(self, value: Value, most: int = LONGEST) -> str:
        """Return *value* as text of at most *most* characters: a string without quotes, a list or a map as JSON."""
        if value is None:
            return ""
        plain = self._plain(value, "")
        text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
        return text if len(text) <= most else f"{text[:most]}... ({len(text):,} characters)"

    def named(self, name: str, value: Value) -> str:
        """Return the *value* of *name* as text, hidden if it is the name of a secret."""
        return HIDDEN if isinstance(value, str) and value and is_secret_name(name) else self.value(value)

    def lines(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Return the lines of a text; a secret may have several."""
        return tuple(self.text("\n".join(map(hidden_line, lines))).split("\n")) if lines else ()

    def text(self, text: str) -> str:
        """Return *text* without the secrets of the plan and without what looks like one."""
        return _CREDENTIAL.sub(HIDDEN, self._hide(text))

    def _plain(self, value: Value, name: str) -> Any:
        if isinstance(value, Sensitive):
            return HIDDEN
        if isinstance(value, Unknown):
            return self._unknown(value)
        if isinstance(value, Mapping):
            pair = _is_named_secret(value)
            return {
                self.text(str(key)): HIDDEN if pair and key == "value" and part else self._plain(part, str(key))
                for key, part in value.items()
                if part not in self._omitted
            }
        if isinstance(value, list):
            return [self._plain(part, "") for part in value]
        if isinstance(value, str):
            is_secret = value and is_secret_name(name) and not isinstance(value, Expression)
            return HIDDEN if is_secret else self._lines(value)
        return value if isinstance(value, bool | int | float) or value is None else str(value)

    def _lines(self, text: str) -> str:
        has_assignment = "\n" in text or "=" in text
        return "\n".join(self.lines(text.split("\n"))) if has_assignment else self.text(text)

    def _unknown(self, value: Unknown) -> Any:
        if isinstance(value, PartialString):
            return self.text(render(value) or AFTER_APPLY)
        if isinstance(value, JsonText):
            return self._plain(value.document, "")
        if isinstance(value, PartialMap):
            return {**self._plain(value.members, ""), "...": AFTER_APPLY}
        return f"${{{value.references[0]}}}" if len(value.references) == 1 else AFTER_APPLY
