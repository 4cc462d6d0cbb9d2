"""Tag value is not allowed.

What: a value that is none of those that `[tags.allowed]` lists for its key, or that does not match the key's regular
    expression in `[tags.patterns]`; or a required key with an empty value.
Why: cost reports, backup plans and permissions select by value. `production` beside `prod` splits the bill in two and
    leaves half of the databases without a backup; an empty owner is none.
Remedy: write one of the values, and let a variable refuse the others::

        variable "environment" {
          type = string

          validation {
            condition     = contains(["dev", "prod"], var.environment)
            error_message = "environment is dev or prod."
          }
        }
Limitations: values are judged where they are written, in `tags`, `default_tags`, `tag` blocks and the nested
    arguments that
    tag volumes, instances and tasks, even where a resource's own tag replaces the default one. Without settings only
    empty values of required keys fail. A value that is not known is not evaluated where its key has values or a
    pattern, and otherwise counts as not empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from plainwork_core.model.stack import Provider, Resource
from plainwork_core.model.values import Unknown, Value
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.places import Written, tagged, written_tags
from plainwork_policies.tags.settings import TagSettings


@policy(
    "PLW_TAG_003",
    "tag-value-not-allowed",
    severity="low",
    subjects=tagged,
    links=("https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",),
    settings=(
        "allowed_values",
        "required",
        "value_patterns",
    ),
)
def tag_value_not_allowed(subject: Provider | Resource, settings: TagSettings) -> Iterator[Finding]:
    """Judge each tag that is written on *subject*."""
    bound = {*settings.allowed_values, *settings.value_patterns}
    for place in written_tags(subject):
        if isinstance(place.tags, Unknown):
            if bound:
                yield not_evaluated(place.path, place.tags)
            continue
        for key, value in place.tags.items():
            if isinstance(value, Unknown):
                if key in bound:
                    yield not_evaluated(place.path_of(key), value)
            elif value is not None:
                yield from _judge(place, key, _text(value), settings)


def _judge(place: Written, key: str, value: str, settings: TagSettings) -> Iterator[Finding]:
    if key in settings.allowed_values and value not in settings.allowed_values[key]:
        remedy = f"write {enumeration(settings.allowed_values[key], 'or')}"
    elif key in settings.value_patterns and not re.fullmatch(settings.value_patterns[key], value):
        remedy = f"write a value that matches `{settings.value_patterns[key]}`"
    elif key in settings.required and not value.strip():
        remedy = "write who or what it is"
    else:
        return
    yield fail(place.path_of(key), f"has the tag `{key}` with the value `{value}`", value=value, remedy=remedy)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value)
