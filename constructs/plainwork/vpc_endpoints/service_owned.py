"""Buckets of AWS that workloads in a VPC read, by Region.

Bucket names are those of service_owned_resources.md in https://github.com/aws-samples/data-perimeter-policy-examples
(commit 654a38c3729cfe5f91e25df6d1d0368b5da24694). Requests to these buckets are unsigned or signed by AWS, so that a
condition on the principal never matches them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from plainwork_core.aws.ecr import layer_bucket
from plainwork_core.aws.systems_manager import patch_buckets

BucketsName = Literal[
    "ecr-layers", "systems-manager", "amazon-linux", "cloudwatch-agent", "codedeploy-agent", "image-builder"
]


class ServiceOwnedBuckets(StrEnum):
    """AWS-owned buckets that the S3 endpoint policies allow.

    ECR_LAYERS: layers of images in private ECR repositories.
    SYSTEMS_MANAGER: updates of SSM Agent, documents and patch baselines.
    AMAZON_LINUX: package repositories of Amazon Linux 2023 and 2.
    CLOUDWATCH_AGENT: packages of the CloudWatch agent.
    CODEDEPLOY_AGENT: packages of the CodeDeploy agent.
    IMAGE_BUILDER: components of EC2 Image Builder.
    """

    ECR_LAYERS = "ecr-layers"
    SYSTEMS_MANAGER = "systems-manager"
    AMAZON_LINUX = "amazon-linux"
    CLOUDWATCH_AGENT = "cloudwatch-agent"
    CODEDEPLOY_AGENT = "codedeploy-agent"
    IMAGE_BUILDER = "image-builder"

    def objects(self, region: str) -> list[str]:
        """Return the resource parts of the ARNs of the objects in a Region."""
        objects = [name.format(region=region) for name in _OBJECTS[self].split()]
        if self is ServiceOwnedBuckets.SYSTEMS_MANAGER:
            objects += [f"{bucket}/*" for bucket in patch_buckets(region)]
        return objects


_OBJECTS = {
    ServiceOwnedBuckets.ECR_LAYERS: f"{layer_bucket('{region}')}/*",
    ServiceOwnedBuckets.SYSTEMS_MANAGER: "aws-ssm-{region}/* aws-windows-downloads-{region}/* amazon-ssm-{region}/* "
    "amazon-ssm-packages-{region}/* {region}-birdwatcher-prod/* aws-ssm-distributor-file-{region}/* "
    "aws-ssm-document-attachments-{region}/*",
    ServiceOwnedBuckets.AMAZON_LINUX: "al2023-repos-{region}-de612dc2/* al2023-{region}/* "
    "amazonlinux-2-repos-{region}/* amazonlinux.{region}.amazonaws.com/* packages.{region}.amazonaws.com/* "
    "repo.{region}.amazonaws.com/*",
    ServiceOwnedBuckets.CLOUDWATCH_AGENT: "amazoncloudwatch-agent-{region}/* amazoncloudwatch-agent/*",
    ServiceOwnedBuckets.CODEDEPLOY_AGENT: "aws-codedeploy-{region}/*",
    ServiceOwnedBuckets.IMAGE_BUILDER: "ec2imagebuilder-toe-{region}-prod/* "
    "ec2imagebuilder-managed-resources-{region}-prod/components/*",
}
