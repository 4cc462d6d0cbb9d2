"""Subnets by Availability Zone ID.

A zone's name (`eu-west-1a`) is another zone in another account; its ID (`euw1-az1`) is the same in all accounts:
https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers
from plainwork_core.aws.regions import has_region_form, prefix_of_zone_id, region_of_zone, zone_id_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator


def subnet_problems(name: str, subnets: Any, *, region: str | None = None, least: int = 1) -> Iterator[str]:
    """Yield one sentence for each reason why subnets by zone ID are not valid.

    Args:
        name: of the argument, for the message.
        subnets: from zone IDs to subnet IDs: `{"euw1-az1": "subnet-0123456789abcdef0"}`.
        region: the Region of all zones; None, or a value that is not the name of a Region, skips this check.
        least: the minimum number of zones.
    """
    if not isinstance(subnets, Mapping) or len(subnets) < least:
        yield (
            f"{name} must be at least {least} subnet id{'s' * (least > 1)} by Availability Zone id, such as "
            f"{{'euw1-az1': 'subnet-...'}}: got {subnets!r}"
        )
        return
    for zone, subnet in subnets.items():
        yield from _zone_problems(name, zone, region)
        yield from identifiers.resource_id_problems(f"{name}[{zone!r}]", subnet, "subnet")
    if len(set(map(str, subnets.values()))) < len(subnets):
        yield f"{name} must have another subnet in each zone: got {dict(subnets)!r}"


def _zone_problems(name: str, zone: Any, region: str | None) -> Iterator[str]:
    prefix = prefix_of_zone_id(str(zone))
    expected = zone_id_prefix(region) if region and has_region_form(str(region)) else None
    if region_of_zone(str(zone)) is not None:
        yield (
            f"{name} must be keyed by zone ids, such as 'euw1-az1': the name {zone!r} is another zone in another "
            "account; `aws ec2 describe-availability-zones` prints the ids"
        )
    elif prefix is None:
        yield f"{name} must be keyed by Availability Zone ids, such as 'euw1-az1': got {zone!r}"
    elif expected and prefix != expected:
        yield f"{name} must be keyed by zone ids of {region}, which begin with '{expected}-': got {zone!r}"
