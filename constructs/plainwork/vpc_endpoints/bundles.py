"""What people ask for, as the endpoints that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Needs:
    """What one bundle takes.

    Attributes:
        purpose: what works without a way to the internet then.
        interface: services with an interface endpoint in each zone.
        gateway: services with a gateway endpoint.
        source: the page that says so.
    """

    purpose: str
    interface: tuple[str, ...]
    gateway: tuple[str, ...]
    source: str


class Bundle(StrEnum):
    """Endpoints that belong together.

    ECR_PULL: pull images from private ECR repositories.
    ECS_FARGATE: run ECS tasks on Fargate: ECR_PULL, and logs by `awslogs`.
    SSM_SESSION: Session Manager and Run Command on EC2.
    SECRETS: read from Secrets Manager and Parameter Store.
    EKS_PRIVATE: EKS nodes and pods, with Pod Identity and IAM roles for service accounts.
    """

    ECR_PULL = "ecr_pull"
    ECS_FARGATE = "ecs_fargate"
    SSM_SESSION = "ssm_session"
    SECRETS = "secrets"
    EKS_PRIVATE = "eks_private"

    @property
    def needs(self) -> Needs:
        """The endpoints."""
        return _NEEDS[self]

    def network_interfaces(self, zones: int) -> int:
        """How many network interfaces it takes, alone, with one subnet in each of so many zones."""
        return len(self.needs.interface) * zones


_ECR = ("ecr.api", "ecr.dkr")

_NEEDS = {
    Bundle.ECR_PULL: Needs(
        "pulling images from private ECR repositories; S3 has their layers",
        _ECR,
        ("s3",),
        "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    ),
    Bundle.ECS_FARGATE: Needs(
        "ECS tasks on Fargate, with images from ECR and logs by awslogs; in regions since 2023-12-23 also add ecs, "
        "ecs-agent and ecs-telemetry",
        (*_ECR, "logs"),
        ("s3",),
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
    ),
    Bundle.SSM_SESSION: Needs(
        "Session Manager and Run Command; for an SSM Agent before 3.3.40.0 also add ec2messages",
        ("ssm", "ssmmessages"),
        ("s3",),
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html",
    ),
    Bundle.SECRETS: Needs(
        "reading secrets and parameters; both services decrypt for the caller, so kms is not needed",
        ("secretsmanager", "ssm"),
        (),
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/vpc-endpoint-overview.html",
    ),
    Bundle.EKS_PRIVATE: Needs(
        "EKS nodes and pods; add elasticloadbalancing, autoscaling, logs for the controllers that you run",
        ("ec2", *_ECR, "eks", "eks-auth", "sts"),
        ("s3",),
        "https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html",
    ),
}
