"""Importing this module registers every policy of the catalog as a check."""

from __future__ import annotations

from plainwork_policies.checkov.check import register_policies
from plainwork_policies.engine.registry import policies

register_policies(policies())
