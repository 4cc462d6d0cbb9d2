"""VPC endpoint service is in a different Region.

What: The Region in `service_name` of an `aws_vpc_endpoint` (`com.amazonaws.eu-west-1.s3`) is not that of the endpoint,
    or is not `service_region` if that is set.
Why: AWS does not find the service and rejects the endpoint in the middle of an apply. A literal Region in a template
    fails as soon as the template is deployed to another Region.
Remedy: Use the Region of the provider.
Limitations: A name without a Region (`com.amazonaws.iam`) belongs to a global service and passes. Whether a service
    supports access from other Regions is not checked.
"""

from __future__ import annotations

from plainwork_core.aws.vpc_endpoints import region_in
from plainwork_core.model.rendering import quote
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.api import Argument, Findings, Resource, policy
from plainwork_policies.regions.resource_regions import (
    Region,
    as_region,
    is_same,
    referent_region,
    resolved,
    resource_region,
)


@policy(
    "PLW_REGION_008",
    "vpc-endpoint-region-mismatch",
    aliases=("endpoint-in-another-region",),
    severity="medium",
    on="aws_vpc_endpoint",
    where=lambda endpoint: endpoint["service_name"].is_configured,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",),
)
def vpc_endpoint_region_mismatch(endpoint: Resource) -> Findings:
    """Compare the Region in the name of the service with that of the endpoint."""
    name, remote = endpoint["service_name"], endpoint["service_region"]
    region = _service_region(name)
    is_remote = remote.is_configured and remote.raw != ""
    expected = resolved(as_region(remote.raw), remote) if is_remote else resource_region(endpoint)
    if region is None or is_same(name, region, expected):
        return
    text, owner = quote(name.raw), "`service_region` is" if is_remote else "the endpoint is in"
    right = expected if is_remote else "${data.aws_region.current.region}"
    yield name.fail(
        f"`service_name` is `{text}` in `{region}`, but {owner} `{expected}`",
        value=text,
        remedy=f"Use `{text.replace(str(region), str(right), 1)}`.",
    )


def _service_region(name: Argument) -> Region | None:
    if isinstance(name.raw, PartialString):
        return _template_region(name, name.raw)
    if isinstance(name.raw, Unknown):
        return referent_region(name, "aws_vpc_endpoint")
    return region_in(name.string())


def _template_region(name: Argument, template: PartialString) -> Region | None:
    start, *rest = template.parts
    if not isinstance(start, str):
        return template
    known, dot, end = start.rpartition(".")
    if region := region_in(known):
        return region
    if not dot or end or not isinstance(rest[0], Unknown):
        return template
    is_whole_part = len(rest) > 1 and str(rest[1]).startswith(".")
    return resolved(rest[0], name) if is_whole_part else template
