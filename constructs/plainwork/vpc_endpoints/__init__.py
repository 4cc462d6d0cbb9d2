"""VPC endpoints; see docs/vpc-endpoints.md."""

from plainwork.vpc_endpoints.catalog import BundleEndpoints, bundles
from plainwork.vpc_endpoints.endpoints import VpcEndpoints
from plainwork.vpc_endpoints.existing import ExistingVpcEndpoints
from plainwork.vpc_endpoints.resources import DuplicateEndpointError
from plainwork_core.aws.vpc_endpoints import Service, services

__all__ = [
    "BundleEndpoints",
    "DuplicateEndpointError",
    "ExistingVpcEndpoints",
    "Service",
    "VpcEndpoints",
    "bundles",
    "services",
]
