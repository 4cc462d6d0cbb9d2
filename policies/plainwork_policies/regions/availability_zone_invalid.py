"""Availability Zone is in a different Region or has the wrong format.

What: An Availability Zone in `availability_zone`, `availability_zones`, `availability_zone_id` and similar arguments
    that is in another Region than the resource, or has the wrong format: a zone name (`eu-west-1a`) instead of an ID,
    an ID (`euw1-az1`) instead of a name, or a Region instead of either.
Why: AWS rejects it in the middle of an apply. A zone name can refer to different zones in different accounts; a zone ID
    refers to the same zone in all accounts.
Remedy: Read the zones from `data.aws_availability_zones`.
Limitations: Whether a Region has a zone of that letter or number is not checked. Zone IDs in the isolated partitions
    and the European Sovereign Cloud are not compared with Regions. Replicas and destinations are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plainwork_core.aws.regions import prefix_of_zone_id, region_names, region_of_zone, zone_id_prefix
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.rendering import quote
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.api import Argument, Finding, Findings, Resource, check_each, policy, resources
from plainwork_policies.regions.literal_arns import leaf_arguments
from plainwork_policies.regions.resource_regions import (
    Region,
    is_same,
    known_region,
    referent_region,
    resolved,
    resource_region,
)

_ZONE = re.compile(
    r"(?:.*\.)?(?:(?P<name>(?:(?:default|preferred)_)?availability_zones?(?:_name)?|preferred_cache_cluster_azs)|(?P<id>availability_zone_ids?))(?:\.\d+)?"
)
_OTHER_REGION = re.compile(r"(^|\.)(replica|destination)\w*\.")
_ALL = "all"  # of a target outside the VPC


@dataclass(frozen=True, eq=False)
class Zone:
    """An argument for a zone, and whether it takes IDs instead of names."""

    resource: Resource
    argument: Argument
    takes_id: bool

    @property
    def format(self) -> str:
        """What the argument takes."""
        return "ID" if self.takes_id else "name"

    @property
    def other_format(self) -> str:
        """What it does not take."""
        return "name" if self.takes_id else "ID"


def has_zone(resource: Resource) -> bool:
    """Whether *resource* has an argument for a zone."""
    return resource.type.startswith("aws_") and any(True for _ in _zones(resource))


@policy(
    "PLW_REGION_009",
    "availability-zone-invalid",
    aliases=("zone-mismatch",),
    severity="medium",
    on=resources(),
    where=has_zone,
    links=("https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html",),
)
def availability_zone_invalid(resource: Resource) -> Findings:
    """Check each zone, first its format and then its Region."""
    yield from check_each(_zones(resource), _check)


def _check(zone: Zone) -> Findings:
    raw = zone.argument.raw
    if isinstance(raw, Unknown):
        yield from _check_reference(zone, raw)
    elif problem := _format_problem(zone):
        yield _wrong_format(zone, problem)
    else:
        yield from _check_region(zone)


def _check_reference(zone: Zone, raw: Unknown) -> Findings:
    attribute = "names" if zone.takes_id else "zone_ids"
    pattern = rf"data\.aws_availability_zones\..*\.{attribute}\b.*"
    if any(re.fullmatch(pattern, reference) for reference in raw.references):
        yield _wrong_format(zone, f"a zone {zone.other_format}")
        return
    region, home = _region(zone.argument, raw), resource_region(zone.resource)
    if not is_same(zone.argument, region, home):
        yield _wrong_region(zone, f"in `{region}`", home)


def _format_problem(zone: Zone) -> str | None:
    name = zone.argument.string()
    if name in region_names():
        return "a Region"
    has_other_format = region_of_zone(name) if zone.takes_id else prefix_of_zone_id(name)
    return f"a zone {zone.other_format}" if has_other_format else None


def _check_region(zone: Zone) -> Findings:
    name, home = zone.argument.string(), known_region(zone.argument)
    region, prefix = region_of_zone(name), prefix_of_zone_id(name)
    if region and region != home:
        yield _wrong_region(zone, f"in `{region}`", home)
    elif prefix and home in region_names() and zone_id_prefix(home) not in (None, prefix):
        yield _wrong_region(zone, "in another Region", home)


def _region(argument: Argument, raw: Unknown) -> Region:
    """The Region of a zone that is a reference, or the Region's name and a letter."""
    if not isinstance(raw, PartialString):
        return referent_region(argument, "aws_")
    region, *letter = raw.parts
    is_name = len(letter) == 1 and (isinstance(letter[0], Unknown) or re.fullmatch("[a-z]", letter[0]))
    return resolved(region, argument) if is_name and isinstance(region, Unknown) else raw


def _zones(resource: Resource) -> Iterator[Zone]:
    for argument in leaf_arguments(resource):
        match = _ZONE.fullmatch(argument.path)
        if not match or _OTHER_REGION.search(argument.path):
            continue
        if argument.raw not in ("", _ALL) and not is_computed_by_provider(argument.raw):
            yield Zone(resource, argument, takes_id=match["id"] is not None)


def _wrong_format(zone: Zone, problem: str) -> Finding:
    text = quote(zone.argument.raw)
    return zone.argument.fail(
        f"`{zone.argument.path}` is `{text}`, which is {problem}; this argument takes a zone {zone.format}",
        value=text,
        remedy=f"Use a zone {zone.format}, for example from `data.aws_availability_zones`.",
    )


def _wrong_region(zone: Zone, location: str, home: Region) -> Finding:
    text = quote(zone.argument.raw)
    return zone.argument.fail(
        f"`{zone.argument.path}` is `{text}` {location}, but the resource is in `{home}`",
        value=text,
        remedy=f"Use a zone {zone.format} of `{home}`, for example from `data.aws_availability_zones`.",
    )
