"""Writes the index of the built-in policies, `data/policies.json`: what a run must know before it imports a policy.

`python -m tools.policy_index`, after a policy is added or its decorator changes.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import plainwork_policies
from plainwork_core.iam.arguments import ARGUMENTS
from plainwork_core.iam.permissions import PERMISSIONS, PRINCIPAL
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import INDEX
from plainwork_policies.engine.settings import settings_class
from plainwork_policies.engine.subjects import ANY
from tools.recorder import recorded_types

FAMILIES = (
    "tags",
    "conditions",
    "regions",
    "backends",
    "privileges",
    "efs",
    "caches",
    "endpoints",
    "canaries",
    "changes",
    "modules",
    "arguments",
)
"""The packages of policies, in the order of the documentation."""
_PACKAGE = Path(plainwork_policies.__file__).parent


def text() -> str:
    """Return the index as it must be."""
    index = {
        "policies": [_row(policy) for family in FAMILIES for policy in policies_of(family)],
        "settings": [_settings(family) for family in FAMILIES if (_PACKAGE / family / "settings.py").is_file()],
        "documents": _document_arguments(),
    }
    return json.dumps(index, indent=1, ensure_ascii=False) + "\n"


def policies_of(family: str) -> list[Policy]:
    """Return the policies that the modules of a family define, by id."""
    modules = [import_module(f"plainwork_policies.{family}.{file.stem}") for file in (_PACKAGE / family).glob("*.py")]
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Policy) and value.module == module.__name__
    ]
    return sorted(found, key=lambda policy: policy.id)


def _row(policy: Policy) -> dict[str, Any]:
    types = recorded_types(policy) if policy.types == (ANY,) else policy.types
    return {
        "id": policy.id,
        "slug": policy.slug,
        "severity": policy.severity,
        "title": policy.title,
        "module": policy.module,
        "types": sorted(types),
        "aliases": policy.aliases,
        "links": policy.links,
        "settings": policy.settings,
        "requires": policy.requires,
        "since": policy.since,
    }


def _settings(family: str) -> list[str]:
    table = settings_class(f"plainwork_policies.{family}")
    return [table.table, f"plainwork_policies.{family}", table.former_table]


def _document_arguments() -> dict[str, list[str]]:
    """Return the arguments, or the blocks around them, that may hold an IAM policy document, by resource type.

    The resources that add one statement to the policy of another are included.
    """
    found: dict[str, set[str]] = {}
    for arguments in ARGUMENTS.values():
        for argument in arguments:
            type_, _, path = argument.partition(".")
            found.setdefault(type_, set()).add(path.partition(".")[0])
    found |= {type_: {PRINCIPAL} for type_ in PERMISSIONS}
    return {type_: sorted(names) for type_, names in sorted(found.items())}


if __name__ == "__main__":
    INDEX.parent.mkdir(exist_ok=True)
    INDEX.write_text(text(), encoding="utf-8")
