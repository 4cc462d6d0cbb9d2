"""A diff as JSON."""

from __future__ import annotations

import json
from typing import Any

from plainwork_core.code_diff.model import BlockChange, CodeDiff
from plainwork_core.diff.line import Line
from plainwork_core.repository import repository_path

VERSION = 1


def render(found: CodeDiff) -> str:
    """Return the diff as one JSON object."""
    document = {
        "version": VERSION,
        "before": found.before,
        "after": found.after,
        "modules": [
            {"name": part.name, "former": part.former, "changes": [_change(change) for change in part.changes]}
            for part in found.parts
        ],
        "notes": list(found.notes),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _change(change: BlockChange) -> dict[str, Any]:
    return {
        "address": change.address,
        "former": change.former,
        "kind": change.kind,
        "type": change.type,
        "action": change.verb,
        "section": change.section,
        "file": repository_path(change.place.file) if change.place else "",
        "line": change.place.line if change.place else 0,
        "notes": list(change.notes),
        "differences": [_line(line) for line in change.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "sign": line.sign,
        "argument": line.argument,
        "before": line.before,
        "after": line.after,
        "lines": list(line.text),
        "forces_replacement": "yes" if line.forces else "maybe" if line.note.startswith("may ") else "unknown",
        "note": line.note,
    }
