"""Registers every built-in policy as a check when it is imported."""

from __future__ import annotations

from plainwork_policies.checkov.check import register_policies
from plainwork_policies.engine.registry import policies

register_policies(policies())
