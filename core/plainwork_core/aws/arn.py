"""Amazon Resource Names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

import re

from plainwork_core.frozen import frozen

_FIELDS = 6
_LITERAL = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}|aws)?:\S+")
_KMS_KEY = re.compile(r"key/[A-Za-z0-9-]+")
_COLON = re.compile(r":(?![^{]*\})")  # not the one inside `${aws:username}` or `${data.x["a:b"]}`


@frozen(slots=True)
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

    @property
    def is_kms_key(self) -> bool:
        """Whether it names a KMS key, and not an alias: `arn:aws:kms:eu-west-1:123456789012:key/...`.

        https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
        """
        is_complete = self.service == "kms" and self.region != "" and self.account != ""
        return is_complete and _KMS_KEY.fullmatch(self.resource) is not None


def parse_arn(text: str) -> Arn | None:
    """Return the ARN that *text* is, or `None` if it is not an ARN."""
    parts = _COLON.split(text, maxsplit=_FIELDS - 1)
    return Arn(*parts[1:]) if len(parts) == _FIELDS and parts[0] == "arn" else None


def parse_literal_arn(text: str) -> Arn | None:
    """Return the ARN that *text* is, or `None` if it is not an ARN or a part of it is a wildcard or a reference.

    The last part may be either.
    """
    return parse_arn(text) if _LITERAL.fullmatch(text) else None
