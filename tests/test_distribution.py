"""The one distribution, installed in an empty environment: a missing file or dependency shows here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from plainwork_core.schema.store import NEWEST
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import policies
from plainwork_policies.report import examples

ROOT = Path(__file__).parent.parent
STACK = """
from plainwork import App, Provider, Resource, Stack

app = App(outdir="out")
stack = Stack(app, "logs")
Provider(stack, "aws", region="eu-west-1", default_tags={"tags": {"Owner": "platform", "Environment": "prod"}})
Resource(stack, "aws_s3_bucket", "logs", bucket="example-logs")
app.synth()
"""

TYPED = """
from plainwork import App, Stack
from plainwork.types import aws_s3_bucket

stack = Stack(App(), "logs")
bucket = aws_s3_bucket.Resource(stack, "logs", bucket="example-logs")
arn: str = bucket["arn"]
aws_s3_bucket.Resource(stack, "other", buckett="example-other")
"""

HCL = """
provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "logs" {
  bucket = "example-logs"
}

resource "aws_efs_file_system" "data" {
  encrypted = false
}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the tree."""
    return build("--wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def constraints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold pip to the locked versions; hashes cannot be required of a wheel that was built just now."""
    file = tmp_path_factory.mktemp("constraints") / "constraints.txt"
    lock = (ROOT / "requirements" / "library.lock").read_text()
    file.write_text("\n".join(re.findall(r"^\S+==\S+", lock, flags=re.MULTILINE)))
    return file


def build(kind: str, project: Path, folder: Path) -> Path:
    """Build one file from a project into a folder."""
    run(sys.executable, "-m", "build", kind, "--no-isolation", "--outdir", folder, project, cwd=folder)
    return next(folder.glob("plainwork-*"))


def run(*command: str | Path, cwd: Path, accepted: int = 0) -> str:
    """Run a command with an empty home and no Node on PATH, and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_", "REQUESTS_"))}
    environment |= {"HOME": str(cwd), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    done = subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == accepted, done.stdout + done.stderr
    return done.stdout + done.stderr


def install(folder: Path, requirement: str, constraints: Path) -> Path:
    """Make a virtual environment with one requirement, and return its folder of commands."""
    venv.create(folder / "venv", with_pip=True)
    commands = folder / "venv" / "bin"
    run(commands / "python", "-m", "pip", "install", "-qq", "-c", constraints, requirement, cwd=folder)
    return commands


def test_with_the_cdktf_extra_it_synthesizes_renders_and_checks(tmp_path: Path, wheel: Path, constraints: Path) -> None:
    commands = install(tmp_path, f"{wheel}[cdktf]", constraints)
    (tmp_path / "app.py").write_text(f"import constructs\n{STACK}")
    run(commands / "python", "app.py", cwd=tmp_path)
    assert 'resource "aws_s3_bucket" "logs"' in run(commands / "plainwork", "render", "out", "--stdout", cwd=tmp_path)
    assert "1 stack" in run(commands / "plainwork", "check", "out", cwd=tmp_path)
    (tmp_path / "typed.py").write_text(TYPED)
    mypy = (sys.executable, "-m", "mypy", "--strict", "--python-executable", commands / "python", "typed.py")
    assert 'typed.py:8: error: Unexpected keyword argument "buckett"' in run(*mypy, cwd=tmp_path, accepted=1)


def test_without_extras_it_checks_explains_and_synthesizes_with_click_and_rich_alone(
    tmp_path: Path, wheel: Path, constraints: Path
) -> None:
    commands = install(tmp_path, str(wheel), constraints)
    (tmp_path / "main.tf").write_text(HCL)
    (tmp_path / "plainwork.toml").write_text('[tags]\nrequired = ["Owner"]\n')
    report = run(commands / "plainwork", "check", ".", cwd=tmp_path, accepted=1)
    assert "PLW_EFS_001" in report
    assert "1 stack" in report, "the examples in the environment below are no input"
    page = run(commands / "plainwork", "explain", "PLW_EFS_001", cwd=tmp_path)
    assert "bad.tf:" in page
    assert "good.tf:" in page
    run(commands / "plainwork", "new", "infra", cwd=tmp_path)
    assert (tmp_path / "infra" / ".github" / "workflows" / "infrastructure.yml").is_file()
    shim = Path(run(commands / "plainwork", "checkov-dir", cwd=tmp_path).strip())
    assert [file.name for file in sorted(shim.glob("*.py"))] == ["__init__.py", "plainwork_register.py"]
    (tmp_path / "app.py").write_text(STACK)
    run(commands / "python", "app.py", cwd=tmp_path)
    assert 'resource "aws_s3_bucket" "logs"' in run(commands / "plainwork", "render", "out", "--stdout", cwd=tmp_path)
    assert "pip install 'plainwork[cdktf]'" in run(
        commands / "python", "-c", "import plainwork._cdktf", cwd=tmp_path, accepted=1
    )


def test_the_wheel_has_the_stubs_of_the_newest_provider_and_is_below_6_5_mb(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        text = archive.read("plainwork/types/aws_s3_bucket/__init__.pyi").decode()
    assert f"AWS provider {NEWEST}" in text
    assert wheel.stat().st_size < 6_500_000


def test_the_sdist_builds_the_same_wheel(tmp_path: Path, wheel: Path) -> None:
    sdist = build("--sdist", ROOT, tmp_path)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (tmp_path / "wheel").mkdir()
    again = build("--wheel", next((tmp_path / "source").iterdir()), tmp_path / "wheel")
    assert contents(again) == contents(wheel)


def test_the_wheel_has_the_examples_that_explain_prints_and_no_test_data(wheel: Path) -> None:
    printed = {path for policy in policies() for path in documented_examples(policy)}
    shipped = {name for name in contents(wheel) if "/.examples/" in name}
    assert shipped == {f"plainwork_policies/.examples/{path}" for path in printed}
    assert not [name for name in contents(wheel) if name.endswith(("plan.json", ".sha256", "expected.toml"))]


def documented_examples(policy: Policy) -> list[str]:
    """The files that `plainwork explain` prints in whole or in part, below the folder of all examples."""
    folder = examples.directory(policy)
    files = (*examples.files(folder, "good").values(), *(folder / name for name in examples.found(folder)))
    return [file.relative_to(folder.parents[1]).as_posix() for file in files]


def contents(wheel: Path) -> dict[str, bytes]:
    """The bytes of each file in a wheel."""
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_notice_lists_each_data_file_of_others() -> None:
    data = sorted(
        file.relative_to(ROOT).as_posix() for file in (ROOT / "core/plainwork_core/data").iterdir() if file.is_file()
    )
    assert sorted(re.findall(r"^\S+/data/\S+$", (ROOT / "NOTICE").read_text(), flags=re.MULTILINE)) == data
