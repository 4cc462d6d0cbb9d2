"""Plans of the reference application over what is deployed, for the review of each: real Terraform on an emulator."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stacks.app import EXAMPLE_VPC, build, prod
from tests.support.aws_server import aws_server
from tests.support.networks import make_network, on_the_server
from tests.support.remote_states import network_state

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

LOCAL = {"terraform": {"backend": {"local": {}}}}
OVERRIDE = "zz_override.tf.json"


@dataclass(frozen=True)
class Application:
    """The stack `checkout` of the reference application, deployed."""

    terraform: Terraform
    directory: Path
    remote_state: Mapping[str, Any]

    @property
    def stack(self) -> Path:
        """The directory of the synthesized stack."""
        return self.directory / "cdktf.out" / "stacks" / "checkout"

    def synthesize(self, vpc: Path) -> None:
        """Write the stack as the application has it."""
        build(self.directory / "cdktf.out", prod(vpc=vpc)).synth()

    def override(self, change: Mapping[str, Any]) -> None:
        """Lay *change* over the stack."""
        (self.stack / OVERRIDE).write_text(json.dumps({**LOCAL, **self.remote_state, **change}), encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Replace text in the document of the stack."""
        document = self.stack / "cdk.tf.json"
        text = document.read_text(encoding="utf-8")
        assert old in text, old
        document.write_text(text.replace(old, new), encoding="utf-8")

    def planned(self, name: str) -> tuple[Path, Path]:
        """Plan the stack; return the file of the plan, and a directory with the HCL that it was made of."""
        file, source = self.directory / f"{name}.json", self.directory / name
        file.write_text(json.dumps(self.terraform.plan(self.stack)), encoding="utf-8")
        shutil.copytree(self.stack, source, ignore=shutil.ignore_patterns(".terraform*", "*.bin", "*.tfstate*"))
        return file, source


@contextmanager
def deployed_application(directory: Path, terraform: Terraform) -> Iterator[tuple[Application, Path]]:
    """Provide the stack `checkout` deployed on an emulator, and its VPC file."""
    with aws_server() as server:
        vpc = directory / "vpc.toml"
        network = make_network(server)
        vpc.write_text(on_the_server(EXAMPLE_VPC.read_text(), network))
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        application = Application(reaching, directory, network_state(directory, reader="checkout"))
        state = directory / "network.tfstate"
        state.write_text(on_the_server(state.read_text(), network))
        application.synthesize(vpc)
        application.override({})
        reaching.init(application.stack)
        reaching.apply(application.stack)
        yield application, vpc
