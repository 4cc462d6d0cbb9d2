"""Amazon EKS: the ECR registries, owned by AWS, that contain the images of add-ons."""

from __future__ import annotations

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
    """Return the account of the EKS registry in a Region; None if AWS does not document it."""
    return _EKS_REGISTRY_ACCOUNTS.get(region)
