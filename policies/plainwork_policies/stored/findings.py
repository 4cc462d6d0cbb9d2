"""Findings and waivers as JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from plainwork_core.waivers import Waiver
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.plain_value import plain
from plainwork_policies.engine.severity import SEVERITIES
from plainwork_policies.stored.stacks import location_data, location_of

_STATUSES = ("failed", "not_evaluated")


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return *finding* as JSON data, without its fix and without what is not set."""
    cells = {
        "status": finding.status,
        "message": finding.message,
        "path": finding.path,
        "value": plain(finding.value),
        "remedy": finding.remedy,
        "location": finding.location and location_data(finding.location),
        "severity": finding.severity,
        "waiver": finding.waiver and waiver_data(finding.waiver),
    }
    return {name: cell for name, cell in cells.items() if cell is not None and (cell != "" or name == "value")}


def finding_of(data: Mapping[str, Any]) -> Finding:
    """Return the finding of *data*.

    Raises:
        DAMAGE: it has another form.
    """
    severity = data.get("severity")
    if data["status"] not in _STATUSES or severity not in (None, *SEVERITIES):
        raise ValueError(data)
    location, waiver = data.get("location"), data.get("waiver")
    return Finding(
        data["status"],
        str(data.get("message", "")),
        str(data.get("path", "")),
        data.get("value"),
        str(data.get("remedy", "")),
        location_of(location) if location else None,
        severity,
        waiver=waiver_of(waiver) if waiver else None,
    )


def waiver_data(waiver: Waiver) -> dict[str, Any]:
    """Return *waiver* as JSON data."""
    return {**asdict(waiver), "expires": waiver.expires.isoformat()}


def waiver_of(data: Mapping[str, Any]) -> Waiver:
    """Return the waiver of *data*.

    Raises:
        DAMAGE: it has another form.
    """
    return Waiver(**{**data, "expires": date.fromisoformat(data["expires"])})
