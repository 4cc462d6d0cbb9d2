"""Amazon ECR: the S3 buckets, owned by AWS, that hold the layers of images.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
"""

from __future__ import annotations

LAYER_BUCKET = "starport-layer-bucket"
"""The part of the bucket's name that is the same in every Region."""


def layer_bucket(region: str) -> str:
    """Return the name of the bucket in a Region."""
    return f"prod-{region}-{LAYER_BUCKET}"
