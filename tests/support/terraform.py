"""The real Terraform, for every test that needs it.

One `terraform init` for each session fetches the AWS provider; test directories link to it. The environment is that of
a machine without AWS: no `AWS_*`, no `TF_*`, dummy credentials.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECONDS = 300
HAS_CHANGES = 2
LOCK_FILE = ".terraform.lock.hcl"
PROVIDERS = Path(".terraform", "providers")
REQUIREMENTS = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
"""
OFFLINE_PROVIDER = {
    "region": "eu-west-1",
    "access_key": "testing",
    "secret_key": "testing",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": "true",
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
    "max_retries": 1,
}
"""Arguments with which the AWS provider plans without a network."""

_CLI_CONFIG = Path(__file__).parents[3] / "shared" / "bin" / "terraform-cli-config"


class TerraformFailed(AssertionError):  # noqa: N818  it reads as the end of the sentence "terraform plan failed"
    """Terraform ended with an exit code that the test did not expect; the message is its output."""


@dataclass(frozen=True)
class Terraform:
    """Runs Terraform in directories that have no network but what `env` names.

    Attributes:
        origin: a directory in which `terraform init` has been run.
        env: what every run finds in its environment.
    """

    origin: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def with_env(self, **env: str) -> Terraform:
        """The same with more in its environment, as `AWS_ENDPOINT_URL` of a moto server."""
        return replace(self, env={**self.env, **env})

    def run(self, directory: Path, *arguments: str, text: str | None = None) -> str:
        """What `terraform *arguments` prints in *directory*; *text* is its standard input.

        Raises:
            TerraformFailed: the exit code is not 0.
            subprocess.TimeoutExpired: it took longer than five minutes.
        """
        return self.outcome(directory, *arguments, text=text).stdout

    def outcome(
        self, directory: Path, *arguments: str, text: str | None = None, expect: tuple[int, ...] = (0,)
    ) -> subprocess.CompletedProcess[str]:
        """Like `run`, for a test of the exit code, which is one of *expect*, or of standard error."""
        command = ["terraform", *arguments]
        options = {"input": text, "text": True, "capture_output": True, "timeout": SECONDS}
        done = subprocess.run(command, cwd=directory, env=self.env, check=False, **options)
        if done.returncode not in expect:
            raise TerraformFailed(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def fmt_check(self, text: str) -> str:
        """What `terraform fmt` would change in *text*, as a diff; empty where it is clean."""
        return self.outcome(self.origin, "fmt", "-diff", "-check", "-", expect=(0, 3), text=text).stdout

    def link(self, directory: Path) -> None:
        """Give *directory* the provider, so that it needs no `terraform init` unless it has a backend or modules."""
        providers = directory / PROVIDERS
        if not providers.exists():
            providers.parent.mkdir(parents=True, exist_ok=True)
            providers.symlink_to(self.origin / PROVIDERS, target_is_directory=True)
            shutil.copy(self.origin / LOCK_FILE, directory)

    def init(self, directory: Path, *arguments: str) -> str:
        """Initialize a directory that has a backend or modules."""
        self.link(directory)
        return self.run(directory, "init", "-input=false", "-no-color", *arguments)

    def validate(self, directory: Path) -> None:
        """Have the configuration in *directory* validated, and fail with Terraform's words if it is not valid."""
        self.link(directory)
        self.run(directory, "validate", "-no-color")

    def plan(self, directory: Path) -> dict[str, Any]:
        """The plan of *directory*, as `terraform show -json` prints it."""
        self.link(directory)
        self.run(directory, "plan", "-input=false", "-no-color", "-lock=false", "-out=plan.bin")
        return dict(json.loads(self.run(directory, "show", "-json", "plan.bin")))

    def changes(self, directory: Path) -> str:
        """What a plan of *directory* would change, in Terraform's words; empty where it would change nothing."""
        self.link(directory)
        planned = self.outcome(directory, "plan", "-input=false", "-no-color", "-detailed-exitcode", expect=(0, 2))
        return planned.stdout.partition("Terraform will perform")[2] if planned.returncode == HAS_CHANGES else ""

    def apply(self, directory: Path) -> str:
        """Apply the configuration in *directory*."""
        self.link(directory)
        return self.run(directory, "apply", "-input=false", "-no-color", "-auto-approve")

    def destroy(self, directory: Path) -> str:
        """Destroy what the configuration in *directory* has made."""
        return self.run(directory, "destroy", "-input=false", "-no-color", "-auto-approve")


def initialized(shared: Path) -> Terraform:
    """Terraform with the AWS provider in the directory *shared*, which all workers of a session have in common.

    Skips the test where Terraform or the provider is missing; fails it instead if `PLAINWORK_REQUIRE_TERRAFORM` is 1.
    """
    if shutil.which("terraform") is None:
        missing("terraform is not on PATH: install Terraform 1.10 or newer to run this test")
    origin = shared / "terraform-origin"
    terraform = Terraform(origin, environment())
    with _locked(shared / "terraform-origin.lock"):
        if not (origin / LOCK_FILE).exists():
            origin.mkdir(exist_ok=True)
            origin.joinpath("main.tf").write_text(REQUIREMENTS)
            _init(terraform)
    return terraform


def missing(reason: str) -> None:
    """Skip the test, or fail it if `PLAINWORK_REQUIRE_TERRAFORM` is 1."""
    if os.environ.get("PLAINWORK_REQUIRE_TERRAFORM") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def environment() -> dict[str, str]:
    """This process's environment without AWS and Terraform, with dummy credentials and a way to the provider."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    own = os.environ.get("TF_CLI_CONFIG_FILE", "")
    config = own if own and Path(own).is_file() else _cli_config()
    return (
        kept
        | ({"TF_CLI_CONFIG_FILE": config} if config else {})
        | {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_EC2_METADATA_DISABLED": "true",
            "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1",
        }
    )


def _init(terraform: Terraform) -> None:
    try:
        terraform.run(terraform.origin, "init", "-input=false", "-no-color")
    except (TerraformFailed, subprocess.TimeoutExpired) as error:
        missing(f"the AWS provider is not to be had, so this test cannot run: {error}")


def _cli_config() -> str | None:
    """A Terraform CLI configuration that finds the provider without a registry, where there is one."""
    if not _CLI_CONFIG.is_file():
        return None
    done = subprocess.run([str(_CLI_CONFIG)], capture_output=True, text=True, timeout=SECONDS, check=False)
    return done.stdout.strip() or None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
