"""How a report names a policy."""

from __future__ import annotations

from rich.text import Text

from plainwork_policies.engine.finding import Severity
from plainwork_policies.engine.policy import Policy
from plainwork_policies.report import pages

_SEVERITIES = {"critical": "bold white on red", "high": "bold red", "medium": "bold yellow", "low": "bold cyan"}


def severity(of: Severity) -> Text:
    """The label of a severity."""
    return Text(of.upper(), _SEVERITIES[of])


def name(policy: Policy) -> Text:
    """Return a policy's slug and id; where the terminal can, the slug links to its page."""
    return Text.assemble((policy.slug, f"bold link {pages.url(policy)}"), (f"  {policy.id}", "dim"))
