"""Makes up the state that Terraform would have after applying a plan, for examples of what a plan changes.

Attributes that are known only after apply are omitted, except for `id`, which is the resource's address, and `tags_all`
of a resource without tags: enough for resources of the root module that do not refer to one another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]'


def state_after(plan: Mapping[str, Any]) -> str:
    """Return the state file, version 4, of what *plan* (the JSON of a plan that only creates) plans."""
    blocks: dict[tuple[str, str], dict[str, Any]] = {}
    for resource in plan["planned_values"]["root_module"].get("resources", ()):
        kind, name = resource["type"], resource["name"]
        block = {"mode": "managed", "type": kind, "name": name, "provider": _PROVIDER, "instances": []}
        blocks.setdefault((kind, name), block)["instances"].append(_instance(resource))
    state = {
        "version": 4,
        "terraform_version": plan["terraform_version"],
        "serial": 1,
        "lineage": "00000000-0000-0000-0000-000000000000",
        "outputs": {},
        "resources": list(blocks.values()),
    }
    return json.dumps(state, indent=2)


def _instance(resource: Mapping[str, Any]) -> dict[str, Any]:
    key = {"index_key": resource["index"]} if "index" in resource else {}
    values = resource["values"]
    no_tags = {"tags_all": {}} if "tags" in values else {}
    attributes = {"id": resource["address"], **no_tags, **values}
    return {**key, "schema_version": resource["schema_version"], "attributes": attributes}
