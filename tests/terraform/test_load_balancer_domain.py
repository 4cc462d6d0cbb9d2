"""A domain is given to the running load balancer of the reference application."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import moto.settings
import pytest

from plainwork import App, Stack
from stacks.app import EXAMPLE_VPC, prod
from stacks.deployment import Domain
from stacks.load_balancer import LoadBalancer
from tests.support.aws_server import aws_server
from tests.support.networks import make_network, on_the_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
UNPROTECTED = {"resource": {"aws_lb": {"front": {"enable_deletion_protection": False}}}}


def synthesize(directory: Path, vpc: Path, domain: Domain | None) -> Path:
    stack = Stack(app := App(directory), "front")
    deployment = prod(vpc=vpc, domain=domain)
    deployment.provider(stack)
    LoadBalancer(stack, "front", deployment)
    app.synth()
    return directory / "stacks" / "front"


def test_a_domain_is_applied_to_a_running_load_balancer(
    tmp_path: Path, terraform: Terraform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moto.settings, "ACM_VALIDATION_WAIT", 1)
    with aws_server() as server:
        vpc = tmp_path / "vpc.toml"
        vpc.write_text(on_the_server(EXAMPLE_VPC.read_text(), make_network(server)))
        zone = server.client("route53").create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        stack = synthesize(tmp_path, vpc, None)
        reaching.init(stack)
        reaching.apply(stack)
        synthesize(tmp_path, vpc, Domain("checkout.example.com", zone["Id"].rpartition("/")[2]))
        reaching.apply(stack)
        assert not reaching.changes(stack)
        balancers = server.client("elbv2")
        (balancer,) = balancers.describe_load_balancers()["LoadBalancers"]
        listeners = balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
        actions = {listener["Port"]: listener["DefaultActions"][0]["Type"] for listener in listeners}
        assert actions == {80: "redirect", 443: "fixed-response"}
        (stack / "zz_override.tf.json").write_text(json.dumps(UNPROTECTED))
        reaching.apply(stack)
        reaching.destroy(stack)
        assert balancers.describe_load_balancers()["LoadBalancers"] == []
