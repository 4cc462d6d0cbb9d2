"""Buckets of AWS itself that software in a VPC reads, by what reads them.

Bucket names are those of service_owned_resources.md in https://github.com/aws-samples/data-perimeter-policy-examples
(commit 654a38c3729cfe5f91e25df6d1d0368b5da24694). Requests to them are not signed, or are signed by AWS, so no
perimeter of principals lets them through.
"""

from __future__ import annotations

from enum import StrEnum

from plainwork.vpc_endpoints.patch_buckets import patch_buckets


class AwsOwnedBuckets(StrEnum):
    """Whose buckets can be read through the S3 endpoints.

    ECR_LAYERS: the layers of images in private ECR repositories.
    SYSTEMS_MANAGER: SSM Agent's updates, documents, and patch baselines.
    AMAZON_LINUX: the package repositories of Amazon Linux 2023 and 2.
    CLOUDWATCH_AGENT: the agent's packages.
    CODEDEPLOY_AGENT: the agent's packages.
    IMAGE_BUILDER: EC2 Image Builder's components.
    """

    ECR_LAYERS = "ecr_layers"
    SYSTEMS_MANAGER = "systems_manager"
    AMAZON_LINUX = "amazon_linux"
    CLOUDWATCH_AGENT = "cloudwatch_agent"
    CODEDEPLOY_AGENT = "codedeploy_agent"
    IMAGE_BUILDER = "image_builder"

    def objects(self, region: str) -> list[str]:
        """The objects, as the last part of their ARNs."""
        found = [name.format(region=region) for name in _OBJECTS[self].split()]
        if self is AwsOwnedBuckets.SYSTEMS_MANAGER:
            found += [f"{bucket}/*" for bucket in patch_buckets(region)]
        return found


_OBJECTS = {
    AwsOwnedBuckets.ECR_LAYERS: "prod-{region}-starport-layer-bucket/*",
    AwsOwnedBuckets.SYSTEMS_MANAGER: "aws-ssm-{region}/* aws-windows-downloads-{region}/* amazon-ssm-{region}/* "
    "amazon-ssm-packages-{region}/* {region}-birdwatcher-prod/* aws-ssm-distributor-file-{region}/* "
    "aws-ssm-document-attachments-{region}/*",
    AwsOwnedBuckets.AMAZON_LINUX: "al2023-repos-{region}-de612dc2/* al2023-{region}/* amazonlinux-2-repos-{region}/* "
    "amazonlinux.{region}.amazonaws.com/* packages.{region}.amazonaws.com/* repo.{region}.amazonaws.com/*",
    AwsOwnedBuckets.CLOUDWATCH_AGENT: "amazoncloudwatch-agent-{region}/* amazoncloudwatch-agent/*",
    AwsOwnedBuckets.CODEDEPLOY_AGENT: "aws-codedeploy-{region}/*",
    AwsOwnedBuckets.IMAGE_BUILDER: "ec2imagebuilder-toe-{region}-prod/* "
    "ec2imagebuilder-managed-resources-{region}-prod/components/*",
}
