"""A replica of the state bucket in another Region, its role and its alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import AlarmActions, Provider, Stack, StateAccess, synthesize
from plainwork.errors import AddressError, ArgumentsError
from plainwork.kms import AWS_OWNED_KEY
from tests.support.iam_policy import decide, rendered
from tests.support.state_backends import ACCOUNT_ID, ARNS, BUCKET, KEY_ARN, state_backend

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork.s3_state_backend import S3StateBackend

PAGER = AlarmActions(f"arn:aws:sns:eu-west-1:{ACCOUNT_ID}:pager")
REPLICA_KEY = KEY_ARN.replace("eu-west-1", "eu-central-1").replace("1a2b", "ffff")
REFERENCES = {
    **ARNS,
    "${aws_s3_bucket.state_replica.arn}": f"arn:aws:s3:::{BUCKET}-replica",
    "${aws_kms_key.state_replica.arn}": REPLICA_KEY,
}
HERE, THERE = ({"kms:ViaService": f"s3.{region}.amazonaws.com"} for region in ("eu-west-1", "eu-central-1"))


@pytest.fixture
def six(stack: Stack) -> Stack:
    """A stack with provider 6."""
    Provider(stack, "aws", version="~> 6.0", region="eu-west-1")
    stack.alarm_actions = PAGER
    return stack


def replicated(stack: Stack, **arguments: Any) -> S3StateBackend:
    backend = state_backend(stack, **arguments)
    backend.replicate("eu-central-1")
    return backend


def resources(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]
    return found


def test_a_replica_with_provider_6(six: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    backend = replicated(six)
    backend.store(six, "prod/state.tfstate")
    assert six == hcl_snapshot


def test_a_replica_with_provider_5(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    backend = state_backend(stack, kms_key_id=AWS_OWNED_KEY)
    provider = Provider(stack, "aws", alias="replica", region="eu-central-1")
    backend.replicate("eu-central-1", bucket="acme-copies", provider=provider, alarm_actions=PAGER)
    assert stack == hcl_snapshot


def test_the_addresses_of_the_state_bucket_stay(six: Stack) -> None:
    backend = state_backend(six)
    before = {(type_, name) for type_, bodies in resources(six).items() for name in bodies}
    backend.replicate("eu-central-1")
    after = {(type_, name) for type_, bodies in resources(six).items() for name in bodies}
    assert before < after


def test_each_resource_of_the_replica_is_in_its_region(six: Stack) -> None:
    replicated(six)
    regions = {
        (type_, body.get("region"))
        for type_, bodies in resources(six).items()
        for name, body in bodies.items()
        if name == "state_replica"
    }
    assert {region for _, region in regions} == {"eu-central-1"}
    assert len(regions) == 9


def test_lock_files_expire_in_the_replica_too(six: Stack) -> None:
    replicated(six).grant("ci", "prod/web.tfstate", StateAccess.PLAN)
    rules = resources(six)["aws_s3_bucket_lifecycle_configuration"]
    assert rules["state_replica"]["rule"] == rules["state"]["rule"]
    assert len(rules["state"]["rule"]) == 2


@pytest.mark.parametrize(
    ("action", "resource", "context"),
    [
        ("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {}),
        ("s3:GetReplicationConfiguration", f"arn:aws:s3:::{BUCKET}", {}),
        ("s3:GetObjectVersionForReplication", f"arn:aws:s3:::{BUCKET}/prod/web.tfstate", {}),
        ("s3:ReplicateObject", f"arn:aws:s3:::{BUCKET}-replica/prod/web.tfstate", {}),
        ("s3:ReplicateDelete", f"arn:aws:s3:::{BUCKET}-replica/prod/web.tfstate", {}),
        ("kms:Decrypt", KEY_ARN, HERE),
        ("kms:Encrypt", REPLICA_KEY, THERE),
    ],
)
def test_the_role_can_replicate(six: Stack, action: str, resource: str, context: dict[str, str]) -> None:
    replicated(six)
    assert decide(rendered(six, "state_replication", REFERENCES), action, resource, context) == "Allow"


@pytest.mark.parametrize(
    ("action", "resource", "context"),
    [
        ("s3:PutObject", f"arn:aws:s3:::{BUCKET}/prod/web.tfstate", {}),
        ("s3:GetObjectVersionForReplication", f"arn:aws:s3:::{BUCKET}-replica/prod/web.tfstate", {}),
        ("kms:Decrypt", REPLICA_KEY, THERE),
        ("kms:Encrypt", KEY_ARN, HERE),
        ("kms:Encrypt", REPLICA_KEY, HERE),
    ],
)
def test_the_role_can_do_nothing_else(six: Stack, action: str, resource: str, context: dict[str, str]) -> None:
    replicated(six)
    assert decide(rendered(six, "state_replication", REFERENCES), action, resource, context) is None


def test_the_key_of_the_replica_allows_encryption_through_s3(six: Stack) -> None:
    replicated(six)
    assert decide(rendered(six, "state_replica_key", {}), "kms:Encrypt", "*", THERE) == "Allow"
    assert decide(rendered(six, "state_key", {}), "kms:Encrypt", "*", HERE) is None


def test_an_existing_key_encrypts_the_states_and_a_new_one_the_replica(six: Stack) -> None:
    replicated(six, kms_key_id=KEY_ARN)
    assert list(resources(six)["aws_kms_key"]) == ["state_replica"]
    assert decide(rendered(six, "state_replication", REFERENCES), "kms:Decrypt", KEY_ARN, HERE) == "Allow"


def test_the_alarm_has_the_dimensions_of_the_metric(six: Stack) -> None:
    replicated(six)
    alarm = resources(six)["aws_cloudwatch_metric_alarm"]["state_replication"]
    assert alarm["metric_name"] == "OperationsFailedReplication"
    assert alarm["dimensions"] == {"SourceBucket": BUCKET, "DestinationBucket": f"{BUCKET}-replica", "RuleId": "states"}
    assert alarm["alarm_actions"] == list(PAGER.alarm)
    assert "region" not in alarm


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"region": "eu-west-1"}, "region must be another one than that of the state bucket: got 'eu-west-1'"),
        ({"region": "cn-north-1"}, "region must be in partition aws, as the state bucket: got 'cn-north-1'"),
        ({"region": "Frankfurt"}, "region must be the name of an AWS Region"),
        ({"region": "${var.region}"}, "region must be a literal"),
        ({"bucket": BUCKET}, "bucket must be another one than the state bucket"),
        ({"bucket": "Acme"}, "bucket must be 3 to 63 lowercase letters"),
        ({"provider": "aws.replica"}, "provider must be a Provider: got 'aws.replica'"),
        ({"alarm_actions": "arn"}, "alarm_actions must be AlarmActions"),
    ],
)
def test_an_invalid_argument_is_rejected(six: Stack, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentsError, match=message) as error:
        state_backend(six).replicate(**{"region": "eu-central-1", **arguments})
    assert "replica of S3StateBackend 'state'" in str(error.value)


def test_the_name_of_the_replica_must_fit(six: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"bucket must be 3 to 63 .*-replica'"):
        state_backend(six, bucket="a" * 60).replicate("eu-central-1")


def test_provider_5_needs_a_provider_in_the_region(stack: Stack) -> None:
    message = r'provider must be given, such as Provider\(stack, "aws", alias="replica", region="eu-central-1"\)'
    with pytest.raises(ArgumentsError, match=message):
        state_backend(stack).replicate("eu-central-1", alarm_actions=PAGER)


def test_a_provider_in_another_region_is_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    provider = Provider(stack, "aws", alias="replica", region="eu-north-1")
    message = "provider must be in Region 'eu-central-1': aws.replica is in 'eu-north-1'"
    with pytest.raises(ArgumentsError, match=message):
        backend.replicate("eu-central-1", provider=provider, alarm_actions=PAGER)


def test_the_alarm_needs_actions(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="alarm_actions must be given, or set for the stack before"):
        state_backend(stack).replicate("eu-central-1")


def test_a_second_replica_is_rejected(six: Stack) -> None:
    backend = replicated(six)
    with pytest.raises(AddressError, match="duplicate id 'replica'"):
        backend.replicate("eu-north-1")
