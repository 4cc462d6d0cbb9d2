"""AWS Region is not allowed.

What: an AWS provider configuration, with or without an alias, whose `region` is not in `[regions] allowed`; likewise
    the `region` of a resource (AWS provider 6.0), and the region of a replica of a DynamoDB table, a secret or an EFS
    file system.
Why: one wrong word deploys a whole stack where nobody looks: outside the law that binds the data, the guardrails, the
    backups and the dashboards. Terraform never asks, and most services are happy to start anywhere.
Remedy: name an allowed region, as a literal or as a variable that a plan knows::

        provider "aws" {
          region = "eu-central-1"
        }
Limitations: as long as `[regions] allowed` is empty nobody has said what is allowed, and nothing is evaluated. Without
    `region` the environment or the shared configuration file decides at run time: not evaluated. A name that is no
    region at all fails like any other, with a hint. A resource is judged where its `region` is not its provider's;
    other arguments of resources are not looked at. Where a state lies is `s3-backend-region-mismatch`.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.regions import region_names
from plainwork_core.errors import did_you_mean
from plainwork_core.model.stack import Backend, Provider, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.regions.table import Named, named_regions

_NOBODY_HAS_SAID = 'no region is allowed yet: write allowed = ["eu-central-1"] under [regions] in plainwork.toml'


def deployed_to(stack: Stack) -> list[Named]:
    """Return the places that say where something is deployed."""
    return [each for each in named_regions(stack) if not isinstance(each.subject, Backend)]


@policy(
    "PLW_REGION_001",
    "region-not-allowed",
    severity="high",
    subjects=deployed_to,
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html",
    ),
    settings=("allowed",),
)
def region_not_allowed(named: Named, settings: RegionSettings) -> Iterator[Finding]:
    """Judge one region."""
    allowed, region = settings.allowed, named.region
    if not allowed:
        yield not_evaluated(named.path, _NOBODY_HAS_SAID)
    elif isinstance(region, Unknown):
        yield not_evaluated(named.path, region)
    elif region not in allowed:
        yield fail(
            named.path,
            f"{_is_there(named)} `{region}`, which is {_what_it_is(region)}",
            value=region,
            remedy=f"use one of {', '.join(f'`{name}`' for name in allowed)}{_correction(region, allowed)}",
        )


def _is_there(named: Named) -> str:
    if isinstance(named.subject, Provider):
        return "is configured for"
    return "is deployed to" if named.path == "region" else "has a replica in"


def _what_it_is(region: str) -> str:
    return "not an allowed region" if region in region_names() else "no region that AWS has"


def _correction(region: str, allowed: tuple[str, ...]) -> str:
    return "" if region in region_names() else did_you_mean(region, allowed)
