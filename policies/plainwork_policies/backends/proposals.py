"""The pattern of state keys that `plainwork init` proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plainwork_core.model.stack import Stack
from plainwork_policies.backends.settings import ENVIRONMENT_AND_COMPONENT
from plainwork_policies.engine.settings import Proposal

_PATTERNS = (ENVIRONMENT_AND_COMPONENT, r"[\w.-]+\.tfstate", r"[\w./-]+\.tfstate", r"[\w.-]+(/[\w.-]+)+", r"[\w./-]+")
"""From strict to loose."""


def key_pattern(stacks: Sequence[Stack]) -> Iterator[Proposal]:
    """Yield the first pattern that most keys match."""
    keys = [key for stack in stacks for backend in stack.backends("s3") if isinstance(key := backend.get("key"), str)]
    for pattern in _PATTERNS if keys else ():
        matching = sum(re.fullmatch(pattern, key) is not None for key in keys)
        if matching * 2 > len(keys):
            yield Proposal("key_pattern", pattern, f"{matching} of {len(keys)} keys match it.")
            return
