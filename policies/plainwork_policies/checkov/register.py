"""Importing this module registers every policy of the catalogue as a check."""

from __future__ import annotations

from plainwork_policies.catalogue import POLICIES
from plainwork_policies.checkov.check import register_policies

register_policies(POLICIES)
