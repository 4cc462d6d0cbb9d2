"""Write the names of all AWS regions by partition, out of the botocore that is installed.

python -m tools.aws_regions
"""

from __future__ import annotations

import json
from pathlib import Path

import botocore

TARGET = Path("core/plainwork_core/data/regions.json")


def regions_by_partition() -> dict[str, list[str]]:
    """Return the regions of each partition; the pseudo-regions of global services (`aws-global`) are left out."""
    source = Path(botocore.__file__).with_name("data") / "partitions.json"
    partitions = json.loads(source.read_text(encoding="utf-8"))["partitions"]
    return {one["id"]: sorted(name for name in one["regions"] if not name.endswith("-global")) for one in partitions}


def main() -> None:
    """Write the table, stamped with botocore's version."""
    table = {
        "source": "botocore partitions.json",
        "version": botocore.__version__,
        "partitions": regions_by_partition(),
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET}: {sum(map(len, table['partitions'].values()))} regions of botocore {botocore.__version__}")


if __name__ == "__main__":
    main()
