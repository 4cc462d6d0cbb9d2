"""Synthesize every stack: `python -m stacks.app`. Only this module reads the environment.

PLAINWORK_ACCOUNT_ID: the account to deploy to.
PLAINWORK_REGION: the Region to deploy to.
PLAINWORK_VPC: a TOML file with the VPC, such as stacks/vpc.toml.
PLAINWORK_BOOTSTRAP: 1 for the first apply of the state stack, before its bucket exists (docs/s3-state-backend.md).
CDKTF_OUTDIR: the output directory, `cdktf.out` by default.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from plainwork import App, Network, PlainworkError
from stacks.checkout import CheckoutStack
from stacks.deployment import Deployment
from stacks.network import NetworkStack
from stacks.state import StateStack

EXAMPLE_ACCOUNT = "123456789012"
EXAMPLE_REGION = "eu-west-1"
EXAMPLE_VPC = Path(__file__).parent / "vpc.toml"


def build(
    outdir: str | None = None,
    *,
    account_id: str = EXAMPLE_ACCOUNT,
    region: str = EXAMPLE_REGION,
    vpc: Path = EXAMPLE_VPC,
    bootstrap: bool = False,
) -> App:
    app = App(outdir)
    deployment = Deployment("prod", region, account_id, owner="platform", network=Network.from_file(vpc))
    add_environment(app, deployment, bootstrap=bootstrap)
    return app


def add_environment(app: App, deployment: Deployment, *, bootstrap: bool = False) -> None:
    state = StateStack(app, deployment, bootstrap=bootstrap)
    network = NetworkStack(app, deployment)
    state.add_component(network, "network")
    state.add_component(CheckoutStack(app, deployment, network), "checkout")


def main() -> None:
    env = os.environ
    try:
        build(
            account_id=env.get("PLAINWORK_ACCOUNT_ID", EXAMPLE_ACCOUNT),
            region=env.get("PLAINWORK_REGION", EXAMPLE_REGION),
            vpc=Path(env.get("PLAINWORK_VPC", EXAMPLE_VPC)),
            bootstrap=env.get("PLAINWORK_BOOTSTRAP") == "1",
        ).synth()
    except PlainworkError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
