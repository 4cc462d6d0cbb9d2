"""The AWS resource types that accept tags, from the provider's schema (`tools/data.py`)."""

from __future__ import annotations

import json
from typing import Any

from tools.packages import Package, terraform

AWS = "registry.terraform.io/hashicorp/aws"


def write(stamp: dict[str, Any], provider: Package) -> bytes:
    """Return the content of `taggable_types.json`."""
    types = taggable_types(terraform(provider.path, "providers", "schema"))
    return (json.dumps({"stamp": stamp, "types": types}, indent=0) + "\n").encode()


def taggable_types(schema: dict[str, Any]) -> list[str]:
    """Return the resource types with `tags` and `tags_all`, to which the provider applies `default_tags`."""
    resources = schema["provider_schemas"][AWS]["resource_schemas"]
    return sorted(
        name for name, resource in resources.items() if {"tags", "tags_all"} <= resource["block"]["attributes"].keys()
    )
