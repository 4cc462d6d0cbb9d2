"""Write what the policies know of AWS's endpoint services, out of what the constructs know of them.

python -m tools.endpoint_services; with `--check` nothing is written, and the exit code is 1 where the table is stale.
`python -m tools.vpc_endpoint_services` makes what it is made from.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tools.generated import write
from tools.vpc_endpoint_services import TARGET as SOURCE

TARGET = Path(__file__).parents[1] / "core/plainwork_core/data/endpoint_services.json"


def table(catalog: dict[str, Any]) -> dict[str, Any]:
    """Return the names of the services by the kind of their endpoints, and the ports that are not 443."""
    services = catalog["services"]
    return {
        "source": catalog["source"],
        "licence": catalog["licence"],
        "kinds": {
            kind: " ".join(sorted(name for name, each in services.items() if kind in each["kinds"]))
            for kind in ("Gateway", "Interface")
        },
        "ports": {name: each["port"] for name, each in sorted(services.items()) if "port" in each},
    }


def text() -> str:
    """Return the table as it is written."""
    return json.dumps(table(json.loads(SOURCE.read_text(encoding="utf-8"))), indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(write({TARGET: text()}, sys.argv[1:]))
