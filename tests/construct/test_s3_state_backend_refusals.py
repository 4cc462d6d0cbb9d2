from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import StateLocking
from plainwork.errors import ArgumentsError
from plainwork.s3_state_backend import Perimeter, Retention, SseKms, SseS3
from tests.support.state_backends import BUCKET, KEY_ARN, state_backend

if TYPE_CHECKING:
    from plainwork import Stack

REFUSED = {
    "a bucket name with capitals": ({"bucket": "Acme-State"}, "bucket must be 3 to 63", "'Acme-State'"),
    "a bucket name that is too short": ({"bucket": "ab"}, "bucket must be 3 to 63", "'ab'"),
    "a bucket name that is too long": ({"bucket": "a" * 64}, "bucket must be 3 to 63", "aaaa"),
    "a bucket name with dots": ({"bucket": "acme.state"}, "bucket must have no dots", "'acme.state'"),
    "a reserved bucket name": ({"bucket": "xn--state"}, "what AWS reserves", "'xn--state'"),
    "a bucket name by reference": ({"bucket": "${var.bucket}"}, "bucket must be written out", ""),
    "an account id that is a number": ({"account_id": 123456789012}, "account_id must be a string", "123456789012"),
    "no bucket name": ({"bucket": None}, "bucket must be a string", "None"),
    "an account id with hyphens": ({"account_id": "1234-5678-9012"}, "12 digits", "'1234-5678-9012'"),
    "a region that is a number": ({"region": 1}, "region must be a string", "1"),
    "no region": ({"region": "Ireland"}, "region must be the name of an AWS region", "'Ireland'"),
    "a key alias": ({"encryption": SseKms("alias/state")}, "key_arn must be the ARN of a key", "'alias/state'"),
    "a key elsewhere": (
        {"encryption": SseKms(KEY_ARN.replace("eu-west-1", "eu-west-2"))},
        "key_arn must be of a key in region 'eu-west-1'",
        "eu-west-2",
    ),
    "a key of another partition": (
        {"region": "cn-north-1", "encryption": SseKms(KEY_ARN.replace("eu-west-1", "cn-north-1"))},
        "key_arn must begin with arn:aws-cn",
        "arn:aws:kms:cn-north-1",
    ),
    "an encryption by its name": ({"encryption": "aws:kms"}, "encryption must be SseKms()", "'aws:kms'"),
    "an encryption that is not made": ({"encryption": SseS3}, "encryption must be SseKms()", "SseS3"),
    "a locking by its name": ({"locking": "s3"}, "locking must be one of StateLocking.S3", "'s3'"),
    "a table without use": ({"lock_table": "locks"}, "lock_table is for locking in DynamoDB", "'locks'"),
    "a bad table name": (
        {"locking": StateLocking.DYNAMODB, "lock_table": "a b"},
        "lock_table must be 3 to 255",
        "'a b'",
    ),
    "no versions": ({"retention": Retention(versions=0)}, "versions must be a whole number from 1 to 100", "0"),
    "too many versions": (
        {"retention": Retention(versions=101)},
        "versions must be a whole number from 1 to 100",
        "101",
    ),
    "no days": ({"retention": Retention(days=0)}, "days must be a whole number from 1", "0"),
    "days as text": ({"retention": Retention(days="90")}, "days must be a whole number", "'90'"),  # type: ignore[arg-type]  what is refused
    "days without end": ({"retention": Retention(days=2**31)}, "days must be a whole number from 1", "2147483648"),
    "one environment as text": ({"environments": "prod"}, "environments must be a list", "'prod'"),
    "no environment": ({"environments": []}, "environments must be a list of at least one name", "[]"),
    "a bad environment": ({"environments": ["Prod"]}, "environments must be made of lower case", "'Prod'"),
    "a bad organization": ({"perimeter": Perimeter("acme")}, "perimeter organization_id", "'acme'"),
    "a bad account": ({"perimeter": Perimeter(account_ids=("1",))}, "perimeter account_ids", "'1'"),
    "accounts as text": ({"perimeter": Perimeter(account_ids="1")}, "account_ids must be a tuple", "'1'"),  # type: ignore[arg-type]  what is refused
    "a perimeter that locks its owner out": (
        {"perimeter": Perimeter(account_ids=("999999999999",))},
        "perimeter account_ids must hold '123456789012' too",
        "999999999999",
    ),
    "a bad endpoint": ({"perimeter": Perimeter(vpc_endpoint_ids=("vpc-1",))}, "perimeter vpc_endpoint_ids", "'vpc-1'"),
    "a prefix with a slash": ({"workspace_key_prefix": "w/"}, "workspace_key_prefix must be a folder", "'w/'"),
    "a prefix too long": (
        {"workspace_key_prefix": "w" * 201},
        "workspace_key_prefix must be a folder of at most",
        "ww",
    ),
    "a log bucket with an empty label": ({"access_log_bucket": "a..b"}, "access_log_bucket must be the name", "'a..b'"),
    "a bad log bucket": ({"access_log_bucket": "Logs"}, "access_log_bucket must be the name", "'Logs'"),
    "logs of logs": ({"access_log_bucket": BUCKET}, "access_log_bucket must be another bucket", BUCKET),
}


@pytest.mark.parametrize(("arguments", "rule", "value"), REFUSED.values(), ids=REFUSED)
def test_it_refuses(stack: Stack, arguments: dict[str, Any], rule: str, value: str) -> None:
    with pytest.raises(ArgumentsError) as refusal:
        state_backend(stack, **arguments)
    assert rule in str(refusal.value)
    assert value in str(refusal.value)
    assert "S3StateBackend 'state'" in str(refusal.value)


def test_it_tells_everything_that_is_wrong_at_once(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as refusal:
        state_backend(stack, bucket="A", account_id="1", retention=Retention(0, 0))
    assert len(refusal.value.problems) == 4


def test_nothing_empties_the_bucket_on_the_way_out(stack: Stack) -> None:
    with pytest.raises(TypeError, match="force_destroy"):
        state_backend(stack, force_destroy=True)


def test_references_pass_where_they_can_stand(stack: Stack) -> None:
    state_backend(stack, perimeter=Perimeter("${data.aws_organizations_organization.this.id}"))
