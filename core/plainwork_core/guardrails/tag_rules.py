"""The rules of `[tags]` for each key, as conditions of policies can express them.

Condition keys on tags ignore the case of the tag key: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html.
Limits of tags: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.guardrails.wildcards import as_wildcards
from plainwork_core.text import enumeration

_MAX_KEY, _MAX_VALUE, _MAX_TAGS = 128, 256, 50
_ALLOWED = re.compile(r"[\w .:/=+@-]*")
_ANY, _WILDCARDS = "*", re.compile(r"[*?]")


class TagSettings(Protocol):
    """The settings `[tags]`."""

    @property
    def required(self) -> Sequence[str]:
        """The keys that every resource must have."""

    @property
    def allowed_values(self) -> Mapping[str, Sequence[str]]:
        """The allowed values by key."""

    @property
    def value_patterns(self) -> Mapping[str, str]:
        """A regular expression for the whole value by key."""

    @property
    def propagate_to(self) -> Sequence[str]:
        """What launch templates and ECS services must tag."""


@frozen()
class TagRule:
    """The rule for one key.

    Args:
        key: of the tag.
        is_required: whether a resource must have it.
        values: the allowed values, with the wildcards `*` and `?`; empty if the value is free or not expressible.
        inexpressible: the regular expression that no wildcard matches exactly; `""` if there is none.
    """

    key: str
    is_required: bool
    values: tuple[str, ...]
    inexpressible: str = ""

    @property
    def has_wildcards(self) -> bool:
        """Whether a value has a wildcard."""
        return any(map(_WILDCARDS.search, self.values))


def tag_rules(settings: TagSettings) -> tuple[TagRule, ...]:
    """Return the rules of the settings, those of required keys first.

    Raises:
        InputError: there are none, or no tag of AWS can follow one.
    """
    keys = tuple(dict.fromkeys((*settings.required, *settings.allowed_values, *settings.value_patterns)))
    if not keys:
        raise InputError(
            '`[tags]` has no rule; set `required`, such as `required = ["Owner"]`, `allowed_values` or `value_patterns`'
        )
    problems = [*_key_problems(keys), *_number_problems(settings), *_value_problems(settings)]
    if problems:
        raise InputError("\n  ".join(("`[tags]` cannot be enforced:", *problems)))
    return tuple(_rule(key, settings) for key in keys)


def _rule(key: str, settings: TagSettings) -> TagRule:
    is_required, pattern = key in settings.required, settings.value_patterns.get(key)
    if key in settings.allowed_values:
        return TagRule(key, is_required, _listed(key, settings))
    if pattern is None:
        return TagRule(key, is_required, ())
    values = as_wildcards(pattern)
    if values is None:
        return TagRule(key, is_required, (), inexpressible=pattern)
    return TagRule(key, is_required, () if _ANY in values else values)


def _listed(key: str, settings: TagSettings) -> tuple[str, ...]:
    """Return the allowed values that the pattern of *key* matches, too."""
    pattern = settings.value_patterns.get(key, ".*")
    values = (value for value in settings.allowed_values[key] if re.fullmatch(pattern, value, re.DOTALL))
    return tuple(dict.fromkeys(values))


def _key_problems(keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        if not key or len(key) > _MAX_KEY:
            yield f"the key `{key}` has {len(key)} characters; a tag key has 1 to {_MAX_KEY}"
        elif key.lower().startswith("aws:"):
            yield f"the key `{key}` begins with `aws:`, which is reserved for AWS"
        elif not _ALLOWED.fullmatch(key):
            yield f"the key `{key!a}` {_forbidden(key)}"
    for folded, number in Counter(key.casefold() for key in keys).items():
        if number > 1:
            same = [key for key in keys if key.casefold() == folded]
            yield f"{enumeration(same)} differ in case only, which conditions of IAM ignore; use one of them"


def _number_problems(settings: TagSettings) -> Iterator[str]:
    if (number := len(set(settings.required))) > _MAX_TAGS:
        yield f"`required` has {number} keys, but a resource has at most {_MAX_TAGS} tags; remove keys"


def _value_problems(settings: TagSettings) -> Iterator[str]:
    for key, values in settings.allowed_values.items():
        if not _listed(key, settings):
            matching = f" that matches `{settings.value_patterns[key]}`" if values else ""
            yield f"`allowed_values.{key}` has no value{matching}, so every request is denied; add one"
        for value in values:
            if len(value) > _MAX_VALUE:
                yield f"`allowed_values.{key}` has a value of {len(value)} characters; a tag value has {_MAX_VALUE}"
            elif not _ALLOWED.fullmatch(value):
                yield f"`allowed_values.{key}` has `{value!a}`, which {_forbidden(value)}"


def _forbidden(text: str) -> str:
    characters = enumeration(dict.fromkeys(f"{one!a}" for one in text if not _ALLOWED.fullmatch(one)), mark="")
    return f"has {characters}; tags have letters, digits, spaces and _.:/=+-@"
