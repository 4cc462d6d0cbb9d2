"""The arguments of resources for Availability Zones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plainwork_core.aws.regions import region_names, region_of_zone
from plainwork_core.frozen import frozen
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.api import Argument, Resource
from plainwork_policies.regions.literal_arns import leaf_arguments, resources_with
from plainwork_policies.regions.resource_regions import Region, referent_region, resolved

_ZONE = re.compile(
    r"(?:.*\.)?(?:(?P<name>(?:(?:default|preferred)_)?availability_zones?(?:_name)?|preferred_cache_cluster_azs)|(?P<id>availability_zone_ids?))(?:\.\d+)?"
)
_OTHER_REGION = re.compile(r"(^|\.)(replica|destination)\w*\.")
_ALL = "all"  # of a target outside the VPC


@frozen()
class Zone:
    """An argument for a zone.

    Args:
        argument: the argument.
        format: what it takes: `name` or `ID`.
    """

    argument: Argument
    format: str

    @property
    def other_format(self) -> str:
        """What it does not take."""
        return "ID" if self.format == "name" else "name"


def zones(resource: Resource) -> Iterator[Zone]:
    """Yield the arguments of *resource* for zones of its own Region."""
    for argument in leaf_arguments(resource, _format):
        if argument.raw not in ("", _ALL) and not is_computed_by_provider(argument.raw):
            yield Zone(argument, _format(argument.path))


@cache
def _format(path: str) -> str:
    """Return what the argument at *path* takes; `""` if it is not one for a zone of the resource's own Region."""
    match = _ZONE.fullmatch(path)
    return "" if not match or _OTHER_REGION.search(path) else "ID" if match["id"] else "name"


WITH_ZONE = resources_with(_format)
"""The resources that have an argument for a zone."""


def zone_region(argument: Argument) -> Region | None:
    """Return the Region of a zone by its name or by the resource that it refers to; `None` for an ID or other text."""
    raw = argument.raw
    if isinstance(raw, PartialString):
        region, *letter = raw.parts
        is_name = len(letter) == 1 and (isinstance(letter[0], Unknown) or re.fullmatch("[a-z]", letter[0]))
        if not is_name:
            return raw
        return resolved(region, argument) if isinstance(region, Unknown) else _named(region, raw)
    return referent_region(argument, "aws_") if isinstance(raw, Unknown) else region_of_zone(argument.string())


def _named(region: str, zone: Unknown) -> Region:
    return region if region in region_names() else zone


def refers_to_zones(argument: Argument, attribute: str) -> bool:
    """Return whether *argument* refers to *attribute* of a `data "aws_availability_zones"`: `names` or `zone_ids`.

    `names` may be in the condition of a conditional: a plan lists the references of an expression without its form, and
    in HCL such a value is derived from them.
    """
    if argument.block.stack.format == "plan" or not isinstance(argument.raw, Unknown) or argument.raw.is_derived:
        return False
    pattern = rf"data\.aws_availability_zones\..*\.{attribute}\b.*"
    return any(re.fullmatch(pattern, reference) for reference in argument.raw.references)
