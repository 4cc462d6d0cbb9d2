"""A state bucket with a replica and a shared state from nothing to nothing: applied, planned again, destroyed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import AlarmActions, App, Provider, S3StateBackend, Stack, StateAccess, synthesize
from tests.support.aws_server import aws_server
from tests.support.cycles import unprotected
from tests.support.providers import INSTALLED
from tests.support.state_backends import ACCOUNT_ID, BUCKET

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof


def document(directory: Path) -> dict[str, Any]:
    stack = Stack(App(directory / "cdktf.out"), "state")
    Provider(stack, "aws", version=INSTALLED, region="eu-west-1", allowed_account_ids=[ACCOUNT_ID])
    replica = Provider(stack, "aws", alias="replica", region="eu-central-1")
    stack.alarm_actions = AlarmActions(f"arn:aws:sns:eu-west-1:{ACCOUNT_ID}:pager")
    backend = S3StateBackend(stack, "state", bucket=BUCKET)
    backend.replicate("eu-central-1", provider=replica)
    backend.share("arn:aws:iam::210987654321:role/web-deploy", "prod/web.tfstate", StateAccess.APPLY)
    return synthesize(stack)


def test_a_replica_is_applied_and_planned_empty_and_destroyed(tmp_path: Path, terraform: Terraform) -> None:
    with aws_server() as server:
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        written = document(tmp_path)
        (tmp_path / "cdk.tf.json").write_text(json.dumps(written))
        assert "Apply complete!" in reaching.apply(tmp_path)
        configured = server.client("s3").get_bucket_replication(Bucket=BUCKET)["ReplicationConfiguration"]
        assert configured["Rules"][0]["Destination"]["Bucket"] == f"arn:aws:s3:::{BUCKET}-replica"
        (replica_key,) = server.client("kms", "eu-central-1").list_keys()["Keys"]
        copied = configured["Rules"][0]["Destination"]["EncryptionConfiguration"]["ReplicaKmsKeyID"]
        assert copied == replica_key["KeyArn"]
        assert not reaching.changes(tmp_path)
        (tmp_path / "cdk.tf.json").write_text(json.dumps(unprotected(written)))
        assert "Destroy complete!" in reaching.destroy(tmp_path)
