"""Availability Zone is in a different Region or has the wrong format.

What: an Availability Zone, in `availability_zone`, `availability_zones`, `availability_zone_id` and their like, that is
    in another region than the resource; a zone's name (`eu-west-1a`) where an id is expected, an id (`euw1-az1`) where
    a name is, or a region in place of either.
Why: AWS refuses it in the middle of an apply. Names and ids look alike, and are not: the name of a zone may be another
    zone in another account, its id is the same zone in all.
Remedy: ask which zones there are::

        data "aws_availability_zones" "available" {
          state = "available"
        }

        resource "aws_subnet" "first" {
          vpc_id               = aws_vpc.main.id
          cidr_block           = "10.0.0.0/24"
          availability_zone_id = data.aws_availability_zones.available.zone_ids[0]
        }
Limitations: whether a region has a zone of that letter or number is not looked at. Ids in the isolated partitions
    and the
    European Sovereign Cloud are not compared with regions. Replicas and destinations are elsewhere and not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.regions import prefix_of_zone_id, region_names, region_of_zone, zone_id_prefix
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.mentions import arguments
from plainwork_policies.regions.table import are_same, region_of_resource, resolved

_PLACE = re.compile(
    r"(?:.*\.)?(?:(?P<name>(?:(?:default|preferred)_)?availability_zones?(?:_name)?|preferred_cache_cluster_azs)|(?P<id>availability_zone_ids?))(?:\.\d+)?"
)
_ELSEWHERE = re.compile(r"(^|\.)(replica|destination)\w*\.")
_ALL = "all"  # what a target outside the VPC is registered with


def zoned(stack: Stack) -> list[Resource]:
    """Return the resources that name a zone."""
    return [each for each in stack.managed() if each.type.startswith("aws_") and any(_zones(each))]


@policy(
    "PLW_REGION_009",
    "availability-zone-invalid",
    aliases=("zone-mismatch",),
    severity="medium",
    subjects=zoned,
    links=("https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html",),
)
def availability_zone_invalid(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge each zone that *resource* names."""
    home = region_of_resource(resource, stack)
    for path, value, wants_id in _zones(resource):
        if isinstance(value, str):
            yield from _literal(path, value, home, wants_id=wants_id)
        else:
            yield from _reference(path, value, resource, stack, wants_id=wants_id)


def _literal(path: str, zone: str, home: str | Unknown, *, wants_id: bool) -> Iterator[Finding]:
    by_id, region = prefix_of_zone_id(zone), region_of_zone(zone)
    if zone in region_names():
        yield _failure(path, zone, "a region, and not a zone of it", "a zone of it")
    elif by_id and not wants_id:
        yield _failure(path, zone, "the id of a zone, where its name is expected", "its name, or the argument for ids")
    elif region and wants_id:
        yield _failure(path, zone, "the name of a zone, where its id is expected", "its id, or the argument for names")
    elif isinstance(home, Unknown):
        yield not_evaluated(path, home)
    elif region and region != home:
        yield _failure(path, zone, f"in `{region}`, but the resource is in `{home}`", f"a zone of `{home}`")
    elif by_id and (prefix := zone_id_prefix(home)) and home in region_names() and by_id != prefix:
        yield _failure(path, zone, f"in another region than the resource, which is in `{home}`", f"`{prefix}-az...`")


def _reference(path: str, value: Unknown, owner: Resource, stack: Stack, *, wants_id: bool) -> Iterator[Finding]:
    wrong = "names" if wants_id else "zone_ids"
    if any(re.fullmatch(rf"data\.aws_availability_zones\..*\.{wrong}\b.*", each) for each in value.references):
        right = "zone_ids" if wants_id else "names"
        yield _failure(path, quote(value), f"one of `{wrong}`, where one of `{right}` is expected", f"`{right}`")
        return
    same = are_same(_region(value, owner, stack), region_of_resource(owner, stack))
    if isinstance(same, Unknown):
        yield not_evaluated(path, same)
    elif not same:
        yield _failure(path, quote(value), "in another region than the resource", "one of the same region")


def _region(value: Unknown, owner: Resource, stack: Stack) -> str | Unknown:
    if isinstance(value, PartialString):
        region, *letter = value.parts
        is_name = len(letter) == 1 and (isinstance(letter[0], Unknown) or re.fullmatch("[a-z]", letter[0]))
        return resolved(region, owner, stack) if is_name and isinstance(region, Unknown) else value
    source = only_referent(stack, owner, value)
    return region_of_resource(source, stack) if source and source.type.startswith("aws_") else value


def _zones(resource: Resource) -> Iterator[tuple[str, Value, bool]]:
    for path, value in arguments(resource):
        place = _PLACE.fullmatch(path)
        if place and not _ELSEWHERE.search(path) and value not in ("", _ALL) and not is_computed_by_provider(value):
            yield path, value, place["id"] is not None


def _failure(path: str, zone: str, what: str, instead: str) -> Finding:
    return fail(path, f"names `{zone}`, which is {what}", value=zone, remedy=f"write {instead}")
