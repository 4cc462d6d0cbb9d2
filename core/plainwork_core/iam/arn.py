"""Amazon Resource Names, and strings of which only parts are known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plainwork_core.model.values import PartialString, Unknown

_FIELDS = 6
_COLON = re.compile(r":(?![^{]*\})")  # not the one inside `${aws:username}` or `${data.x["a:b"]}`


@dataclass(frozen=True, slots=True)
class Arn:
    """The parts of `arn:partition:service:region:account:resource`, as written: `""`, `*` and `${...}` included."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @property
    def is_account(self) -> bool:
        """Whether it names a whole account: `arn:aws:iam::123456789012:root`."""
        return self.service == "iam" and self.resource == "root"


def parse_arn(text: str) -> Arn | None:
    """Return the ARN that *text* is, or `None` where it is none."""
    parts = _COLON.split(text, maxsplit=_FIELDS - 1)
    return Arn(*parts[1:]) if len(parts) == _FIELDS and parts[0] == "arn" else None


def written(text: str | Unknown) -> str | None:
    """Return *text* as far as it is known, with `${...}` for each part that is not; `None` where nothing is known."""
    if isinstance(text, PartialString):
        return "".join(part if isinstance(part, str) else placeholder(part) for part in text.parts)
    return None if isinstance(text, Unknown) else text


def shown(text: str | Unknown) -> str:
    """Return *text* as a finding quotes it, with `${...}` for what is not known."""
    whole = written(text)
    return placeholder(text) if whole is None and isinstance(text, Unknown) else whole or ""


def placeholder(part: Unknown) -> str:
    """Return what stands for an unknown part: `${data.aws_partition.current.partition}`, or `${...}`."""
    return f"${{{part.references[0] if len(part.references) == 1 else '...'}}}"
