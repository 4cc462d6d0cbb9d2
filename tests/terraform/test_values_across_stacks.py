"""A stack exports values, another one reads them, and a role that may plan the second one can read the first state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plainwork import App, Output, Resource, Stack, StateAccess
from tests.support.aws_server import AwsServer, aws_server
from tests.support.remote_states import with_path_style
from tests.support.state_backends import KEY_ARN, make_bucket_and_table, policy, state_backend
from tests.support.terraform import TerraformFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

SECRET = "the-secret-of-the-network"
PATH_STYLE = "use_path_style"


@dataclass(frozen=True)
class Stacks:
    """Two synthesized stacks on a server where `network` is applied.

    Attributes:
        terraform: with the permissions of PLAN on the state of `shop`.
        out: the directory of the stacks.
    """

    server: AwsServer
    terraform: Terraform
    out: Path

    def planned(self) -> str:
        shop = self.out / "stacks" / "shop"
        self.terraform.init(shop, f"-backend-config={PATH_STYLE}=true")
        return self.terraform.run(shop, "plan", "-no-color", "-input=false")


@pytest.fixture
def stacks(tmp_path: Path, terraform: Terraform) -> Iterator[Stacks]:
    app = App(tmp_path / "cdktf.out")
    backend = state_backend(state := Stack(app, "state"))
    network, shop = Stack(app, "network"), Stack(app, "shop")
    for stack in (network, shop):
        backend.store(stack, f"prod/{stack.node.id}.tfstate")
    example = Resource(network, "terraform_data", "example", input="10.0.0.0/16")
    network.export("cidr", example["output"])
    network.export("password", SECRET, sensitive=True)
    read = shop.read(network)
    Output(shop, "cidr", value=f"cidr {read['cidr']}")
    Output(shop, "password", value=read["password"], sensitive=True)
    Resource(shop, "terraform_data", "client", input=read["password"])
    backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
    app.synth()
    with aws_server() as server:
        make_bucket_and_table(server)
        server.key_arn = KEY_ARN
        server.hold("plan", policy(state, "state_prod_shop_plan"))
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url, AWS_S3_USE_PATH_STYLE="true")
        directory = Path(app.outdir) / "stacks" / "network"
        reaching.init(directory, f"-backend-config={PATH_STYLE}=true")
        reaching.apply(directory)
        reader = reaching.with_env(AWS_ACCESS_KEY_ID="plan")
        document = Path(app.outdir) / "stacks" / "shop" / "cdk.tf.json"
        document.write_text(with_path_style(document.read_text()))
        yield Stacks(server, reader, Path(app.outdir))


def test_a_plan_reads_the_values_of_the_other_stack(stacks: Stacks) -> None:
    assert '"cidr 10.0.0.0/16"' in stacks.planned()


def test_a_plan_does_not_show_a_sensitive_value(stacks: Stacks) -> None:
    planned = stacks.planned()
    assert "input  = (sensitive value)" in planned
    assert SECRET not in planned


def test_a_plan_needs_the_permission_to_read_the_state(stacks: Stacks) -> None:
    statements = stacks.server.policies["plan"]["Statement"]
    statements[:] = [statement for statement in statements if "ReadStates" not in statement["Sid"]]
    with pytest.raises(TerraformFailed, match=r"AccessDenied|Forbidden|403"):
        stacks.planned()
