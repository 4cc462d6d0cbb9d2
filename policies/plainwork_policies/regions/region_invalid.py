"""AWS Region does not exist.

What: A `region` of an AWS provider, of a resource (AWS provider 6.0), of a replica or another destination, or of the S3
    backend that is not a Region of any partition: misspelled, in capitals, or the name of an Availability Zone
    (`eu-west-1a`).
Why: Terraform reports it only when the provider starts (`invalid AWS Region`), after the review and in the pipeline.
    The Region of a replica is sent to AWS as it is, and the apply fails in the middle.
Remedy: Set the code of the Region, in lower case and without the letter of a zone.
Limitations: The Regions are those in botocore, of all partitions. A name of the right format that is not among them,
    such as `eu-central-9`, may be newer and is not evaluated. With `skip_region_validation` the name may belong to
    another service than AWS, and passes. A Region from the environment or from the caller of a module is not checked.
"""

from __future__ import annotations

from plainwork_core.aws.regions import may_be_new, region_names, region_of_zone
from plainwork_core.errors import did_you_mean
from plainwork_core.model.stack import Stack
from plainwork_policies.api import Findings, Subjects, policy
from plainwork_policies.regions.region_arguments import RegionArgument, region_arguments


def configured_regions(stack: Stack) -> list[RegionArgument]:
    """Return the arguments that set a Region. A provider without `region` has that of the environment or the caller."""
    return [argument for argument in region_arguments(stack) if argument.is_configured and not argument.is_arn]


@policy(
    "PLW_REGION_003",
    "region-invalid",
    aliases=("region-unknown",),
    severity="medium",
    on=Subjects(("provider", "resource", "backend"), configured_regions),
    links=("https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",),
)
def region_invalid(setting: RegionArgument) -> Findings:
    """Check the name of the Region."""
    argument, region = setting.argument, setting.known()
    if region in region_names() or argument.block["skip_region_validation"].bool(default=False):
        return
    if may_be_new(region):
        raise argument.not_evaluated(f"`{region}` is not in the table of Regions and may be newer")
    reason, suggestion = _explanation(region)
    name = argument.path.rpartition(".")[2]
    yield argument.fail(
        f"`{argument.path}` is `{region}`, which is not an AWS Region{reason}",
        remedy=f'Set `{name} = "{suggestion}"`.'
        if suggestion
        else f"Set `{name}` to an AWS Region, such as `eu-central-1`.",
    )


def _explanation(region: str) -> tuple[str, str | None]:
    """Return the rest of the message, and the Region to use."""
    if zone_region := region_of_zone(region):
        return "; it is an Availability Zone", zone_region
    if region.lower() in region_names():
        return "; Regions are in lower case", region.lower()
    return did_you_mean(region, sorted(region_names())), None
