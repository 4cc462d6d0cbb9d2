"""Synthesize the buckets with the prebuilt provider: runs in an environment of its own, without plainwork."""

import sys

from cdktf import App, TerraformStack  # noqa: TID251  the way that plainwork is compared with
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import (
    S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)

from tools.bench.buckets import bucket_names


def main(resources: int, outdir: str) -> None:
    """Write the stack `bench` of *resources* resources to *outdir*."""
    app = App(outdir=outdir)
    stack = TerraformStack(app, "bench")
    AwsProvider(stack, "aws", region="eu-west-1")
    for name in bucket_names(resources):
        bucket = S3Bucket(stack, f"{name}-bucket", bucket=name, tags={"Owner": "platform"})
        S3BucketVersioningA(
            stack,
            f"{name}-versioning",
            bucket=bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        S3BucketPublicAccessBlock(
            stack,
            f"{name}-public-access",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketOwnershipControls(
            stack,
            f"{name}-ownership",
            bucket=bucket.id,
            rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
        )
        S3BucketServerSideEncryptionConfigurationA(
            stack,
            f"{name}-encryption",
            bucket=bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                        sse_algorithm="AES256"
                    )
                )
            ],
        )
    app.synth()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
