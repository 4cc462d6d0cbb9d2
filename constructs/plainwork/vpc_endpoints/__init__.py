"""VPC endpoints; see docs/vpc-endpoints.md."""

from plainwork.security_group import IngressSource
from plainwork.vpc_endpoints.aws_owned import AwsOwnedBuckets
from plainwork.vpc_endpoints.bundles import Bundle
from plainwork.vpc_endpoints.claims import EndpointTakenError
from plainwork.vpc_endpoints.endpoints import VpcEndpoints
from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
from plainwork.vpc_endpoints.policies import EndpointPolicy
from plainwork_core.aws.vpc_endpoints import Service, services

__all__ = [
    "AwsOwnedBuckets",
    "Bundle",
    "EndpointPerimeter",
    "EndpointPolicy",
    "EndpointTakenError",
    "IngressSource",
    "Service",
    "VpcEndpoints",
    "services",
]
