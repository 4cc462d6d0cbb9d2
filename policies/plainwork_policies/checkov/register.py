"""Registers every built-in policy, and those that the settings name, as a check when it is imported."""

from __future__ import annotations

from plainwork_policies.checkov.check import register_policies
from plainwork_policies.engine.own_policies import available
from plainwork_policies.engine.registry import loaded
from plainwork_policies.engine.settings_file import load

register_policies(map(loaded, available(load().own_policies)))
