"""ACM certificate is in a different Region than the resource that uses it.

What: an ACM certificate, named by its ARN or by reference, that is not in `us-east-1` for what CloudFront serves
    (distributions, edge-optimised API Gateway domains, Cognito and AppSync domains, Amplify), or not in the region of
    the load balancer, API, validation or endpoint that uses it.
Why: AWS refuses it, and only at the end of an apply: CloudFront takes certificates from `us-east-1` alone, everything
    else from its own region alone.
Remedy: make the certificate, and its validation, with a provider for that region::

        provider "aws" {
          alias  = "us_east_1"
          region = "us-east-1"
        }

        resource "aws_acm_certificate" "site" {
          provider          = aws.us_east_1
          domain_name       = "www.example.com"
          validation_method = "DNS"
        }
Limitations: certificates that IAM keeps have no region and pass. In China and other partitions CloudFront has rules
    of its
    own: there only the region of the other users is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Value
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.mentions import arguments
from plainwork_policies.regions.required import is_commercial, must_be_in, place_of
from plainwork_policies.regions.table import region_of_resource

_CLOUDFRONT = "us-east-1"
_SERVED_BY_CLOUDFRONT = {
    "aws_amplify_domain_association": "custom_certificate_arn",
    "aws_api_gateway_domain_name": "certificate_arn",
    "aws_appsync_domain_name": "certificate_arn",
    "aws_cloudfront_distribution": "acm_certificate_arn",
    "aws_cognito_user_pool_domain": "certificate_arn",
}
_REGIONAL = {
    "aws_acm_certificate_validation": "certificate_arn",
    "aws_alb_listener": "certificate_arn",
    "aws_alb_listener_certificate": "certificate_arn",
    "aws_api_gateway_domain_name": "regional_certificate_arn",
    "aws_apigatewayv2_domain_name": "certificate_arn",
    "aws_ec2_client_vpn_endpoint": "server_certificate_arn",
    "aws_elasticsearch_domain": "custom_endpoint_certificate_arn",
    "aws_elb": "ssl_certificate_id",
    "aws_lb_listener": "certificate_arn",
    "aws_lb_listener_certificate": "certificate_arn",
    "aws_opensearch_domain": "custom_endpoint_certificate_arn",
    "aws_transfer_server": "certificate",
    "aws_verifiedaccess_endpoint": "domain_certificate_arn",
    "aws_vpclattice_service": "certificate_arn",
}


def with_certificate(stack: Stack) -> list[Resource]:
    """Return the resources that name a certificate."""
    types = dict.fromkeys((*_SERVED_BY_CLOUDFRONT, *_REGIONAL))
    return [each for each in stack.managed(*types) if any(_certificates(each))]


@policy(
    "PLW_REGION_007",
    "acm-certificate-region-mismatch",
    aliases=("certificate-in-another-region",),
    severity="medium",
    subjects=with_certificate,
    links=("https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",),
)
def acm_certificate_region_mismatch(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare the region of each certificate with the one that it must be in."""
    home = region_of_resource(resource, stack)
    for path, value, is_cloudfront in _certificates(resource):
        place = place_of(value, resource, stack, "aws_acm_")
        if not is_cloudfront:
            yield from must_be_in(home, path, place, "certificate", f"the resource is in `{home}`")
        elif is_commercial(place) and is_commercial(home):
            yield from must_be_in(_CLOUDFRONT, path, place, "certificate", f"CloudFront takes it from `{_CLOUDFRONT}`")


def _certificates(resource: Resource) -> Iterator[tuple[str, Value, bool]]:
    for path, value in arguments(resource):
        name = re.sub(r"\.\d+$", "", path).rpartition(".")[2]
        if value != "" and name == _SERVED_BY_CLOUDFRONT.get(resource.type):
            yield path, value, True
        elif value != "" and name == _REGIONAL.get(resource.type):
            yield path, value, False
