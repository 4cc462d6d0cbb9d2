"""Policies of AWS Organizations and IAM that enforce tags and Regions; see docs/guardrails.md."""

from plainwork.guardrails.regions import RegionGuardrails
from plainwork.guardrails.tags import TagGuardrails

__all__ = ["RegionGuardrails", "TagGuardrails"]
