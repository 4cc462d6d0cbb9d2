"""AWS Region does not exist.

What: a `region` of an AWS provider, of a resource (AWS provider 6.0), of a replica or of the S3 backend that is no
    region in any partition: misspelt, in capitals, or the name of a zone (`eu-west-1a`).
Why: Terraform finds it out only when the provider starts (`invalid AWS Region`), after the review and in the pipeline;
    the region of a replica goes to AWS as it is, and stops an apply in the middle.
Remedy: write the region's code, in lower case and without the letter of a zone::

        provider "aws" {
          region = "eu-central-1"
        }
Limitations: the regions are those that botocore names, in all partitions. A name of the right form that is not among
    them,
    such as `eu-central-9`, may be newer and is not evaluated. With `skip_region_validation` the name may belong to
    another service than AWS, and passes. What the environment or the caller of a module gives is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.regions import may_be_new, region_names, region_of_zone
from plainwork_core.errors import did_you_mean
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.table import Named, named_regions


def written_regions(stack: Stack) -> list[Named]:
    """Return the places that name a region; a provider without `region` leaves it to the environment or a caller."""
    return [
        each for each in named_regions(stack) if each.subject.get("region") not in (None, "") or each.path != "region"
    ]


@policy(
    "PLW_REGION_003",
    "region-invalid",
    aliases=("region-unknown",),
    severity="medium",
    subjects=written_regions,
    links=("https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",),
)
def region_invalid(named: Named) -> Iterator[Finding]:
    """Judge the name of one region."""
    region = named.region
    if isinstance(region, Unknown):
        yield not_evaluated(named.path, region)
    elif region in region_names() or named.is_free:
        return
    elif may_be_new(region):
        yield not_evaluated(named.path, f"`{region}` is not in the table of regions, and may be newer than that")
    else:
        yield fail(
            named.path, f"names the region `{region}`, which AWS does not have", value=region, remedy=_fix(region)
        )


def _fix(region: str) -> str:
    if home := region_of_zone(region):
        return f"`{region}` is a zone: write its region, `{home}`"
    if region.lower() in region_names():
        return f"write it in lower case, `{region.lower()}`"
    return f"write the code of a region, such as `eu-central-1`{did_you_mean(region, sorted(region_names()))}"
