"""Amazon Resource Names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    """Return the ARN that *text* is, or `None` if it is not an ARN."""
    parts = _COLON.split(text, maxsplit=_FIELDS - 1)
    return Arn(*parts[1:]) if len(parts) == _FIELDS and parts[0] == "arn" else None
