"""Write the AWS partitions, with their Regions and DNS suffixes, from the installed botocore.

python -m tools.aws_regions
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import botocore

TARGET = Path(__file__).parents[1] / "core/plainwork_core/data/regions.json"


def partitions() -> dict[str, dict[str, Any]]:
    """Return the facts of each partition, without the pseudo-Regions of global services (`aws-global`)."""
    source = Path(botocore.__file__).with_name("data") / "partitions.json"
    return {
        partition["id"]: {
            "dns_suffix": partition["outputs"]["dnsSuffix"],
            "region_regex": partition["regionRegex"],
            "regions": sorted(name for name in partition["regions"] if not name.endswith("-global")),
        }
        for partition in json.loads(source.read_text(encoding="utf-8"))["partitions"]
    }


def main() -> None:
    """Write the table, with the version of botocore."""
    table = {
        "source": "botocore partitions.json",
        "version": botocore.__version__,
        "partitions": partitions(),
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    count = sum(len(partition["regions"]) for partition in partitions().values())
    print(f"{TARGET.name}: {count} Regions of botocore {botocore.__version__}")


if __name__ == "__main__":
    main()
