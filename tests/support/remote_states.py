"""States that the stacks of this repository read, in files, for tests that plan one stack without the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = {"endpoints_security_group_id": "sg-0123456789abcdef0", "s3_prefix_list_id": "pl-6da54004"}


def network_state(directory: Path, *, reader: str) -> dict[str, Any]:
    """Write a state of the stack `network`, and return the override of a checkout stack that reads it."""
    outputs = {name: {"value": value, "type": "string"} for name, value in OUTPUTS.items()}
    state = {"version": 4, "terraform_version": "1.10.0", "serial": 1, "lineage": "network", "outputs": outputs}
    file = directory / "network.tfstate"
    file.write_text(json.dumps({**state, "resources": []}))
    read = {"backend": "local", "config": {"path": str(file)}}
    return {"data": {"terraform_remote_state": {reader.replace("checkout", "network").replace("-", "_"): read}}}


def with_path_style(document: str) -> str:
    """A synthesized stack that reads other states from a server that has no host names for buckets."""
    return document.replace('"config": {', '"config": { "use_path_style": true,')
