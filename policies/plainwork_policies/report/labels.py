"""The labels of policies and severities in reports."""

from __future__ import annotations

from rich.text import Text

from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.severity import Severity
from plainwork_policies.report import pages

_SEVERITIES = {"critical": "bold white on red", "high": "bold red", "medium": "bold yellow", "low": "bold cyan"}


def severity(of: Severity) -> Text:
    """Return the label of a severity."""
    return Text(of.upper(), _SEVERITIES[of])


def name(policy: Policy) -> Text:
    """Return slug and id of a policy; the slug links to its page if the terminal supports links."""
    return Text.assemble((policy.slug, f"bold link {pages.url(policy)}"), (f"  {policy.id}", "dim"))
