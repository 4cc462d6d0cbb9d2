"""The principals that a guardrail does not deny."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ARN = re.compile(r"arn:[\w*?-]+:(?:iam|sts)::[\d*?]*:[\w+=,.@:/*?-]+", re.ASCII)
_EXAMPLE = "arn:aws:iam::*:role/deploy"


def principal_problems(name: str, arns: Sequence[str]) -> Iterator[str]:
    """Yield one sentence for each value of *name* that is not the ARN of a principal, with or without wildcards."""
    for arn in arns:
        if not isinstance(arn, str) or not _ARN.fullmatch(arn):
            yield f"{name} must be ARNs of principals, with or without wildcards, such as {_EXAMPLE!r}: got {arn!r}"
        elif arn.partition("::")[2] in ("*", "*:*"):
            yield f"{name} has {arn!r}, which exempts every principal; name roles or users"
