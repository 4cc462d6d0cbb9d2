"""VPC endpoints; see docs/vpc-endpoints.md."""

from plainwork.vpc_endpoints.catalog import Bundle, BundleEndpoints
from plainwork.vpc_endpoints.endpoints import VpcEndpoints
from plainwork.vpc_endpoints.network import DuplicateEndpointError
from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
from plainwork.vpc_endpoints.policies import EndpointPolicy
from plainwork.vpc_endpoints.service_owned import ServiceOwnedBuckets
from plainwork_core.aws.vpc_endpoints import Service, services

__all__ = [
    "Bundle",
    "BundleEndpoints",
    "DuplicateEndpointError",
    "EndpointPerimeter",
    "EndpointPolicy",
    "Service",
    "ServiceOwnedBuckets",
    "VpcEndpoints",
    "services",
]
