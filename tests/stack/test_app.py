from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Network, synthesize
from stacks.app import EXAMPLE_VPC, add_environment, build, main
from stacks.deployment import Deployment

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["state", "network", "checkout"])
def test_the_stacks_are_equal_to_the_snapshots(tmp_path: Path, name: str, hcl_snapshot: SnapshotAssertion) -> None:
    stack = build(str(tmp_path)).node.find_child(name)
    assert stack == hcl_snapshot


def test_one_app_deploys_staging_and_prod(tmp_path: Path) -> None:
    app = App(tmp_path)
    for environment, region in (("staging", "eu-central-1"), ("prod", "eu-west-1")):
        vpc = tmp_path / f"{environment}.toml"
        vpc.write_text(EXAMPLE_VPC.read_text().replace("euw1-", "euc1-" if environment == "staging" else "euw1-"))
        deployment = Deployment(
            environment, region, "123456789012", "platform", Network.from_file(vpc), stack_prefix=f"{environment}-"
        )
        add_environment(app, deployment)
    app.synth()
    written = {file.parent.name: file.read_text() for file in (tmp_path / "stacks").glob("*/cdk.tf.json")}
    assert set(written) == {f"{env}-{name}" for env in ("staging", "prod") for name in ("state", "network", "checkout")}
    assert not [name for name, text in written.items() if name.startswith("prod") and "staging" in text]


def test_bootstrap_omits_only_the_backend_of_the_state_stack(tmp_path: Path) -> None:
    app = build(str(tmp_path), bootstrap=True)
    assert "backend" not in synthesize(app.node.find_child("state"))["terraform"]
    assert "s3" in synthesize(app.node.find_child("network"))["terraform"]["backend"]


def test_bootstrap_changes_nothing_else(tmp_path: Path) -> None:
    before, after = (
        synthesize(build(str(tmp_path), bootstrap=bootstrap).node.find_child("state")) for bootstrap in (True, False)
    )
    assert before["resource"] == after["resource"]
    assert before["data"] == after["data"]


def test_the_environment_sets_account_region_and_vpc(tmp_path: Path) -> None:
    vpc = (ROOT / "stacks" / "vpc.toml").read_text().replace("euw1-", "euc1-").replace("10.0.", "10.9.")
    (tmp_path / "vpc.toml").write_text(vpc)
    env = {
        **os.environ,
        "PLAINWORK_ACCOUNT_ID": "210987654321",
        "PLAINWORK_REGION": "eu-central-1",
        "PLAINWORK_VPC": str(tmp_path / "vpc.toml"),
        "CDKTF_OUTDIR": str(tmp_path),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    subprocess.run([sys.executable, "-m", "stacks.app"], check=True, cwd=ROOT, env=env)
    for stack in ("state", "network", "checkout"):
        written = (tmp_path / "stacks" / stack / "cdk.tf.json").read_text()
        assert '"210987654321"' in written
        assert "123456789012" not in written
        assert "eu-west-1" not in written
        assert "10.0." not in written


def deploy(folder: Path, region: str, zones: str) -> dict[str, dict[str, Any]]:
    """The documents of every stack in a region, whose zone ids begin with `zones`."""
    vpc = folder / "vpc.toml"
    vpc.write_text((ROOT / "stacks" / "vpc.toml").read_text().replace("euw1-", f"{zones}-"))
    app = build(str(folder), region=region, vpc=vpc)
    return {name: synthesize(app.node.find_child(name)) for name in ("state", "network", "checkout")}


@pytest.mark.parametrize(
    ("region", "zones", "for_ecs"),
    [
        ("eu-west-1", "euw1", set()),
        ("ca-west-1", "caw1", {"private_ecs", "private_ecs_agent", "private_ecs_telemetry"}),
        ("mx-central-1", "mxc1", {"private_ecs", "private_ecs_agent", "private_ecs_telemetry"}),
    ],
)
def test_a_new_region_has_endpoints_for_ecs(tmp_path: Path, region: str, zones: str, for_ecs: set[str]) -> None:
    endpoints = deploy(tmp_path, region, zones)["network"]["resource"]["aws_vpc_endpoint"]
    assert {name for name in endpoints if name.startswith("private_ecs")} == for_ecs


@pytest.mark.parametrize(
    ("region", "zones", "partition"), [("cn-north-1", "cnn1", "aws-cn"), ("us-gov-west-1", "usgw1", "aws-us-gov")]
)
def test_arns_are_of_the_regions_partition(tmp_path: Path, region: str, zones: str, partition: str) -> None:
    written = json.dumps(deploy(tmp_path, region, zones))
    assert f"arn:{partition}:iam::123456789012:role/ci" in written
    assert "arn:aws:" not in written


def test_two_regions_of_an_account_share_no_name_that_is_unique_beyond_a_region(tmp_path: Path) -> None:
    names = []
    for region, zones in (("eu-west-1", "euw1"), ("eu-central-1", "euc1")):
        stacks = deploy(tmp_path, region, zones).values()
        resources = [stack["resource"] for stack in stacks]
        names.append({role["name"] for stack in resources for role in stack.get("aws_iam_role", {}).values()})
        names[-1] |= {bucket["bucket"] for stack in resources for bucket in stack.get("aws_s3_bucket", {}).values()}
    assert len(names[0]) == len(names[1]) == 7
    assert not names[0] & names[1]


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("PLAINWORK_ACCOUNT_ID", "12", "account_id must be the account's 12 digits, as a string: got '12'"),
        ("PLAINWORK_REGION", "Ireland", "`region` is `Ireland`, which is not an AWS Region"),
        ("PLAINWORK_REGION", "us-east-1", "keyed by zone ids of us-east-1, which begin with 'use1-': got 'euw1-az1'"),
        ("PLAINWORK_VPC", "nowhere.toml", "'nowhere.toml' cannot be read: No such file or directory"),
        ("PLAINWORK_VPC", "broken.toml", "'broken.toml' is not TOML"),
        ("PLAINWORK_VPC", "empty.toml", "must have the keys .*: no 'subnets', 'vpc_id'"),
    ],
)
def test_invalid_input_is_an_error_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, value: str, problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.toml").write_text("vpc_id = ")
    (tmp_path / "empty.toml").write_text("")
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match=problem):
        main()
