"""A provider is configured for a region that is not allowed.

What: an AWS provider configuration, with or without an alias, whose `region` is not in `[regions] allowed`.
Why: one wrong word deploys a whole stack where nobody looks: outside the law that binds the data, the guardrails, the
    backups and the dashboards. Terraform never asks, and most services are happy to start anywhere.
Fix: name an allowed region, as a literal or as a variable that a plan knows::

        provider "aws" {
          region = "eu-central-1"
        }
Limits: as long as `[regions] allowed` is empty nobody has said what is allowed, and nothing is evaluated. Without
    `region` the environment or the shared configuration file decides at run time: not evaluated. A name that is no
    region at all fails like any other, with a hint. Arguments of resources are not looked at.
Link: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.errors import did_you_mean
from plainwork_policies.model import Provider, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.regions.providers import aws_providers, region_names, region_of
from plainwork_policies.settings import Settings
from plainwork_policies.values import Unknown

_NOBODY_HAS_SAID = 'no region is allowed yet: write allowed = ["eu-central-1"] under [regions] in plainwork.toml'


@policy("PLW_REGION_001", "region-not-allowed", severity="high", subjects=aws_providers)
def region_not_allowed(provider: Provider, _stack: Stack, settings: Settings) -> Iterator[Finding]:
    """Judge the region of *provider*."""
    allowed, region = settings.regions.allowed, region_of(provider)
    if not allowed:
        yield not_evaluated("region", _NOBODY_HAS_SAID)
    elif isinstance(region, Unknown):
        yield not_evaluated("region", region)
    elif region not in allowed:
        yield fail(
            "region",
            f"is configured for `{region}`, which is {_what_it_is(region)}",
            value=region,
            remedy=f"use one of {', '.join(f'`{name}`' for name in allowed)}{_correction(region, allowed)}",
        )


def _what_it_is(region: str) -> str:
    return "not an allowed region" if region in region_names() else "no region that AWS has"


def _correction(region: str, allowed: tuple[str, ...]) -> str:
    return "" if region in region_names() else did_you_mean(region, allowed)
