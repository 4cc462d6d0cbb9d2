"""Resource of a global service is not in us-east-1.

What: A resource that a global service uses or that reads its metrics, in another Region than `us-east-1`: AWS WAF with
    `scope = "CLOUDFRONT"`; a CloudWatch alarm on `AWS/CloudFront`, `AWS/Route53` or `AWS/Billing`; a Lambda function
    that CloudFront runs; the KMS key of a key-signing key, or the log group of the query log, of Route 53.
Why: AWS rejects the resource at the end of an apply. An alarm is created, but never has data: the metrics of global
    services are in `us-east-1` only, so the alarm never changes its state.
Remedy: Create the resource with a provider for `us-east-1`, or with its argument `region` from AWS provider 6.0 on.
Limitations: Other partitions, such as China, have other rules and are not checked. `acm-certificate-region-mismatch`
    checks certificates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from plainwork_policies.api import (
    Argument,
    Findings,
    Resource,
    all_conditions,
    check_each,
    flattened,
    is_possible,
    policy,
    some,
)
from plainwork_policies.regions.referenced_regions import referenced_region
from plainwork_policies.regions.resource_regions import is_same, may_be_commercial, resource_region

_REQUIRED = "us-east-1"
_SCOPE = {"scope": ("CLOUDFRONT",)}
_METRICS = ("AWS/Billing", "AWS/CloudFront", "AWS/Route53")
OWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "aws_cloudwatch_metric_alarm": {"namespace": _METRICS, "metric_query.metric.namespace": _METRICS},
    "aws_wafv2_ip_set": _SCOPE,
    "aws_wafv2_regex_pattern_set": _SCOPE,
    "aws_wafv2_rule_group": _SCOPE,
    "aws_wafv2_web_acl": _SCOPE,
}
"""By resource type: the arguments and values with which the resource must be in the Region.

https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/monitoring-using-cloudwatch.html
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
"""
_LAMBDA = "lambda_function_association.lambda_arn"
USED: Mapping[str, Mapping[str, str]] = {
    "aws_cloudfront_distribution": {
        f"default_cache_behavior.{_LAMBDA}": "aws_lambda_",
        f"ordered_cache_behavior.{_LAMBDA}": "aws_lambda_",
    },
    "aws_route53_key_signing_key": {"key_management_service_arn": "aws_kms_"},
    "aws_route53_query_log": {"cloudwatch_log_group_arn": "aws_cloudwatch_log_group"},
}
"""By resource type: the arguments whose resource must be in the Region, each with the beginning of its type.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html
https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateKeySigningKey.html
https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateQueryLoggingConfig.html
"""


def is_of_global_service(resource: Resource) -> bool:
    """Return whether a global service uses *resource* or another resource that it names."""
    uses = any(True for _ in _used(resource))
    return uses or some(OWN.get(resource.type, ()), lambda path: is_possible(partial(_is_global, resource, path)))


@policy(
    "PLW_REGION_010",
    "region-us-east-1-required",
    severity="medium",
    on=(*OWN, *USED),
    where=is_of_global_service,
    links=("https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html",),
)
def region_us_east_1_required(resource: Resource) -> Findings:
    """Compare the Region of the resource, and that of each resource that it uses, with the required one."""
    yield from check_each(OWN.get(resource.type, ()), lambda path: _check_own(resource, path))
    yield from check_each(_used(resource), lambda argument: _check_used(resource, argument))


def _check_own(resource: Resource, path: str) -> Findings:
    home, argument = resource_region(resource), resource[path.partition(".")[0]]
    if not may_be_commercial(home):
        return
    if all_conditions(lambda: not is_same(argument, home, _REQUIRED), lambda: _is_global(resource, path)):
        value = next(one for one in resource.arguments(path) if one.is_one_of(OWN[resource.type][path]))
        yield value.fail(
            f"`{value.path}` is `{value.string()}`, but the resource is in `{home}`; `{_REQUIRED}` is required",
            remedy=f"Create the resource with a provider for `{_REQUIRED}`.",
        )


def _check_used(resource: Resource, argument: Argument) -> Findings:
    region = referenced_region(argument, USED[resource.type][_without_indices(argument.path)])
    if region is None or not may_be_commercial(region):
        return
    if not is_same(argument, region, _REQUIRED):
        yield argument.fail(
            f"`{argument.path}` is a resource in `{region}`; `{_REQUIRED}` is required",
            value=str(region),
            remedy=f"Create the resource with a provider for `{_REQUIRED}`.",
        )


def _is_global(resource: Resource, path: str) -> bool:
    return some(resource.arguments(path), lambda argument: argument.is_one_of(OWN[resource.type][path]))


def _used(resource: Resource) -> Iterator[Argument]:
    found = flattened(USED.get(resource.type, ()), resource.arguments)
    yield from (argument for argument in found if argument.is_configured and argument.raw != "")


def _without_indices(path: str) -> str:
    return ".".join(step for step in path.split(".") if not step.isdigit())
