"""Changes of existing endpoints, as Terraform plans them: updates in place and replacements."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Provider, Stack, Variable
from plainwork.vpc_endpoints import bundles
from tests.support.networks import SUBNETS
from tests.support.providers import INSTALLED
from tests.support.terraform import OFFLINE_PROVIDER
from tests.support.vpc_endpoints import INTERFACES, network, vpc_endpoints, with_interfaces

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

MADE = ["create"]
REPLACED, KEPT = True, False
TWO_ZONES = dict(list(SUBNETS.items())[:2])
NO_GATEWAY = {"gateway_endpoints": ()}
GATEWAY = {"gateway_endpoints": ["s3"]}
KMS = {**INTERFACES, **NO_GATEWAY, "interface_endpoints": ["kms"]}
OTHER_ROUTES = network("vpc-0123456789abcde05", route_table_ids=["rtb-0fedcba9876543210"])
LONDON = network("vpc-0123456789abcde07", {"euw2-az1": SUBNETS["euw1-az1"]}, route_table_ids=["rtb-0a1b2c3d4e5f60007"])
GROUP = "sg-0a1b2c3d4e5f60009"

CHANGED: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "vpc": (KMS, {**KMS, "network": network("vpc-0fedcba9876543210")}, REPLACED),
    "zones": (KMS, {**KMS, "network": network("vpc-0123456789abcde01", TWO_ZONES)}, KEPT),
    "perimeter": (KMS, {**KMS, "perimeter": ["123456789012"]}, KEPT),
    "sources": (KMS, {**KMS, "clients": {"office": "10.1.0.0/16"}}, KEPT),
    "more": (KMS, {**KMS, "interface_endpoints": ["logs", "kms"]}, KEPT),
    "routes": (
        GATEWAY,
        {**GATEWAY, "network": OTHER_ROUTES},
        KEPT,
    ),
    "buckets": (GATEWAY, {**GATEWAY, "service_owned_buckets": ()}, KEPT),
    "region": (GATEWAY, {**GATEWAY, "region": "eu-west-2", "network": LONDON}, REPLACED),
}
WATCHED = {name: "s3" if GATEWAY.items() <= before.items() else "kms" for name, (before, _, _) in CHANGED.items()}


def planned(terraform: Terraform, directory: Path, stack: Stack) -> dict[str, Any]:
    """The planned change of each resource, by address."""
    Path(directory, "cdk.tf.json").unlink(missing_ok=True)
    stack.node.root.synth()
    (made,) = Path(stack.node.root.outdir).glob("stacks/*/cdk.tf.json")
    directory.joinpath(made.name).write_text(made.read_text())
    return {change["address"]: change["change"] for change in terraform.plan(directory)["resource_changes"]}


def offline_stack(directory: Path, name: str) -> Stack:
    """A stack whose provider has the Region of a variable, so that its endpoints can be in several."""
    stack = Stack(App(directory / f"{name}.out"), "endpoints")
    region = Variable(stack, "region", default=OFFLINE_PROVIDER["region"])
    Provider(stack, "aws", version=INSTALLED, **OFFLINE_PROVIDER | {"region": region.reference})
    return stack


def state_of(changes: dict[str, Any]) -> dict[str, Any]:
    """The state after the plan is applied."""
    resources = [
        {
            "mode": "managed",
            "type": type_,
            "name": name,
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [{"schema_version": version_of(type_), "attributes": attributes_of(type_, change)}],
        }
        for address, change in changes.items()
        if change["actions"] == MADE
        for type_, name in [address.split(".")]
    ]
    return {"version": 4, "terraform_version": "1.10.0", "serial": 1, "lineage": "test", "resources": resources}


def version_of(type_: str) -> int:
    return 1 if type_ == "aws_security_group" else 0


def attributes_of(type_: str, change: dict[str, Any]) -> dict[str, Any]:
    known = {"id": GROUP if type_ == "aws_security_group" else "made", **change["after"]}
    if "security_group_ids" in change["after_unknown"]:
        known["security_group_ids"] = [GROUP] if change["after"]["vpc_endpoint_type"] == "Interface" else []
    if "security_group_id" in change["after_unknown"]:
        known["security_group_id"] = GROUP
    return known


@pytest.fixture(scope="module")
def changes(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    directory = tmp_path_factory.mktemp("changes")
    before, after = offline_stack(directory, "before"), offline_stack(directory, "after")
    for moment, stack in enumerate((before, after)):
        for number, (name, case) in enumerate(CHANGED.items()):
            vpc_endpoints(stack, name, **{**distinct(number), **case[moment]})
    made = planned(terraform, directory, before)
    directory.joinpath("terraform.tfstate").write_text(json.dumps(state_of(made)))
    return planned(terraform.with_env(TF_CLI_ARGS_plan="-refresh=false"), directory, after)


def distinct(number: int) -> dict[str, Any]:
    """Arguments that two endpoints of one service cannot have in common."""
    return {"network": network(f"vpc-0123456789abcde0{number}", route_table_ids=[f"rtb-0a1b2c3d4e5f6000{number}"])}


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_replaces_an_endpoint_or_not(name: str, changes: dict[str, Any]) -> None:
    change = changes[f"aws_vpc_endpoint.{name}_{WATCHED[name]}"]
    assert ("delete" in change["actions"]) is CHANGED[name][2]


@pytest.mark.parametrize("name", ["zones", "perimeter", "routes", "buckets"])
def test_a_change_is_in_place(name: str, changes: dict[str, Any]) -> None:
    assert changes[f"aws_vpc_endpoint.{name}_{WATCHED[name]}"]["actions"] == ["update"]


def test_another_region_replaces_the_endpoint_for_its_service_name(changes: dict[str, Any]) -> None:
    assert changes["aws_vpc_endpoint.region_s3"]["replace_paths"] == [["service_name"]]


def test_all_bundles_are_planned_offline(terraform: Terraform, tmp_path: Path) -> None:
    stack = offline_stack(tmp_path, "complete")
    endpoints = with_interfaces(stack, bundles=[*bundles()], interface_endpoints=["cassandra"])
    endpoints.add_interface_endpoint("s3")
    endpoints.add_interface_endpoint("kms", service_region="us-east-1")
    endpoints.add_interface_endpoint("codepipeline", policy="full-access")
    endpoints.add_interface_endpoint(
        "sqs",
        availability_zone_ids=["euw1-az1"],
        ip_address_type="dualstack",
        dns_record_ip_type="dualstack",
        ipv4_addresses={"euw1-az1": "10.0.1.10"},
    )
    lattice = "arn:aws:vpc-lattice:eu-west-1:123456789012"
    endpoints.add_lattice_endpoint("orders", f"{lattice}:resourceconfiguration/rcfg-0123456789abcdef0", port=5432)
    endpoints.add_lattice_endpoint("shop", f"{lattice}:servicenetwork/sn-0123456789abcdef0")
    changes = planned(terraform, tmp_path, stack)
    assert {tuple(change["actions"]) for change in changes.values()} == {("create",)}
    made = changes["aws_vpc_endpoint.private_s3"]["after"]
    assert "prod-eu-west-1-starport-layer-bucket" in made["policy"]
    assert "aws:PrincipalOrgID" in made["policy"]
    assert len(changes) == 2 + len(endpoints.interface_endpoints) + 3 * 2
