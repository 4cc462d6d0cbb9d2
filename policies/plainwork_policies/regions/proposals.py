"""The Regions that `plainwork init` proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plainwork_core.aws.regions import region_names
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.settings import Proposal

_LEAST_SHARE = 10


def allowed_regions(stacks: Sequence[Stack]) -> Iterator[Proposal]:
    """Yield the Regions of at least a tenth of the configurations of the AWS provider."""
    configurations = [provider for stack in stacks for provider in stack.providers if provider.name == "aws"]
    known = (region for provider in configurations if isinstance(region := provider.get("region"), str))
    regions = Counter(region for region in known if region in region_names())
    frequent = [region for region, number in regions.items() if number * _LEAST_SHARE >= regions.total()]
    if frequent:
        number = sum(regions[region] for region in frequent)
        reason = f"{number} of {regions.total()} provider configurations with a known Region use one of these."
        yield Proposal("allowed", tuple(sorted(frequent)), reason)
