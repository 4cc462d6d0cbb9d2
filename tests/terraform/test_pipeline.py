"""The pipeline of docs/ci.md on the reference application: its own steps, real plans, two revisions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from stacks.app import EXAMPLE_VPC
from tests.ci.conftest import ROOT, commit, git
from tests.support.aws_server import aws_server
from tests.support.networks import make_network, on_the_server
from tests.support.remote_states import network_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
STACKS = tuple(f"{prefix}{name}" for prefix in ("dev-", "") for name in ("state", "network", "checkout"))
LOCAL = {"terraform": {"backend": {"local": {}}}}
WHERE = "        deployment.provider(self)\n"
WILDCARD = """\
        Resource(
            self,
            "aws_iam_policy",
            "wide",
            name="wide",
            policy='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", '
            '"Resource": "arn:aws:sqs:eu-west-1:123456789012:orders"}]}',
        )
"""
PAGE = (ROOT / "docs" / "ci.md").read_text()


def pipeline() -> dict[str, str]:
    """The scripts of the pipeline with plans, by name."""
    examples = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    (found,) = [example for example in map(yaml.safe_load, examples) if "name: infrastructure" in yaml.dump(example)]
    return {step["name"]: step["run"] for step in found["jobs"]["check"]["steps"] if "run" in step}


@dataclass(frozen=True)
class Workspace:
    """A checkout of the application, and the environment of a runner with credentials."""

    directory: Path
    terraform: Terraform
    environment: dict[str, str]

    def step(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a step as GitHub does."""
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=self.directory, env=self.environment, check=False, capture_output=True, text=True
        )

    def run(self) -> tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]]:
        """Run all steps but the installation; return the check and the results that are uploaded."""
        steps = pipeline()
        self.succeeds(steps["Synthesize"])
        overrides = [self.directory / "cdktf.out" / "stacks" / name / "zz_override.tf.json" for name in STACKS]
        for override in overrides:
            self.terraform.link(override.parent)
            name = override.parent.name
            read = network_state(self.directory.parent, reader=name) if name.endswith("checkout") else {}
            override.write_text(json.dumps({**LOCAL, **read}))
        self.succeeds(steps["Plan"])
        for override in overrides:
            override.unlink()
        done = self.step(steps["Check"])
        self.succeeds(steps["Review"])
        (run,) = json.loads((self.directory / "plainwork.sarif").read_text())["runs"]
        return done, run["results"]

    def succeeds(self, script: str) -> None:
        """Run a step that must succeed."""
        done = self.step(script)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Iterator[Workspace]:
    directory = tmp_path_factory.mktemp("pipeline") / "application"
    shutil.copytree(ROOT / "stacks", directory / "stacks", ignore=shutil.ignore_patterns("__pycache__"))
    (directory / ".gitignore").write_text("cdktf.out/\nplans/\nreviews/\nplainwork.*\n!plainwork.toml\n__pycache__/\n")
    with aws_server() as server:
        vpc = directory / "stacks" / "vpc.toml"
        vpc.write_text(on_the_server(EXAMPLE_VPC.read_text(), make_network(server)))
        git(directory, "init", "--quiet")
        commit(directory)
        sources = [str(ROOT / name) for name in ("core", "constructs", "policies", "cli")]
        environment = {
            **{name: value for name, value in terraform.env.items() if not name.startswith(("PLAINWORK_", "GIT_"))},
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(sources),
            "AWS_ENDPOINT_URL": server.url,
            "GITHUB_STEP_SUMMARY": str(directory.parent / "summary.md"),
        }
        yield Workspace(directory, terraform.with_env(AWS_ENDPOINT_URL=server.url), environment)


def test_the_application_passes(workspace: Workspace) -> None:
    done, results = workspace.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert results == []
    assert "in 12 stacks with" in done.stdout
    reviews = workspace.directory / "reviews"
    assert {file.name for file in reviews.iterdir()} == {f"{name}.{form}" for name in STACKS for form in ("html", "md")}
    assert "construct ValkeyReplicationGroup cache" in (reviews / "checkout.md").read_text()


def test_a_change_with_a_wildcard_fails_and_names_its_python_line(workspace: Workspace) -> None:
    file = workspace.directory / "stacks" / "checkout.py"
    before = file.read_text()
    assert WHERE in before
    file.write_text(before.replace(WHERE, f"{WHERE}{WILDCARD}"))
    commit(workspace.directory)
    done, results = workspace.run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert {result["ruleId"] for result in results} == {"PLW_PRIV_001"}
    line = file.read_text().splitlines().index("        Resource(") + 1
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert {
        "artifactLocation": {"uri": "stacks/checkout.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": line},
    } in places
    with_source = workspace.step(
        "plainwork check plans/checkout.json --source cdktf.out/stacks/checkout --config stacks/plainwork.toml"
    )
    assert with_source.returncode == 1, with_source.stdout
    assert f"iam-wildcard-action  PLW_PRIV_001  stacks/checkout.py:{line}\n" in with_source.stdout
