"""Severities, and the setting `fail_on`. The command line imports this module for its options."""

from __future__ import annotations

from typing import Literal

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")
FailOn = Literal["not-evaluated", "low", "medium", "high", "critical"]
FAIL_ON: tuple[FailOn, ...] = ("not-evaluated", *SEVERITIES)
"""The values of `fail_on`, the strictest first."""
