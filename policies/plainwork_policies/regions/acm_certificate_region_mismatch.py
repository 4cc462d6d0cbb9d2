"""ACM certificate is in a different Region than the resource that uses it.

What: An ACM certificate, referred to by ARN or by reference, that is not in `us-east-1` although CloudFront serves the
    resource (distributions, edge-optimized API Gateway domains, Cognito and AppSync domains, Amplify), or is not in the
    Region of the load balancer, API, certificate validation or endpoint that uses it.
Why: AWS rejects it at the end of an apply. CloudFront uses certificates from `us-east-1` only, all other services
    certificates from their own Region.
Remedy: Create the certificate, and its validation, with a provider for the required Region.
Limitations: IAM server certificates have no Region and pass. CloudFront has other rules in other partitions, such as
    China: only the Region of the other services is compared there.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.api import Argument, Findings, Resource, check_each, flattened, policy
from plainwork_policies.regions.referenced_regions import referenced_region
from plainwork_policies.regions.resource_regions import Region, is_same, may_be_commercial, resource_region

_CLOUDFRONT_REGION = "us-east-1"
CLOUDFRONT = {
    "aws_amplify_domain_association": "certificate_settings.custom_certificate_arn",
    "aws_api_gateway_domain_name": "certificate_arn",
    "aws_appsync_domain_name": "certificate_arn",
    "aws_cloudfront_distribution": "viewer_certificate.acm_certificate_arn",
    "aws_cognito_user_pool_domain": "certificate_arn",
}
"""The argument for a certificate that CloudFront uses, by resource type."""
REGIONAL = {
    "aws_acm_certificate_validation": "certificate_arn",
    "aws_alb_listener": "certificate_arn",
    "aws_alb_listener_certificate": "certificate_arn",
    "aws_api_gateway_domain_name": "regional_certificate_arn",
    "aws_apigatewayv2_domain_name": "domain_name_configuration.certificate_arn",
    "aws_ec2_client_vpn_endpoint": "server_certificate_arn",
    "aws_elasticsearch_domain": "domain_endpoint_options.custom_endpoint_certificate_arn",
    "aws_elb": "listener.ssl_certificate_id",
    "aws_lb_listener": "certificate_arn",
    "aws_lb_listener_certificate": "certificate_arn",
    "aws_opensearch_domain": "domain_endpoint_options.custom_endpoint_certificate_arn",
    "aws_transfer_server": "certificate",
    "aws_verifiedaccess_endpoint": "domain_certificate_arn",
    "aws_vpclattice_service": "certificate_arn",
}
"""The argument for a certificate that the service uses in the Region of the resource, by resource type."""


def has_certificate(resource: Resource) -> bool:
    """Return whether *resource* has an argument for a certificate."""
    return any(True for _ in flattened((CLOUDFRONT, REGIONAL), lambda paths: _certificates(resource, paths)))


@policy(
    "PLW_REGION_007",
    "acm-certificate-region-mismatch",
    aliases=("certificate-in-another-region",),
    severity="medium",
    on=tuple(dict.fromkeys((*CLOUDFRONT, *REGIONAL))),
    where=has_certificate,
    links=("https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",),
)
def acm_certificate_region_mismatch(resource: Resource) -> Findings:
    """Compare the Region of each certificate with the required one."""
    home = resource_region(resource)
    yield from check_each(_certificates(resource, CLOUDFRONT), lambda argument: _check_cloudfront(argument, home))
    rule = f"the resource is in `{home}`"
    yield from check_each(_certificates(resource, REGIONAL), lambda argument: _check(argument, home, rule))


def _check_cloudfront(certificate: Argument, home: Region) -> Findings:
    if may_be_commercial(home) and may_be_commercial(referenced_region(certificate, "aws_acm_")):
        yield from _check(certificate, _CLOUDFRONT_REGION, f"CloudFront requires `{_CLOUDFRONT_REGION}`")


def _check(certificate: Argument, required: Region, rule: str) -> Findings:
    region = referenced_region(certificate, "aws_acm_")
    if region is not None and not is_same(certificate, region, required):
        yield certificate.fail(
            f"`{certificate.path}` is a certificate in `{region}`; {rule}",
            value=str(region),
            remedy=f"Create the certificate with a provider for `{required}`.",
        )


def _certificates(resource: Resource, paths: dict[str, str]) -> Iterator[Argument]:
    if resource.type in paths:
        arguments = resource.arguments(paths[resource.type])
        yield from (argument for argument in arguments if argument.is_configured and argument.raw != "")
