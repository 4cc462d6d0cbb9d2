"""Names of regions and partitions, and what a zone of one is called.

https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

REGION_FORM = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]+")
"""The form of a Region's name in every partition."""

_WORDS = "north|south|east|west|central"
_REGION_FORM = re.compile(rf"[a-z]{{2}}-(({_WORDS})|(north|south)(east|west))-\d")
_DIRECTIONS = re.compile(f"{_WORDS}|gov")
_NO_SHORT_FORM = ("us-iso", "eu-iso", "eusc-")


@cache
def partitions() -> dict[str, tuple[str, ...]]:
    """Return the regions of each partition that botocore names (by `tools/aws_regions`)."""
    text = files("plainwork_core").joinpath("data/regions.json").read_text(encoding="utf-8")
    return {name: tuple(regions) for name, regions in json.loads(text)["partitions"].items()}


@cache
def region_names() -> frozenset[str]:
    """Return the regions of all partitions."""
    return frozenset(region for regions in partitions().values() for region in regions)


def partition_of(region: str) -> str | None:
    """Return the partition of *region*; `None` where no region has that name."""
    return next((name for name, regions in partitions().items() if region in regions), None)


def has_region_form(name: str) -> bool:
    """Tell whether *name* has the form of a Region's name in any partition."""
    return REGION_FORM.fullmatch(name) is not None


def may_be_new(name: str) -> bool:
    """Tell whether *name*, which no known region has, is of the form of one, so that AWS may have opened it since."""
    return _REGION_FORM.fullmatch(name) is not None


def region_of_zone(name: str) -> str | None:
    """Return the region of the zone *name* (`eu-west-1a`, `us-west-2-lax-1a`); `None` where it is no zone's name."""
    inside = [region for region in region_names() if name.startswith(region)]
    region = max(inside, key=len, default="")
    return (
        region if region and re.fullmatch(r"[a-z]|-[a-z0-9]+(-[a-z0-9]+)*-[0-9]+[a-z]?", name[len(region) :]) else None
    )


def zone_id_prefix(region: str) -> str | None:
    """Return what the zone ids of *region* begin with, `euw1` in `eu-west-1`; `None` where AWS does not say."""
    if region.startswith(_NO_SHORT_FORM):
        return None
    area, *directions, number = region.split("-")
    initials = (word[0] for word in _DIRECTIONS.findall("".join(directions)))
    return "".join((area, *initials, number))
