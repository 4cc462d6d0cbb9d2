"""The documentation page of a policy: its address, and its headings, which are those of `plainwork explain`."""

from __future__ import annotations

from plainwork_policies.engine.policy import RESERVED, Policy
from plainwork_policies.engine.settings import Settings

DOCS_URL = "https://plainwork.readthedocs.io/en/stable"
"""The address of the documentation site (`docs/`)."""

HEADINGS = {
    "What": "What it checks",
    "Why": "Why it matters",
    "Remedy": "Remedy",
    "Limitations": "Limitations",
}
"""The headings of the sections of a policy's docstring."""

REFERENCE, EXAMPLE = "Reference", "Example"


def url(policy: Policy) -> str:
    """Return the address of the page of *policy*: of a built-in one in the documentation, of a custom one its link."""
    return policy.link if not policy.id.startswith(RESERVED) else f"{DOCS_URL}/policies/{policy.slug}.html"


def sections(policy: Policy) -> dict[str, str]:
    """Return the documentation of *policy* by heading, without the reference."""
    return {HEADINGS[name]: text for name, text in policy.sections.items()}


def formerly(policy: Policy) -> str:
    """Return a clause with the former slugs of *policy*; `""` if it has none."""
    return f"formerly {', '.join(f'`{alias}`' for alias in policy.aliases)}" if policy.aliases else ""


def required_setting(policy: Policy) -> str:
    """Return a clause with the setting without which *policy* is not evaluated; `""` if it requires none."""
    setting = policy.missing_setting(Settings())
    return f"not evaluated without the setting `{setting}`" if setting else ""
