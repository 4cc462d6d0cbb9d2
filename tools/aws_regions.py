"""The AWS partitions, with their Regions and DNS suffixes, from botocore (`tools/data.py`)."""

from __future__ import annotations

import json
from typing import Any

from tools.packages import Package

MEMBER = "botocore/data/partitions.json"


def write(stamp: dict[str, Any], botocore: Package) -> bytes:
    """Return the content of `regions.json`."""
    table = {"stamp": stamp, "partitions": partitions(botocore)}
    return (json.dumps(table, indent=1) + "\n").encode()


def partitions(botocore: Package) -> dict[str, dict[str, Any]]:
    """Return the facts of each partition, without the pseudo-Regions of global services (`aws-global`)."""
    return {
        partition["id"]: {
            "dns_suffix": partition["outputs"]["dnsSuffix"],
            "region_regex": partition["regionRegex"],
            "regions": sorted(name for name in partition["regions"] if not name.endswith("-global")),
        }
        for partition in json.loads(botocore.read(MEMBER))["partitions"]
    }
