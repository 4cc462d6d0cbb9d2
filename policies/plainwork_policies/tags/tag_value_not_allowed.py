"""Tag value is not allowed.

What: A value that `[tags.allowed_values]` does not list for its key, or that does not match the regular expression of
    its key in `[tags.value_patterns]`; or a required tag with an empty value.
Why: Cost reports, backup plans and permissions select by value. `production` beside `prod` splits the bill in two and
    leaves half of the databases without a backup; an empty owner is no owner.
Remedy: Set an allowed value. If a variable holds it, add a `validation` block with the allowed values.
Limitations: Values are checked where they are set: in `tags`, `default_tags`, `tag` blocks and the nested arguments
    that tag volumes, instances and tasks, even if a resource's own tag replaces a default tag. With `required` alone,
    only empty values of required tags fail. An unknown value is not evaluated if the settings limit the values of its
    key; otherwise it counts as not empty.
"""

from __future__ import annotations

import re

from plainwork_core.text import enumeration
from plainwork_policies.api import Block, Findings, check_each, is_certain, policy
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.subjects import TAGGING
from plainwork_policies.tags.tag_sources import Tag, tag_sources


@policy(
    "PLW_TAG_003",
    "tag-value-not-allowed",
    severity="low",
    on=TAGGING,
    links=("https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",),
    settings=("allowed_values", "required", "value_patterns"),
    requires=("allowed_values", "required", "value_patterns"),
)
def tag_value_not_allowed(block: Block, settings: TagSettings) -> Findings:
    """Check the values of the tags that the block itself sets."""
    has_limits = bool(settings.allowed_values or settings.value_patterns)
    findings = check_each(
        tag_sources(block), lambda source: check_each(source.tags(), lambda tag: _check(tag, settings))
    )
    # without limits an unknown tag cannot be wrong
    yield from (finding for finding in findings if has_limits or finding.status == "failed")


def _check(tag: Tag, settings: TagSettings) -> Findings:
    key, value = tag.key, tag.value
    allowed, pattern = settings.allowed_values.get(key), settings.value_patterns.get(key)
    if not value.is_configured:
        return
    if allowed is not None and value.string() not in allowed:
        listed = enumeration(allowed, "or")
        rule = f"the allowed value is {listed}" if len(allowed) == 1 else f"allowed values are {enumeration(allowed)}"
        yield value.fail(f"tag `{key}` is `{value.string()}`; {rule}", remedy=f"Set `{key}` to {listed}.")
    elif pattern is not None and not re.fullmatch(pattern, value.string()):
        yield value.fail(
            f"tag `{key}` is `{value.string()}`, which does not match the pattern `{pattern}`",
            remedy=f"Set `{key}` to a value that matches `{pattern}`.",
        )
    elif key in settings.required and is_certain(lambda: not value.string().strip()):
        yield value.fail(f"tag `{key}` is empty; a required tag must have a value", remedy=f"Set a value for `{key}`.")
