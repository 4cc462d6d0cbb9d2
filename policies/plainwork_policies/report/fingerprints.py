"""Fingerprints: the identity of a finding over runs, which does not change when the code around it moves."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from plainwork_core.repository import repository_path
from plainwork_policies.engine.plain_value import plain
from plainwork_policies.report import Row


def with_fingerprints(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Yield each of *rows* with its fingerprint, which is unique among them.

    It is made of the input, the policy, the address, the argument and its value. Rows that are equal in these also have
    a number.
    """
    seen: Counter[str] = Counter()
    for row in rows:
        value = json.dumps(plain(row.finding.value), sort_keys=True, default=str)
        identity = digest(repository_path(row.stack.source), row.policy.id, row.address, row.finding.path, value)
        yield row, digest(identity, str(seen[identity])) if seen[identity] else identity
        seen[identity] += 1


def digest(*parts: str) -> str:
    """Return the fingerprint of *parts*: 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
