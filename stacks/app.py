"""Synthesize every stack: `python -m stacks.app`. Only this module reads the environment.

PLAINWORK_ACCOUNT_ID: the account of prod.
PLAINWORK_REGION: the Region of prod.
PLAINWORK_VPC: a TOML file with the VPC of prod, such as stacks/vpc.toml.
PLAINWORK_DOMAIN, PLAINWORK_ZONE_ID: the domain of the service and its hosted zone; without them it uses HTTP.
PLAINWORK_DEV_ACCOUNT_ID, PLAINWORK_DEV_REGION ...: the same for dev.
PLAINWORK_BOOTSTRAP: 1 for the first apply of the state stacks, before their buckets exist (docs/s3-state-backend.md).
CDKTF_OUTDIR: the output directory, `cdktf.out` by default.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from plainwork import App, Network, PlainworkError
from stacks.checkout import CheckoutStack
from stacks.deployment import Deployment, Domain
from stacks.network import NetworkStack
from stacks.state import StateStack

EXAMPLE_ACCOUNT = "123456789012"
EXAMPLE_REGION = "eu-west-1"
EXAMPLE_VPC = Path(__file__).parent / "vpc.toml"
EXAMPLE_DEV_VPC = Path(__file__).parent / "dev-vpc.toml"


def prod(
    account_id: str = EXAMPLE_ACCOUNT,
    region: str = EXAMPLE_REGION,
    vpc: Path = EXAMPLE_VPC,
    domain: Domain | None = None,
) -> Deployment:
    return Deployment("prod", region, account_id, "platform", Network.from_file(vpc), domain=domain)


def dev(
    account_id: str = EXAMPLE_ACCOUNT,
    region: str = EXAMPLE_REGION,
    vpc: Path = EXAMPLE_DEV_VPC,
    domain: Domain | None = None,
) -> Deployment:
    return Deployment(
        "dev",
        region,
        account_id,
        "platform",
        Network.from_file(vpc),
        stack_prefix="dev-",
        domain=domain,
        cache_node_type="cache.t4g.micro",
        maximum_tasks=4,
    )


def build(outdir: str | Path | None = None, *deployments: Deployment, bootstrap: bool = False) -> App:
    """Return the app with these deployments, by default the examples of both environments."""
    app = App(outdir)
    for deployment in deployments or (dev(), prod()):
        add_environment(app, deployment, bootstrap=bootstrap)
    return app


def add_environment(app: App, deployment: Deployment, *, bootstrap: bool = False) -> None:
    state = StateStack(app, deployment, bootstrap=bootstrap)
    network = NetworkStack(app, deployment)
    state.add_component(network, "network")
    state.add_component(CheckoutStack(app, deployment, network), "checkout")


def main() -> None:
    try:
        deployments = dev(*_inputs("PLAINWORK_DEV", EXAMPLE_DEV_VPC)), prod(*_inputs("PLAINWORK", EXAMPLE_VPC))
        build(None, *deployments, bootstrap=os.environ.get("PLAINWORK_BOOTSTRAP") == "1").synth()
    except PlainworkError as error:
        sys.exit(f"Error: {error}")


def _inputs(prefix: str, example_vpc: Path) -> tuple[str, str, Path, Domain | None]:
    env = os.environ
    return (
        env.get(f"{prefix}_ACCOUNT_ID", EXAMPLE_ACCOUNT),
        env.get(f"{prefix}_REGION", EXAMPLE_REGION),
        Path(env.get(f"{prefix}_VPC", example_vpc)),
        _domain(prefix),
    )


def _domain(prefix: str) -> Domain | None:
    name, zone_id = os.environ.get(f"{prefix}_DOMAIN"), os.environ.get(f"{prefix}_ZONE_ID")
    if bool(name) != bool(zone_id):
        raise PlainworkError(f"{prefix}_DOMAIN and {prefix}_ZONE_ID belong together: set both, or neither for HTTP")
    return Domain(name, zone_id) if name and zone_id else None


if __name__ == "__main__":
    main()
