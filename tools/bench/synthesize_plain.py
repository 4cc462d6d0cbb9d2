"""Synthesize the buckets with plain resources: `python -m tools.bench.synthesize_plain RESOURCES OUTDIR [IMPORT]`.

An app is plain Python, or one of CDKTF if IMPORT is `constructs`.
"""

from __future__ import annotations

import sys
from importlib import import_module

from plainwork import App, Provider, Resource, Stack
from tools.bench.buckets import bucket_names


def main(resources: int, outdir: str) -> None:
    """Write the stack `bench` of *resources* resources to *outdir*."""
    app = App(outdir=outdir)
    stack = Stack(app, "bench")
    Provider(stack, "aws", region="eu-west-1")
    for name in bucket_names(resources):
        bucket = Resource(stack, "aws_s3_bucket", name, bucket=name, tags={"Owner": "platform"})
        Resource(
            stack,
            "aws_s3_bucket_versioning",
            name,
            bucket=bucket["id"],
            versioning_configuration={"status": "Enabled"},
        )
        Resource(
            stack,
            "aws_s3_bucket_public_access_block",
            name,
            bucket=bucket["id"],
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        Resource(
            stack,
            "aws_s3_bucket_ownership_controls",
            name,
            bucket=bucket["id"],
            rule={"object_ownership": "BucketOwnerEnforced"},
        )
        Resource(
            stack,
            "aws_s3_bucket_server_side_encryption_configuration",
            name,
            bucket=bucket["id"],
            rule=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
        )
    app.synth()


if __name__ == "__main__":
    for name in sys.argv[3:]:
        import_module(name)
    main(int(sys.argv[1]), sys.argv[2])
