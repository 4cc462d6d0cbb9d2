"""VPC endpoint service is in a different Region.

What: the region in `service_name` of an `aws_vpc_endpoint` (`com.amazonaws.eu-west-1.s3`) is not the endpoint's own, or
    not its `service_region` where it has one.
Why: AWS finds no such service and refuses the endpoint in the middle of an apply; and a template with a region that is
    written out works only until somebody deploys it elsewhere.
Remedy: take the region from the provider::

        data "aws_region" "current" {}

        resource "aws_vpc_endpoint" "s3" {
          vpc_id       = aws_vpc.main.id
          service_name = "com.amazonaws.${data.aws_region.current.region}.s3"
        }
Limitations: a name without a region (`com.amazonaws.iam`) belongs to a global service and passes. Whether a service
    can be
    reached across regions is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.vpc_endpoints import region_in
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.table import are_same, region_of_resource, resolved


def endpoints(stack: Stack) -> list[Resource]:
    """Return the VPC endpoints that name a service."""
    return [each for each in stack.managed("aws_vpc_endpoint") if each.get("service_name") is not None]


@policy(
    "PLW_REGION_008",
    "vpc-endpoint-region-mismatch",
    aliases=("endpoint-in-another-region",),
    severity="medium",
    subjects=endpoints,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",),
)
def vpc_endpoint_region_mismatch(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare the region in the service's name with the one that it must be in."""
    named = _region(endpoint.get("service_name"), endpoint, stack)
    if named is None:
        return
    expected, whose = _expected(endpoint, stack)
    same = are_same(named, expected)
    if isinstance(same, Unknown):
        yield not_evaluated("service_name", same)
    elif not same:
        yield fail(
            "service_name",
            f"names a service in `{named}`, but {whose} `{expected}`",
            value=endpoint.get("service_name"),
            remedy=f"write `{expected}` in the name, or the region of the provider",
        )


def _expected(endpoint: Resource, stack: Stack) -> tuple[str | Unknown, str]:
    remote = endpoint.get("service_region")
    if remote in (None, "") or is_computed_by_provider(remote):
        return region_of_resource(endpoint, stack), "the endpoint is in"
    return resolved(remote, endpoint, stack), "`service_region` is"


def _region(name: Value, endpoint: Resource, stack: Stack) -> str | Unknown | None:
    if isinstance(name, PartialString):
        return _of_template(name, endpoint, stack)
    if isinstance(name, Unknown):
        source = only_referent(stack, endpoint, name)
        is_service = source is not None and source.type in ("aws_vpc_endpoint_service", "aws_vpc_endpoint")
        return region_of_resource(source, stack) if source and is_service else name
    return region_in(str(name))


def _of_template(name: PartialString, endpoint: Resource, stack: Stack) -> str | Unknown | None:
    start, *rest = name.parts
    if not isinstance(start, str):
        return name
    known, dot, end = start.rpartition(".")
    if region := region_in(known):
        return region
    if dot and not end and isinstance(rest[0], Unknown):
        alone = len(rest) > 1 and str(rest[1]).startswith(".")
        return resolved(rest[0], endpoint, stack) if alone else name
    return name
