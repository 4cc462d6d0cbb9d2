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

from plainwork_core.aws.regions import prefix_of_zone_id, region_names, region_of_zone, zone_id_prefix
from plainwork_core.model.rendering import quote
from plainwork_policies.api import Finding, Findings, Resource, check_each, policy
from plainwork_policies.regions.resource_regions import Region, is_same, known_region, resource_region
from plainwork_policies.regions.zones import WITH_ZONE, Zone, refers_to_zones, zone_region, zones


def has_zone(resource: Resource) -> bool:
    """Return whether *resource* has an argument for a zone."""
    return resource.type.startswith("aws_") and any(True for _ in zones(resource))


@policy(
    "PLW_REGION_009",
    "availability-zone-invalid",
    aliases=("zone-mismatch",),
    severity="medium",
    on=WITH_ZONE,
    where=has_zone,
    links=("https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html",),
)
def availability_zone_invalid(resource: Resource) -> Findings:
    """Check each zone, first its format and then its Region."""
    yield from check_each(zones(resource), lambda zone: _check(resource, zone))


def _check(resource: Resource, zone: Zone) -> Findings:
    if problem := _format_problem(zone):
        yield _failure(zone, f", which is {problem}; this argument takes a zone {zone.format}")
        return
    region, home = zone_region(zone.argument), resource_region(resource)
    if not _is_in(zone, region, home):
        other = "another Region" if region is None else f"`{region}`"
        yield _failure(zone, f" in {other}, but the resource is in `{home}`", f" of `{home}`")


def _failure(zone: Zone, fault: str, of_region: str = "") -> Finding:
    argument, text = zone.argument, quote(zone.argument.raw)
    remedy = f"Use a zone {zone.format}{of_region}, for example from `data.aws_availability_zones`."
    return argument.fail(f"`{argument.path}` is `{text}`{fault}", value=text, remedy=remedy)


def _is_in(zone: Zone, region: Region | None, home: Region) -> bool:
    """Return whether the zone, which is in *region* if that can be determined, is in the Region *home*."""
    if region is not None:
        return is_same(zone.argument, region, home)
    return _has_prefix_of(known_region(zone.argument), zone.argument.string())


def _format_problem(zone: Zone) -> str | None:
    if not isinstance(zone.argument.raw, str):
        other = "zone_ids" if zone.format == "name" else "names"
        return f"a zone {zone.other_format}" if refers_to_zones(zone.argument, other) else None
    name = zone.argument.string()
    if name in region_names():
        return "a Region"
    has_other_format = prefix_of_zone_id(name) if zone.format == "name" else region_of_zone(name)
    return f"a zone {zone.other_format}" if has_other_format else None


def _has_prefix_of(region: str, zone_id: str) -> bool:
    """Return whether a zone ID has the prefix of *region*, as far as both have one."""
    prefix = prefix_of_zone_id(zone_id)
    return not prefix or region not in region_names() or zone_id_prefix(region) in (None, prefix)
