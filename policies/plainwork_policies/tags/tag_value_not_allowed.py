"""Tag value is not allowed.

What: a value that is none of those that `[tags.allowed]` lists for its key, or that does not match the key's regular
    expression in `[tags.patterns]`; or a required key with an empty value.
Why: cost reports, backup plans and permissions select by value. `production` beside `prod` splits the bill in two and
    leaves half of the databases without a backup; an empty owner is none.
Fix: write one of the values, and let a variable refuse the others::

        variable "environment" {
          type = string

          validation {
            condition     = contains(["dev", "prod"], var.environment)
            error_message = "environment is dev or prod."
          }
        }
Limits: values are judged where they are written, in `tags`, `default_tags`, `tag` blocks and the nested arguments that
    tag volumes, instances and tasks, even where a resource's own tag replaces the default one. Without settings only
    empty values of required keys fail. A value that is not known is not evaluated where its key has values or a
    pattern, and otherwise counts as not empty.
Link: https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from plainwork_core.model.stack import Provider, Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.engine.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.engine.settings import Settings, TagSettings
from plainwork_policies.tags.places import Written, tagged, written_tags


@policy("PLW_TAG_003", "tag-value-not-allowed", severity="low", subjects=tagged)
def tag_value_not_allowed(subject: Provider | Resource, _stack: Stack, settings: Settings) -> Iterator[Finding]:
    """Judge each tag that is written on *subject*."""
    bound = {*settings.tags.allowed, *settings.tags.patterns}
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
                yield from _judge(place, key, _text(value), settings.tags)


def _judge(place: Written, key: str, value: str, settings: TagSettings) -> Iterator[Finding]:
    if key in settings.allowed and value not in settings.allowed[key]:
        remedy = f"write {' or '.join(f'`{each}`' for each in settings.allowed[key])}"
    elif key in settings.patterns and not re.fullmatch(settings.patterns[key], value):
        remedy = f"write a value that matches `{settings.patterns[key]}`"
    elif key in settings.required and not value.strip():
        remedy = "write who or what it is"
    else:
        return
    yield fail(place.path_of(key), f"has the tag `{key}` with the value `{value}`", value=value, remedy=remedy)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value)
