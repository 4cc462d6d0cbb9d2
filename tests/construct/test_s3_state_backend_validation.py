from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import StateLocking
from plainwork.errors import ArgumentsError
from plainwork.s3_state_backend import StateBucketPerimeter
from tests.support.state_backends import BUCKET, KEY_ARN, state_backend

if TYPE_CHECKING:
    from plainwork import Stack

INVALID: dict[str, tuple[dict[str, Any], str, str]] = {
    "bucket with capitals": ({"bucket": "Acme-State"}, "bucket must be 3 to 63", "'Acme-State'"),
    "bucket too short": ({"bucket": "ab"}, "bucket must be 3 to 63", "'ab'"),
    "bucket too long": ({"bucket": "a" * 64}, "bucket must be 3 to 63", "aaaa"),
    "bucket with dots": ({"bucket": "acme.state"}, "bucket must not contain dots", "'acme.state'"),
    "bucket reserved": ({"bucket": "xn--state"}, "that AWS reserves", "'xn--state'"),
    "bucket reference": ({"bucket": "${var.bucket}"}, "bucket must be a literal", "'${var.bucket}'"),
    "bucket None": ({"bucket": None}, "bucket must be a string", "None"),
    "account_id number": ({"account_id": 123456789012}, "account_id must be a string", "123456789012"),
    "account_id with hyphens": ({"account_id": "1234-5678-9012"}, "account_id", "'1234-5678-9012'"),
    "region number": ({"region": 1}, "region must be a string", "1"),
    "region unknown": ({"region": "Ireland"}, "region", "'Ireland'"),
    "kms_key_id alias": (
        {"kms_key_id": "alias/state"},
        "kms_key_id must be an ARN",
        "'alias/state'",
    ),
    "kms_key_id reference": (
        {"kms_key_id": "${aws_kms_key.state.arn}"},
        "kms_key_id must be a literal",
        "'${aws_kms_key.state.arn}'",
    ),
    "kms_key_id string": ({"kms_key_id": "aws:kms"}, "kms_key_id must be an ARN", "'aws:kms'"),
    "kms_key_id of another region": (
        {"kms_key_id": KEY_ARN.replace("eu-west-1", "eu-west-2")},
        "kms_key_id",
        "eu-west-2",
    ),
    "kms_key_id of another partition": (
        {"region": "cn-north-1", "kms_key_id": KEY_ARN.replace("eu-west-1", "cn-north-1")},
        "kms_key_id must begin with arn:aws-cn",
        "arn:aws:kms:cn-north-1",
    ),
    "locking string": ({"locking": "s3"}, "locking must be one of StateLocking.S3", "'s3'"),
    "dynamodb_table without DynamoDB": ({"dynamodb_table": "locks"}, "dynamodb_table must not be set", "'locks'"),
    "dynamodb_table with a space": (
        {"locking": StateLocking.DYNAMODB, "dynamodb_table": "a b"},
        "dynamodb_table must be 3 to 255",
        "'a b'",
    ),
    "noncurrent_versions too few": (
        {"noncurrent_versions": 0},
        "noncurrent_versions must be a whole number from 1 to 100",
        "0",
    ),
    "noncurrent_versions too many": (
        {"noncurrent_versions": 101},
        "noncurrent_versions must be a whole number from 1 to 100",
        "101",
    ),
    "noncurrent_days too few": (
        {"noncurrent_days": 0},
        "noncurrent_days must be a whole number from 1",
        "0",
    ),
    "noncurrent_days string": (
        {"noncurrent_days": "90"},
        "noncurrent_days must be a whole number",
        "'90'",
    ),
    "noncurrent_days too many": (
        {"noncurrent_days": 2**31},
        "noncurrent_days must be a whole number from 1",
        "2147483648",
    ),
    "environments string": ({"environments": "prod"}, "environments must be a list", "'prod'"),
    "environments empty": ({"environments": []}, "environments must be a list of at least one name", "[]"),
    "environments with capitals": ({"environments": ["Prod"]}, "environments must consist of lowercase", "'Prod'"),
    "organization_id": ({"perimeter": StateBucketPerimeter("acme")}, "perimeter.organization_id", "'acme'"),
    "account_ids": ({"perimeter": StateBucketPerimeter(account_ids=("1",))}, "perimeter.account_ids", "'1'"),
    "account_ids string": (
        {"perimeter": StateBucketPerimeter(account_ids="1")},  # type: ignore[arg-type]  the invalid value
        "perimeter.account_ids must be a tuple",
        "'1'",
    ),
    "account_ids without the bucket's account": (
        {"perimeter": StateBucketPerimeter(account_ids=("999999999999",))},
        "perimeter.account_ids must contain '123456789012'",
        "999999999999",
    ),
    "vpc_endpoint_ids": (
        {"perimeter": StateBucketPerimeter(vpc_endpoint_ids=("vpc-1",))},
        "perimeter.vpc_endpoint_ids",
        "'vpc-1'",
    ),
    "workspace_key_prefix with a slash at its end": ({"workspace_key_prefix": "w/"}, "workspace_key_prefix", "'w/'"),
    "workspace_key_prefix too long": (
        {"workspace_key_prefix": "w" * 201},
        "workspace_key_prefix must be a path of at most 200",
        "ww",
    ),
    "access_log_bucket with an empty label": ({"access_log_bucket": "a..b"}, "access_log_bucket must be", "'a..b'"),
    "access_log_bucket with capitals": ({"access_log_bucket": "Logs"}, "access_log_bucket must be", "'Logs'"),
    "access_log_bucket is the bucket": ({"access_log_bucket": BUCKET}, "access_log_bucket must not be", BUCKET),
}


@pytest.mark.parametrize(("arguments", "rule", "value"), INVALID.values(), ids=INVALID)
def test_an_invalid_argument_is_rejected(stack: Stack, arguments: dict[str, Any], rule: str, value: str) -> None:
    with pytest.raises(ArgumentsError) as error:
        state_backend(stack, **arguments)
    assert rule in str(error.value)
    assert value in str(error.value)
    assert "S3StateBackend 'state'" in str(error.value)


def test_every_invalid_argument_is_reported_at_once(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as error:
        state_backend(stack, bucket="A", account_id="1", noncurrent_versions=0, noncurrent_days=0)
    assert len(error.value.problems) == 4


def test_there_is_no_force_destroy(stack: Stack) -> None:
    with pytest.raises(TypeError, match="force_destroy"):
        state_backend(stack, force_destroy=True)


def test_a_perimeter_can_contain_references(stack: Stack) -> None:
    state_backend(stack, perimeter=StateBucketPerimeter("${data.aws_organizations_organization.this.id}"))
