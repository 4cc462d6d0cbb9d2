"""Derive `core/plainwork_core/data/escalation_paths.json` from cloudsplaining's table of escalation methods.

Usage: `python -m tools.escalation_paths` downloads the newest cloudsplaining wheel from PyPI with pip and rewrites the
file; `python -m tools.escalation_paths path/to/cloudsplaining.whl` uses a wheel that exists.

cloudsplaining (https://github.com/salesforce/cloudsplaining, MIT) combines the lists of Rhino Security Labs and
pathfinding.cloud. Only facts are copied: the name of each method, the actions that it needs, and the page about it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from plainwork_core.aws.iam_actions import expand
from tools.wheels import with_wheel

TARGET = Path(__file__).parents[1] / "core/plainwork_core/data/escalation_paths.json"
TABLE = "cloudsplaining/shared/constants.py"


def write(wheel: Path) -> None:
    """Reduce the table inside *wheel* to `TARGET`."""
    text = zipfile.ZipFile(wheel).read(TABLE)
    tables = literals(text.decode("utf-8"))
    methods, pages = tables["PRIVILEGE_ESCALATION_METHODS"], tables["PRIVILEGE_ESCALATION_PATHFINDING_PATHS"]
    paths = [
        {"name": name, "actions": [canonical(action) for action in actions], "page": pages.get(name)}
        for name, actions in methods.items()
    ]
    stamp = {
        "source": "cloudsplaining " + wheel.name.split("-")[1],
        "sha256": hashlib.sha256(text).hexdigest(),
        "facts": "Rhino Security Labs' list and pathfinding.cloud",
        "licence": "cloudsplaining is MIT-licensed (Copyright Salesforce.com, Inc.); facts only, no text",
        "paths": len(paths),
    }
    rows = ",\n".join(f"    {json.dumps(path)}" for path in paths)
    TARGET.write_text(f'{{\n  "stamp": {json.dumps(stamp)},\n  "paths": [\n{rows}\n  ]\n}}\n', encoding="utf-8")
    print(f"{TARGET}: {stamp}")


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


if __name__ == "__main__":
    with_wheel("cloudsplaining", write)
