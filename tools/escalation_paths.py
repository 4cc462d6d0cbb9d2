"""The privilege escalation paths, from cloudsplaining's table of methods (`tools/data.py`).

cloudsplaining combines the lists of Rhino Security Labs and pathfinding.cloud.
"""

from __future__ import annotations

import ast
import json
from typing import Any

from plainwork_core.aws.iam_actions import expand
from tools.packages import Package

TABLE = "cloudsplaining/shared/constants.py"


def write(stamp: dict[str, Any], cloudsplaining: Package) -> bytes:
    """Return the content of `escalation_paths.json`."""
    rows = ",\n".join(f"    {json.dumps(path)}" for path in paths(cloudsplaining))
    return f'{{\n  "stamp": {json.dumps(stamp)},\n  "paths": [\n{rows}\n  ]\n}}\n'.encode()


def paths(cloudsplaining: Package) -> list[dict[str, Any]]:
    """Return name, actions and page of each path."""
    tables = literals(cloudsplaining.read(TABLE).decode())
    methods, pages = tables["PRIVILEGE_ESCALATION_METHODS"], tables["PRIVILEGE_ESCALATION_PATHFINDING_PATHS"]
    return [
        {"name": name, "actions": [canonical(action) for action in actions], "page": page}
        for name, actions, page in ((name, methods[name], pages.get(name)) for name in methods)
    ]


def literals(source: str) -> dict[str, Any]:
    """Return the literal dictionaries of a module by name, without running the module."""
    assigned = (node for node in ast.parse(source).body if isinstance(node, ast.Assign))
    return {
        target.id: ast.literal_eval(node.value)
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict)
    }


def canonical(action: str) -> str:
    """Return *action* in the spelling of the reference, or unchanged if the reference does not have it."""
    found = expand(action)
    return str(found[0]) if found else action
