"""The AWS resource types that accept tags, from the provider's schema and newer bindings (`tools/data.py`)."""

from __future__ import annotations

import json
import re
from typing import Any

from tools.packages import Package, terraform

AWS = "registry.terraform.io/hashicorp/aws"
_BINDINGS = "cdktn_provider_aws/"
_RESOURCE = re.compile(r"Represents a \{@link \S+/docs/resources/\S+ (aws_\w+)\}")
_MERGED_TAGS = "tags_all"


def write(stamp: dict[str, Any], provider: Package, bindings: Package) -> bytes:
    """Return the content of `taggable_types.json`."""
    schema = terraform(provider.path, "providers", "schema")["provider_schemas"][AWS]["resource_schemas"]
    newer = sorted(types_in_bindings(bindings) - schema.keys())
    content = {"stamp": stamp, "types": taggable_types(schema), "newer_types": newer}
    return (json.dumps(content, indent=0) + "\n").encode()


def taggable_types(schema: dict[str, Any]) -> list[str]:
    """Return the resource types with `tags` and `tags_all`, to which the provider applies `default_tags`."""
    needed = {"tags", _MERGED_TAGS}
    return sorted(name for name, resource in schema.items() if needed <= resource["block"]["attributes"].keys())


def types_in_bindings(bindings: Package) -> set[str]:
    """Return the resource types with `tags_all` in the prebuilt bindings of CDK Terrain, one module for each type."""
    modules = bindings.members(_BINDINGS).items()
    texts = (content.decode() for name, content in modules if name.endswith("/__init__.py"))
    found = ((_RESOURCE.search(text), text) for text in texts)
    return {match[1] for match, text in found if match and _MERGED_TAGS in text}
