"""State backends for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Provider, synthesize
from plainwork.s3_state_backend import S3StateBackend
from plainwork_core.aws.regions import region_names
from tests.support.iam_policy import rendered
from tests.support.providers import INSTALLED

if TYPE_CHECKING:
    from plainwork import Stack
    from tests.support.aws_server import AwsServer

BUCKET = "acme-terraform-state"
ACCOUNT_ID = "123456789012"
KEY_ARN = f"arn:aws:kms:eu-west-1:{ACCOUNT_ID}:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
ALIAS_ARN = f"arn:aws:kms:eu-west-1:{ACCOUNT_ID}:alias/{BUCKET}"
ARNS = {
    "${aws_s3_bucket.state.arn}": f"arn:aws:s3:::{BUCKET}",
    "${aws_kms_key.state.arn}": KEY_ARN,
    "${aws_kms_alias.state.arn}": ALIAS_ARN,
    "${aws_dynamodb_table.state.arn}": f"arn:aws:dynamodb:eu-west-1:{ACCOUNT_ID}:table/{BUCKET}",
}
"""The values of references after apply."""


def state_backend(stack: Stack, id_: str = "state", **arguments: Any) -> S3StateBackend:
    """A backend with defaults for the arguments that a test does not set."""
    all_arguments = {"bucket": BUCKET, "region": "eu-west-1", "account_id": ACCOUNT_ID, **arguments}
    if not stack.node.try_find_child("provider.aws"):
        region = all_arguments["region"] if all_arguments["region"] in region_names() else "eu-west-1"
        Provider(stack, "aws", version=INSTALLED, region=region)
    return S3StateBackend(stack, id_, **all_arguments)


def backend_block(stack: Stack) -> dict[str, Any]:
    """The arguments of a stack's `backend "s3"` block."""
    block: dict[str, Any] = synthesize(stack)["terraform"]["backend"]["s3"]
    return block


def policy(stack: Stack, name: str) -> dict[str, Any]:
    """The JSON of an `aws_iam_policy_document`."""
    return rendered(stack, name, ARNS)


def make_bucket_and_table(server: AwsServer) -> None:
    """Create the bucket and the lock table of a backend, for tests that run Terraform."""
    eu_west_1 = {"LocationConstraint": "eu-west-1"}
    server.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=eu_west_1)
    server.client("dynamodb").create_table(
        TableName=BUCKET,
        AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
