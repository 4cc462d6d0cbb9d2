"""Partitions, Regions and Availability Zones: names, DNS suffixes and the forms of IDs.

The table of partitions is `data/regions.json`, made from botocore by `tools/aws_regions.py`.

https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
"""

from __future__ import annotations

import json
import re
from functools import cache

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen

_DATA = FOLDER / "regions.json"

REGION_FORM = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]+")
"""The form of a Region's name in every partition."""

_DEFAULT_PARTITION = "aws"
_WORDS = "north|south|east|west|central"
_COMMERCIAL_FORM = re.compile(rf"[a-z]{{2}}-(({_WORDS})|(north|south)(east|west))-\d")
_DIRECTIONS = re.compile(f"{_WORDS}|gov")
_ZONE_SUFFIX = re.compile(r"[a-z]|-[a-z0-9]+(-[a-z0-9]+)*-[0-9]+[a-z]?")
_ZONE_ID = re.compile(r"(?P<prefix>[a-z]+\d)(-[a-z]+\d)?-az\d+")
_WITHOUT_ZONE_ID_PREFIX = ("us-iso", "eu-iso", "eusc-")


@frozen()
class Partition:
    """One partition.

    Attributes:
        name: the second part of an ARN: `aws-cn`.
        dns_suffix: the end of the host names of its services: `amazonaws.com.cn`.
        region_form: the form of the names of its Regions.
        regions: the Regions that botocore lists.
    """

    name: str
    dns_suffix: str
    region_form: re.Pattern[str]
    regions: tuple[str, ...]


@cache
def partitions() -> dict[str, Partition]:
    """Return each partition by its name."""
    rows = json.loads(_DATA.read_text(encoding="utf-8"))["partitions"]
    return {
        name: Partition(name, row["dns_suffix"], re.compile(row["region_regex"]), tuple(row["regions"]))
        for name, row in rows.items()
    }


@cache
def region_names() -> frozenset[str]:
    """Return the Regions of all partitions."""
    return frozenset(region for partition_ in partitions().values() for region in partition_.regions)


def known_partition(region: str) -> str | None:
    """Return the partition whose table has *region*; `None` if no table has it."""
    return next((name for name, partition_ in partitions().items() if region in partition_.regions), None)


def partition(region: str) -> str:
    """Return the partition of a Region by the form of its name, known or not; `aws` if the form is of no partition.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    return _by_form(region).name


def dns_suffix(region: str) -> str:
    """Return the end of the host names of services in a Region: `amazonaws.com`, unless its partition has another."""
    return _by_form(region).dns_suffix


def has_region_form(name: str) -> bool:
    """Return whether *name* has the form of a Region's name in any partition."""
    return REGION_FORM.fullmatch(name) is not None


def may_be_new(name: str) -> bool:
    """Return whether *name* has the form of a commercial Region, which AWS may have opened after the table was made."""
    return _COMMERCIAL_FORM.fullmatch(name) is not None


def may_exist(name: str) -> bool:
    """Return whether *name* is a Region, or has the form of one that AWS may have opened after the table was made."""
    others = (partition_ for partition_ in partitions().values() if partition_.name != _DEFAULT_PARTITION)
    is_of_other = any(partition_.region_form.fullmatch(name) for partition_ in others)
    return name in region_names() or may_be_new(name) or is_of_other


def is_aws_endpoint(endpoint: str) -> bool:
    """Return whether the host of *endpoint*, a URL or a host name, is one of AWS."""
    return _host(endpoint).endswith(tuple(f".{partition_.dns_suffix}" for partition_ in partitions().values()))


def region_of_endpoint(endpoint: str) -> str:
    """Return the Region in the host name of an endpoint of AWS; `""` if it has none, or is not of AWS."""
    if not is_aws_endpoint(endpoint):
        return ""
    found = [label for label in _host(endpoint).split(".") if label in region_names()]
    return found[0] if len(found) == 1 else ""


def _host(endpoint: str) -> str:
    from urllib.parse import urlsplit  # noqa: PLC0415  slow to import, and few inputs have an endpoint

    try:
        return urlsplit(endpoint if "//" in endpoint else f"//{endpoint}").hostname or ""
    except ValueError:  # an IPv6 address without its end
        return ""


def region_of_zone(name: str) -> str | None:
    """Return the Region of the zone *name* (`eu-west-1a`, `us-west-2-lax-1a`); `None` if it is not a zone's name."""
    region = max((region for region in region_names() if name.startswith(region)), key=len, default=None)
    return region if region and _ZONE_SUFFIX.fullmatch(name.removeprefix(region)) else None


def zone_id_prefix(region: str) -> str | None:
    """Return the first part of the zone IDs of *region*, `euw1` for `eu-west-1`; `None` if AWS does not document it."""
    if region.startswith(_WITHOUT_ZONE_ID_PREFIX):
        return None
    area, *directions, number = region.split("-")
    initials = (word[0] for word in _DIRECTIONS.findall("".join(directions)))
    return "".join((area, *initials, number))


def prefix_of_zone_id(zone_id: str) -> str | None:
    """Return the first part of a zone ID, `euw1` of `euw1-az1`; `None` if it is not a zone ID.

    https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
    """
    found = _ZONE_ID.fullmatch(zone_id)
    return found["prefix"] if found else None


def _by_form(region: str) -> Partition:
    fitting = (partition_ for partition_ in partitions().values() if partition_.region_form.fullmatch(region))
    return next(fitting, partitions()[_DEFAULT_PARTITION])
