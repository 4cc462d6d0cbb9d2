"""ARN is in a Region that the stack does not use.

What: an ARN, in an argument or in a statement of a policy, whose region is that of no provider and no resource of the
    stack.
Why: most such ARNs came with a copied block: the statement allows what the stack does not have, and what it does have
    is denied, or the argument is refused in the middle of an apply.
Remedy: take the ARN from the resource, or the region from the provider::

        data "aws_region" "current" {}

        resource "aws_sns_topic_subscription" "orders" {
          topic_arn = "arn:aws:sns:${data.aws_region.current.region}:123456789012:orders"
          protocol  = "sqs"
          endpoint  = aws_sqs_queue.orders.arn
        }
Limitations: what is meant to be elsewhere is named in `[regions] elsewhere`. `us-east-1` is never a fault, because
    global
    services live there; nor are the models of Bedrock, which profiles call across regions, statements of organization
    policies, and arguments that name a source, a destination, a replica or a peer. Where the region of any provider is
    not known, an ARN may be in that one: not evaluated. ARNs in tags, in `environment` and `user_data`, in the middle
    of other text, and in JSON that is no policy document are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.mentions import Mention, is_literal, mentions
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.regions.table import regions_of_stack

_HOME_OF_GLOBAL = "us-east-1"
_MEANT_TO_BE_ELSEWHERE = re.compile(r"replica|destination|source|primary|peer|copy|global|origin|target")
_CALLED_ACROSS_REGIONS = ("bedrock",)


def with_region(stack: Stack) -> list[Mention]:
    """Return the ARNs whose region is spelt out and is a place of the stack's own choice."""
    return [each for each in mentions(stack) if is_literal(each.region) and not _is_meant(each)]


@policy(
    "PLW_REGION_005",
    "arn-region-mismatch",
    aliases=("arn-in-another-region",),
    severity="medium",
    subjects=with_region,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",),
    settings=("additional_regions",),
)
def arn_region_mismatch(mention: Mention, stack: Stack, settings: RegionSettings) -> Iterator[Finding]:
    """Compare the region of one ARN with those of the stack."""
    region, own = str(mention.region), regions_of_stack(stack)
    if region in own or region in settings.additional_regions:
        return
    unknown = [each for each in own if isinstance(each, Unknown)]
    if unknown or not own:
        yield not_evaluated(mention.path, unknown[0] if unknown else "the stack has no AWS provider to compare with")
        return
    known = enumeration(sorted({str(each) for each in own}))
    yield fail(
        mention.path,
        f"names `{mention.text}` in `{region}`, but the stack is in {known}",
        value=mention.text,
        remedy="take the ARN from the resource, or name the region in `[regions] elsewhere` if it is meant",
    )


def _is_meant(mention: Mention) -> bool:
    if mention.region == _HOME_OF_GLOBAL or mention.service in _CALLED_ACROSS_REGIONS:
        return True
    if mention.statement:
        return mention.statement.kind in ("organization", "boundary")
    return _MEANT_TO_BE_ELSEWHERE.search(f"{mention.owner.type}.{mention.path}") is not None
