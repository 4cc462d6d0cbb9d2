"""The stacks of this repository from nothing to nothing: bootstrap, the move into the bucket, the rest, destruction.

The tests share one deployment, because S3's lifecycle alone takes a minute; the last ones destroy it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from stacks.app import EXAMPLE_VPC, build, prod
from tests.support.aws_server import AwsServer, aws_server
from tests.support.networks import make_network, on_the_server
from tests.support.remote_states import with_path_style
from tests.support.terraform import TerraformFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
BUCKET = "plainwork-prod-state-123456789012-eu-west-1"
OTHERS = ("network", "checkout")
PATH_STYLE = "-backend-config=use_path_style=true"
NOT_PREVENTED = {"lifecycle": {"prevent_destroy": False}}
UNPROTECTED: dict[str, Any] = {
    "state": {
        "terraform": {"backend": {"local": {}}},
        "resource": {
            "aws_s3_bucket": {"state": {"force_destroy": True, **NOT_PREVENTED}},
            "aws_kms_key": {"state": NOT_PREVENTED},
        },
    },
    "network": {},
    "checkout": {
        "resource": {
            "aws_efs_file_system": {"files": NOT_PREVENTED},
            "aws_elasticache_replication_group": {"cache": NOT_PREVENTED},
            "aws_lb": {"front": {"enable_deletion_protection": False}},
        },
    },
}
"""The overrides beside each stack that allow its destruction."""


@dataclass(frozen=True)
class Deployment:
    """A checkout of the example stacks, and the account that they are deployed to."""

    server: AwsServer
    terraform: Terraform
    out: Path
    vpc: Path

    def synthesize(self, *, bootstrap: bool = False) -> None:
        build(self.out, prod(vpc=self.vpc), bootstrap=bootstrap).synth()
        document = self.stack("checkout") / "cdk.tf.json"
        document.write_text(with_path_style(document.read_text()))

    def apply(self, name: str) -> None:
        self.terraform.init(self.stack(name), PATH_STYLE)
        self.terraform.apply(self.stack(name))

    def destroy(self, name: str) -> None:
        (self.stack(name) / "zz_override.tf.json").write_text(json.dumps(UNPROTECTED[name]))
        self.terraform.apply(self.stack(name))
        self.terraform.destroy(self.stack(name))

    def stack(self, name: str) -> Path:
        return self.out / "stacks" / name

    def head(self, key: str) -> Any:
        return self.server.client("s3").head_object(Bucket=BUCKET, Key=key)

    def keys(self) -> list[str]:
        return [entry["Key"] for entry in self.server.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Iterator[Deployment]:
    """The state stack, bootstrapped as docs/s3-state-backend.md says: applied with a local state, then moved."""
    with aws_server() as server:
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        vpc = tmp_path_factory.mktemp("vpc") / "vpc.toml"
        vpc.write_text(on_the_server(EXAMPLE_VPC.read_text(), make_network(server)))
        deployment = Deployment(server, reaching, tmp_path_factory.mktemp("deployed"), vpc)
        deployment.synthesize(bootstrap=True)
        reaching.init(deployment.stack("state"))
        reaching.apply(deployment.stack("state"))
        deployment.synthesize()
        reaching.init(deployment.stack("state"), "-migrate-state", "-force-copy", PATH_STYLE)
        yield deployment


def test_the_state_stack_keeps_its_state_in_its_own_bucket(deployed: Deployment) -> None:
    assert deployed.keys() == ["prod/state.tfstate"]
    addresses = deployed.terraform.run(deployed.stack("state"), "state", "list").split()
    assert "aws_s3_bucket.state" in addresses


def test_the_other_stacks_store_their_states_encrypted_and_leave_no_lock(deployed: Deployment) -> None:
    for name in OTHERS:
        deployed.apply(name)
    assert deployed.keys() == ["prod/checkout.tfstate", "prod/network.tfstate", "prod/state.tfstate"]
    head = deployed.head("prod/checkout.tfstate")
    (key,) = deployed.server.client("kms").list_keys()["Keys"]
    used = deployed.server.client("kms").describe_key(KeyId=head["SSEKMSKeyId"])["KeyMetadata"]
    assert (head["ServerSideEncryption"], used["Arn"]) == ("aws:kms", key["KeyArn"])


@pytest.mark.parametrize("name", ["state", *OTHERS])
def test_a_second_plan_is_empty(deployed: Deployment, name: str) -> None:
    assert not deployed.terraform.changes(deployed.stack(name))


def test_every_run_left_an_older_version(deployed: Deployment) -> None:
    versions = deployed.server.client("s3").list_object_versions(Bucket=BUCKET, Prefix="prod/state.tfstate.tflock")
    assert len(versions["DeleteMarkers"]) == len(versions["Versions"]) > 0


@pytest.mark.parametrize(
    "encryption",
    [
        {"ServerSideEncryption": "AES256"},
        {"ServerSideEncryption": "aws:kms"},
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/aws/s3"},
    ],
)
def test_the_bucket_keeps_out_what_is_encrypted_otherwise(deployed: Deployment, encryption: dict[str, str]) -> None:
    with pytest.raises(ClientError, match="403"):
        deployed.server.client("s3").put_object(Bucket=BUCKET, Key="prod/network.tfstate", Body=b"{}", **encryption)


def test_the_bucket_keeps_out_what_terraform_sends_without_a_key(deployed: Deployment, tmp_path: Path) -> None:
    """`encrypt` without `kms_key_id` asks for AES256, for the state and for the lock."""
    block = {"bucket": BUCKET, "key": "prod/x.tfstate", "region": "eu-west-1", "encrypt": True, "use_lockfile": True}
    config = {"terraform": {"backend": {"s3": block}}, "resource": {"terraform_data": {"x": {}}}}
    (tmp_path / "main.tf.json").write_text(json.dumps(config))
    deployed.terraform.run(tmp_path, "init", PATH_STYLE)
    with pytest.raises(TerraformFailed, match=r"Error acquiring the state lock(.|\n)*403"):
        deployed.terraform.run(tmp_path, "apply", "-auto-approve", "-no-color")


def test_another_account_is_rejected(deployed: Deployment, tmp_path: Path) -> None:
    build(tmp_path, prod(account_id="999999999999")).synth()
    with pytest.raises(TerraformFailed, match="123456789012"):
        deployed.terraform.init(tmp_path / "stacks" / "network", PATH_STYLE)


def test_the_bucket_cannot_be_destroyed(deployed: Deployment) -> None:
    with pytest.raises(TerraformFailed, match=r"lifecycle.prevent_destroy"):
        deployed.terraform.destroy(deployed.stack("state"))


def test_it_can_be_destroyed_on_purpose(deployed: Deployment) -> None:
    """With the protection taken off, and the state moved out of the bucket first."""
    for name in reversed(OTHERS):
        deployed.destroy(name)
    state = deployed.stack("state")
    (state / "zz_override.tf.json").write_text(json.dumps(UNPROTECTED["state"]))
    deployed.terraform.init(state, "-migrate-state", "-force-copy")
    deployed.destroy("state")
    assert deployed.server.client("s3").list_buckets()["Buckets"] == []
