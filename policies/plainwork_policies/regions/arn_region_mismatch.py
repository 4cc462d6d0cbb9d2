"""ARN is in a Region that the stack does not use.

What: An ARN in an argument, or in `Resource` of a resource-based policy, whose Region is not that of any provider or
    resource of the stack; and an ARN in any IAM statement with a word as Region that is not a Region, such as `region`.
Why: Such an ARN often is in a copied block. The statement does not apply to the resource, or AWS rejects the argument
    in the middle of an apply. No resource has the ARN of a Region that does not exist.
Remedy: Reference the `arn` of the resource, or use `data.aws_region` instead of a literal Region.
Limitations: List intended Regions in `[regions] additional_regions`. `us-east-1` never fails, because global services
    are there. IAM is global, so that the ARNs of identity-based policies, trust policies and conditions may have any
    Region that exists; a Region of the right format that botocore does not list may be newer, and passes. Not checked
    are Bedrock models, which inference profiles call across Regions, and arguments for a source, destination, replica
    or peer. If the Region of a provider is unknown, an ARN
    may be in that Region and is not evaluated. ARNs in tags, in `environment` and `user_data`, in the middle of other
    text, and in JSON other than policy documents are not checked.
"""

from __future__ import annotations

import re

from plainwork_core.aws.regions import may_be_new, region_names
from plainwork_core.model.stack import Stack
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Subjects, policy
from plainwork_policies.regions.literal_arns import LiteralArn, is_literal, literal_arns
from plainwork_policies.regions.region_arguments import regions_of_stack
from plainwork_policies.regions.resource_regions import known_regions
from plainwork_policies.regions.settings import RegionSettings

_REGION_OF_GLOBAL_SERVICES = "us-east-1"
_OTHER_REGION = re.compile(r"replica|destination|source|primary|peer|copy|global|origin|target")
_OF_STACK = ("Resource", "NotResource")
_CROSS_REGION_SERVICES = ("bedrock",)


def arns_with_region(stack: Stack) -> list[LiteralArn]:
    """Return the ARNs with a literal Region that should be one of the stack's, or that does not exist."""
    return [arn for arn in literal_arns(stack) if is_literal(arn.region) and not _is_cross_region(arn)]


@policy(
    "PLW_REGION_005",
    "arn-region-mismatch",
    aliases=("arn-in-another-region",),
    severity="medium",
    on=Subjects(("resource", "document"), arns_with_region),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",),
    settings=("additional_regions",),
)
def arn_region_mismatch(arn: LiteralArn, stack: Stack, settings: RegionSettings) -> Findings:
    """Compare the Region with those of the stack."""
    region, regions = str(arn.region), regions_of_stack(stack)
    if region in regions or region in settings.additional_regions:
        return
    if _exists(region):
        rule = f"but the stack uses {enumeration(known_regions(arn.argument, regions))}"
        remedy = f"Reference the resource's `arn`, or add `{region}` to `[regions] additional_regions`."
    else:
        rule, remedy = "which is not an AWS Region", "Reference the resource's `arn`, or use `data.aws_region`."
    message = f"`{arn.argument.path}` is `{arn.text}` in `{region}`, {rule}"
    yield arn.argument.fail(message, value=arn.text, remedy=remedy)


def _exists(region: str) -> bool:
    return region in region_names() or may_be_new(region)


def _is_cross_region(arn: LiteralArn) -> bool:
    if arn.region == _REGION_OF_GLOBAL_SERVICES or arn.service in _CROSS_REGION_SERVICES:
        return True
    if arn.statement:
        is_of_stack = arn.statement.kind == "resource" and arn.element in _OF_STACK
        return _exists(str(arn.region)) and not is_of_stack
    return _OTHER_REGION.search(f"{arn.argument.block.type}.{arn.argument.path}") is not None
