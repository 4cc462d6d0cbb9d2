from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from stacks.app import build, dev, main, prod
from stacks.deployment import Domain

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from stacks.deployment import Deployment

ROOT = Path(__file__).parents[2]


DOMAIN = Domain("checkout.example.com", "Z0123456789ABCDEFGHIJ")
STACKS = ("state", "network", "checkout")


def checkout(folder: Path, deployment: Deployment) -> Any:
    return synthesize(build(folder, deployment).node.find_child(f"{deployment.stack_prefix}checkout"))


def addresses(document: Any) -> set[str]:
    return {f"{type_}.{name}" for type_, named in document["resource"].items() for name in named}


@pytest.mark.parametrize("file", sorted((ROOT / "stacks").glob("*.py")), ids=lambda file: file.stem)
def test_everything_is_imported_from_plainwork_or_from_one_module_a_family(file: Path) -> None:
    imports = [node.module for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)]
    of_plainwork = {module for module in imports if module and module.startswith("plainwork")}
    assert of_plainwork <= {
        "plainwork",
        *(f"plainwork.{family}" for family in ("efs", "iam", "valkey", "vpc_endpoints")),
    }


@pytest.mark.parametrize("name", STACKS)
def test_the_stacks_are_equal_to_the_snapshots(tmp_path: Path, name: str, hcl_snapshot: SnapshotAssertion) -> None:
    stack = build(tmp_path).node.find_child(name)
    assert stack == hcl_snapshot


def test_checkout_with_a_domain_is_equal_to_the_snapshot(tmp_path: Path, hcl_snapshot: SnapshotAssertion) -> None:
    assert build(tmp_path, prod(domain=DOMAIN)).node.find_child("checkout") == hcl_snapshot


def test_a_domain_moves_no_resource(tmp_path: Path) -> None:
    without, with_domain = checkout(tmp_path, prod()), checkout(tmp_path, prod(domain=DOMAIN))
    assert addresses(with_domain) - addresses(without) == {
        "aws_acm_certificate.front",
        "aws_acm_certificate_validation.front",
        "aws_lb_listener.front_https",
        "aws_route53_record.front",
        "aws_route53_record.front_validation",
        "aws_vpc_security_group_ingress_rule.front_https",
    }
    assert addresses(without) < addresses(with_domain)


def test_the_canary_is_behind_https_where_there_is_a_domain(tmp_path: Path) -> None:
    rules = [
        checkout(tmp_path, deployment)["resource"]["aws_lb_listener_rule"]["rollout"]["listener_arn"]
        for deployment in (prod(), prod(domain=DOMAIN))
    ]
    assert rules == ["${aws_lb_listener.front.arn}", "${aws_lb_listener.front_https.arn}"]


def test_terraform_leaves_the_number_of_tasks_to_the_scaling(tmp_path: Path) -> None:
    resources = checkout(tmp_path, prod())["resource"]
    for variant in ("stable", "canary"):
        service = resources["aws_ecs_service"][variant]
        assert service["lifecycle"] == {"ignore_changes": ["desired_count"]}
        assert service["desired_count"] == resources["aws_appautoscaling_target"][variant]["min_capacity"]


def test_one_app_deploys_dev_and_prod(tmp_path: Path) -> None:
    build(tmp_path).synth()
    written = {file.parent.name: file.read_text() for file in (tmp_path / "stacks").glob("*/cdk.tf.json")}
    assert set(written) == {*STACKS, *(f"dev-{name}" for name in STACKS)}
    assert not [name for name in STACKS if "-dev-" in written[name] or "vpc-0fedcba9876543210" in written[name]]
    assert not [name for name in STACKS if "-prod-" in written[f"dev-{name}"]]


def test_dev_is_smaller(tmp_path: Path) -> None:
    sizes = []
    for deployment in (dev(), prod()):
        resources = checkout(tmp_path, deployment)["resource"]
        cache, scaling = resources["aws_elasticache_replication_group"], resources["aws_appautoscaling_target"]
        sizes.append((cache["cache"]["node_type"], scaling["stable"]["max_capacity"]))
    assert sizes == [("cache.t4g.micro", 4), ("cache.t4g.small", 10)]


def test_bootstrap_omits_only_the_backend_of_the_state_stack(tmp_path: Path) -> None:
    app = build(tmp_path, bootstrap=True)
    assert "backend" not in synthesize(app.node.find_child("state"))["terraform"]
    assert "s3" in synthesize(app.node.find_child("network"))["terraform"]["backend"]


def test_bootstrap_changes_nothing_else(tmp_path: Path) -> None:
    before, after = (
        synthesize(build(tmp_path, bootstrap=bootstrap).node.find_child("state")) for bootstrap in (True, False)
    )
    assert before["resource"] == after["resource"]
    assert before["data"] == after["data"]


def test_the_environment_sets_account_region_vpc_and_domain(tmp_path: Path) -> None:
    vpc = (ROOT / "stacks" / "vpc.toml").read_text().replace("euw1-", "euc1-").replace("10.0.", "10.9.")
    (tmp_path / "vpc.toml").write_text(vpc)
    env = {
        **os.environ,
        "PLAINWORK_ACCOUNT_ID": "210987654321",
        "PLAINWORK_REGION": "eu-central-1",
        "PLAINWORK_VPC": str(tmp_path / "vpc.toml"),
        "PLAINWORK_DOMAIN": DOMAIN.name,
        "PLAINWORK_ZONE_ID": DOMAIN.zone_id,
        "CDKTF_OUTDIR": str(tmp_path),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    subprocess.run([sys.executable, "-m", "stacks.app"], check=True, cwd=ROOT, env=env)
    for stack in STACKS:
        written = (tmp_path / "stacks" / stack / "cdk.tf.json").read_text()
        assert '"210987654321"' in written
        assert (DOMAIN.name in written) is (stack == "checkout")
        assert "123456789012" not in written
        assert "eu-west-1" not in written
        assert "10.0." not in written


def deploy(folder: Path, region: str, zones: str) -> dict[str, dict[str, Any]]:
    """The documents of every stack in a region, whose zone ids begin with `zones`."""
    vpc = folder / "vpc.toml"
    vpc.write_text((ROOT / "stacks" / "vpc.toml").read_text().replace("euw1-", f"{zones}-"))
    app = build(folder, prod(region=region, vpc=vpc))
    return {name: synthesize(app.node.find_child(name)) for name in STACKS}


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
        ("PLAINWORK_DEV_REGION", "Ireland", "`region` is `Ireland`, which is not an AWS Region"),
        ("PLAINWORK_DOMAIN", "checkout.example.com", "PLAINWORK_DOMAIN and PLAINWORK_ZONE_ID belong together"),
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
