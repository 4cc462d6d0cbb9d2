"""What a user may do: keys, channels and commands, in one line.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_PASSWORD = re.compile(r"[<>#!].*|nopass|resetpass|reset", re.IGNORECASE)
_COMMANDS = re.compile(r"[+-].+|allcommands|nocommands", re.IGNORECASE)
_BASELINES = ("-@all", "+@all", "allcommands", "nocommands")


def access_string_problems(name: str, value: Any) -> Iterator[str]:
    """One sentence for what ElastiCache would reject of an IAM user, and one for a user that is switched off."""
    if identifiers.is_reference(value):
        return
    words = str(value).split()
    if words[:1] != ["on"] or len(words) == 1:
        yield (
            f"{name} access_string must begin with 'on' and then say what the user may do, as "
            f"'on ~web:* +@read': got {value!r}"
        )
    for word in filter(_PASSWORD.fullmatch, words):
        yield f"{name} access_string must have no {word!r}, because an IAM user has no password"


def as_written_back(access_string: str) -> str:
    """An access string as ElastiCache answers it: with `-@all` before the first command that is allowed or denied.

    It means the same, but the provider compares the two letter by letter, so that without it every plan would change
    the user: https://github.com/go-to-k/cdk-real-drift/issues/482,
    https://github.com/hashicorp/terraform-provider-aws/issues/20334.
    """
    if identifiers.is_reference(access_string):
        return access_string
    words = access_string.split()
    first = next((at for at, word in enumerate(words) if word.startswith("(") or _COMMANDS.fullmatch(word)), None)
    if first is not None and not words[first].startswith("(") and words[first].lower() not in _BASELINES:
        words.insert(first, "-@all")
    return " ".join(words)
