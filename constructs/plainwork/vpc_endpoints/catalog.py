"""Services of the catalog: checks of their names, and bundles of them for one use case."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from plainwork_core.aws.vpc_endpoints import services
from plainwork_core.errors import did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen()
class BundleEndpoints:
    """The endpoints of one bundle.

    Attributes:
        purpose: use case that works without internet access.
        interface: services with an interface endpoint.
        gateway: services with a gateway endpoint.
        source: AWS documentation that lists the endpoints.
    """

    purpose: str
    interface: tuple[str, ...]
    gateway: tuple[str, ...]
    source: str

    def network_interface_count(self, availability_zones: int) -> int:
        """Number of network interfaces of this bundle alone, with one subnet in each of *availability_zones* zones."""
        return len(self.interface) * availability_zones


class Bundle(StrEnum):
    """Names of groups of interface endpoints for one use case; `bundles()` has their purposes."""

    ECR_PULL = "ecr-pull"
    ECS_FARGATE = "ecs-fargate"
    SSM_SESSION = "ssm-session"
    SECRETS = "secrets"
    EKS_PRIVATE = "eks-private"

    @property
    def endpoints(self) -> BundleEndpoints:
        """The endpoints of the bundle."""
        return _ENDPOINTS[self]


BundleName = Literal["ecr-pull", "ecs-fargate", "ssm-session", "secrets", "eks-private"]

_ECR = ("ecr.api", "ecr.dkr")

_ENDPOINTS = {
    Bundle.ECR_PULL: BundleEndpoints(
        "pulling images from private ECR repositories, whose layers are in S3",
        _ECR,
        ("s3",),
        "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    ),
    Bundle.ECS_FARGATE: BundleEndpoints(
        "ECS tasks on Fargate with images from ECR and logs by awslogs; Regions since 2023-12-23 also need ecs, "
        "ecs-agent and ecs-telemetry",
        (*_ECR, "logs"),
        ("s3",),
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
    ),
    Bundle.SSM_SESSION: BundleEndpoints(
        "Session Manager and Run Command; SSM Agent before 3.3.40.0 also needs ec2messages",
        ("ssm", "ssmmessages"),
        ("s3",),
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html",
    ),
    Bundle.SECRETS: BundleEndpoints(
        "reading secrets and parameters; both services decrypt on behalf of the caller, so kms is not needed",
        ("secretsmanager", "ssm"),
        (),
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html",
    ),
    Bundle.EKS_PRIVATE: BundleEndpoints(
        "EKS nodes and pods; controllers also need elasticloadbalancing, autoscaling or logs",
        ("ec2", *_ECR, "eks", "eks-auth", "sts"),
        ("s3",),
        "https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html",
    ),
}


def bundles() -> dict[str, BundleEndpoints]:
    """Return the endpoints of each bundle, by its name."""
    return {str(bundle): endpoints for bundle, endpoints in _ENDPOINTS.items()}


def known_problems(argument: str, name: Any) -> Iterator[str]:
    """Yield the problems of a service name that the catalog does not contain."""
    if not isinstance(name, str) or name not in services():
        yield (
            f"{argument} {name!r} is not in the catalog; for a service that the catalog does not contain use "
            f"add_interface_endpoint(..., service_name='com.amazonaws...'){did_you_mean(str(name), services())}"
        )


def service_problems(argument: str, name: Any, endpoint_type: str) -> Iterator[str]:
    """Yield the problems of a service name that the catalog does not contain, or not with endpoints of this type."""
    if unknown := list(known_problems(argument, name)):
        yield from unknown
    elif endpoint_type not in (supported := services()[name].endpoint_types):
        is_gateway = endpoint_type == "Gateway"
        other = "add_interface_endpoint() or interface_endpoints" if is_gateway else "gateway_endpoints"
        yield (
            f"{argument} {name!r} has no {endpoint_type} endpoints, only {enumeration(supported, mark='')}: use {other}"
        )
