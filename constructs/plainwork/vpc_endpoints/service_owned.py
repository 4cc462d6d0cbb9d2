"""Buckets and registries of AWS that workloads in a VPC read, by Region.

Bucket names are those of service_owned_resources.md in https://github.com/aws-samples/data-perimeter-policy-examples
(commit 654a38c3729cfe5f91e25df6d1d0368b5da24694). Requests to these buckets are unsigned or signed by AWS, so that a
condition on the principal never matches them.
"""

from __future__ import annotations

from enum import StrEnum

from plainwork_core.aws.ecr import layer_bucket


class ServiceOwnedBuckets(StrEnum):
    """AWS-owned buckets that the S3 endpoint policies allow.

    ECR_LAYERS: layers of images in private ECR repositories.
    SYSTEMS_MANAGER: updates of SSM Agent, documents and patch baselines.
    AMAZON_LINUX: package repositories of Amazon Linux 2023 and 2.
    CLOUDWATCH_AGENT: packages of the CloudWatch agent.
    CODEDEPLOY_AGENT: packages of the CodeDeploy agent.
    IMAGE_BUILDER: components of EC2 Image Builder.
    """

    ECR_LAYERS = "ecr_layers"
    SYSTEMS_MANAGER = "systems_manager"
    AMAZON_LINUX = "amazon_linux"
    CLOUDWATCH_AGENT = "cloudwatch_agent"
    CODEDEPLOY_AGENT = "codedeploy_agent"
    IMAGE_BUILDER = "image_builder"

    def objects(self, region: str) -> list[str]:
        """The resource parts of the ARNs of the objects in a Region."""
        objects = [name.format(region=region) for name in _OBJECTS[self].split()]
        if self is ServiceOwnedBuckets.SYSTEMS_MANAGER:
            objects += [f"{bucket}/*" for bucket in _patch_buckets(region)]
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

_PATCH_MANAGER_SUFFIXES = {
    "af-south-1": "bdd5f65a9",
    "ap-east-1": "632356271",
    "ap-northeast-1": "4849fa78f",
    "ap-northeast-2": "10467995c",
    "ap-northeast-3": "67373598a",
    "ap-south-1": "cb7c62ff9",
    "ap-south-2": "32f4b4128",
    "ap-southeast-1": "7fdfd9ef7",
    "ap-southeast-2": "17283a275",
    "ap-southeast-3": "aa48fc462",
    "ap-southeast-4": "01e2c40d3",
    "ca-central-1": "3148e69e3",
    "ca-west-1": "9e3a4b2f9",
    "eu-central-1": "9163fdaaf",
    "eu-central-2": "184ce43c8",
    "eu-north-1": "795879e9b",
    "eu-south-1": "c52f3f594",
    "eu-south-2": "a4cf248b1",
    "eu-west-1": "5522fb710",
    "eu-west-2": "902a2bc74",
    "eu-west-3": "29bf85721",
    "il-central-1": "e221cb57b",
    "me-central-1": "2932f2f80",
    "me-south-1": "a53fc9dce",
    "sa-east-1": "ddf4b6a09",
    "us-east-1": "1970c647d",
    "us-east-2": "552881074",
    "us-west-1": "8badb4304",
    "us-west-2": "34d7f99f8",
}
"""Suffixes of Patch Manager's buckets by Region.

https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html
"""

_PATCH_BASELINE_SUFFIXES = {
    "af-south-1": "tbxdb5b9",
    "ap-south-2": "50209442",
    "ap-southeast-3": "be0a3174",
    "ap-southeast-4": "dc6f76ce",
    "eu-south-2": "df2c9d70",
    "me-south-1": "uduvl7q8",
}
"""Suffixes of the patch baseline buckets; other Regions have none. The source is the same."""

_USUAL_EKS_ACCOUNT = "602401143452"
_USUAL_EKS_REGIONS = (
    "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 "
    "eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2"
)

_EKS_REGISTRY_ACCOUNTS = dict.fromkeys(_USUAL_EKS_REGIONS.split(), _USUAL_EKS_ACCOUNT) | {
    "af-south-1": "877085696533",
    "ap-east-1": "800184023465",
    "ap-east-2": "533267051163",
    "ap-south-2": "900889452093",
    "ap-southeast-3": "296578399912",
    "ap-southeast-4": "491585149902",
    "ap-southeast-5": "151610086707",
    "ap-southeast-6": "333609536671",
    "ap-southeast-7": "121268973566",
    "ca-west-1": "761377655185",
    "cn-north-1": "918309763551",
    "cn-northwest-1": "961992271922",
    "eu-central-2": "900612956339",
    "eu-south-1": "590381155156",
    "eu-south-2": "455263428931",
    "eusc-de-east-1": "877088126301",
    "il-central-1": "066635153087",
    "me-central-1": "759879836304",
    "me-south-1": "558608220178",
    "mx-central-1": "730335286997",
    "us-gov-east-1": "151742754352",
    "us-gov-west-1": "013241004608",
}
"""Accounts of the registries that contain the images of EKS add-ons, without which no node becomes ready.

https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html, from
https://github.com/awsdocs/amazon-eks-user-guide (commit 1cc6ebb4a163f7f42689fdb6860cc4e93a03d24e)
"""


def eks_registry_account(region: str) -> str | None:
    """The account of the EKS registry in a Region; None for a Region that the AWS documentation does not list."""
    return _EKS_REGISTRY_ACCOUNTS.get(region)


def _patch_buckets(region: str) -> list[str]:
    """The buckets of Patch Manager; of an unlisted Region only the patch baseline bucket, without a suffix."""
    baseline = "-".join(filter(None, ("patch-baseline-snapshot", region, _PATCH_BASELINE_SUFFIXES.get(region))))
    if region not in _PATCH_MANAGER_SUFFIXES:
        return [baseline]
    suffix = _PATCH_MANAGER_SUFFIXES[region]
    return [f"aws-patch-manager-{region}-{suffix}", f"aws-patchmanager-macos-{region}-{suffix}", baseline]
