"""The tag keys that `plainwork init` proposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork_core.model.stack import Stack
from plainwork_policies.api import Resource
from plainwork_policies.engine.proposals import common
from plainwork_policies.engine.settings import Proposal
from plainwork_policies.tags.subjects import taggable_resources
from plainwork_policies.tags.tag_keys import effective_keys

_OF_ONE_RESOURCE = {"Name"}
"""The key of a tag that names one resource, which is not a decision for all."""


def required_keys(stacks: Sequence[Stack]) -> Iterator[Proposal]:
    """Yield the keys that more than half of the resources with known tags have."""
    keys = (effective_keys(Resource(one, stack)).certain for stack in stacks for one in taggable_resources(stack))
    most, with_all, number = common(own - _OF_ONE_RESOURCE for own in keys if own)
    if most:
        yield Proposal("required", tuple(most), f"{with_all} of {number} resources with tags have them.")
