"""Reads a saved base: a report of `--format json`, or a baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from plainwork_core.errors import InputError
from plainwork_policies.compare.base import Base, recorded
from plainwork_policies.engine.comparison import BaseFinding
from plainwork_policies.engine.severity import SEVERITIES

_COLUMNS = tuple(field.name for field in fields(BaseFinding))


def is_report(document: Any) -> bool:
    """Return whether *document* is a report of `--format json`."""
    return isinstance(document, Mapping) and {"summary", "findings"} <= document.keys()


def base_of_report(document: Mapping[str, Any], file: str) -> Base:
    """Return the report *document*, read from *file*, as a base.

    Raises:
        InputError: it is damaged, of an incompatible version, or of a run with errors.
    """
    if document.get("errors"):
        raise InputError(f"{file}: a report with errors, which may lack findings; correct them and save it again")
    try:
        stacks = {entry["stack"]: frozenset(map(str, entry["addresses"])) for entry in document["stacks"]}
        found = Base(file, tuple(map(finding_of, document["findings"])), stacks, frozenset(document["policies"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{file}: not a complete report of this version of plainwork; save it again") from error
    return found


def finding_of(entry: Mapping[str, Any]) -> BaseFinding:
    """Return a finding of a report or a baseline.

    Raises:
        KeyError, TypeError, ValueError: it is damaged.
    """
    found = BaseFinding(**{**{name: entry[name] for name in _COLUMNS}, "value": recorded(entry["value"])})
    texts = (found.policy, found.slug, found.stack, found.address, found.argument, found.message)
    if not all(isinstance(text, str) for text in texts) or found.severity not in SEVERITIES:
        raise ValueError(found)
    if found.status not in ("failed", "not_evaluated"):
        raise ValueError(found)
    return found
