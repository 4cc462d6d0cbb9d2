"""Both wheels, installed where nothing else is: a missing file or dependency shows here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STACK = """
from plainwork import App, Provider, Resource, Stack

app = App(outdir="out")
stack = Stack(app, "logs")
Provider(stack, "aws", region="eu-west-1", default_tags={"tags": {"Owner": "platform", "Environment": "prod"}})
Resource(stack, "aws_s3_bucket", "logs", bucket="example-logs")
app.synth()
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both wheels from the tree."""
    folder = tmp_path_factory.mktemp("wheels")
    for project in (ROOT, ROOT / "policies"):
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, project, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def constraints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold pip to the locked versions; hashes cannot be demanded of a wheel that was built just now."""
    file = tmp_path_factory.mktemp("constraints") / "constraints.txt"
    lock = (ROOT / "requirements" / "library.lock").read_text()
    file.write_text("\n".join(re.findall(r"^\S+==\S+", lock, flags=re.MULTILINE)))
    return file


def run(*command: str | Path, cwd: Path, accepted: int = 0) -> str:
    """Run *command* in *cwd* with an empty home and no Node on PATH, and return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_", "REQUESTS_"))}
    environment |= {"HOME": str(cwd), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    done = subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == accepted, done.stdout + done.stderr
    return done.stdout


def install(folder: Path, wheels: Path, constraints: Path, *names: str) -> Path:
    """Make a virtual environment in *folder* with the wheels *names*, and return its folder of commands."""
    venv.create(folder / "venv", with_pip=True)
    files = [next(wheels.glob(f"{name}-[0-9]*.whl")) for name in names]
    commands = folder / "venv" / "bin"
    run(commands / "python", "-m", "pip", "install", "-qq", "-c", constraints, *files, cwd=folder)
    return commands


def test_the_library_synthesises_renders_and_checks_from_its_wheel(
    tmp_path: Path, wheels: Path, constraints: Path
) -> None:
    commands = install(tmp_path, wheels, constraints, "plainwork", "plainwork_policies")
    (tmp_path / "app.py").write_text(STACK)
    run(commands / "python", "app.py", cwd=tmp_path)
    assert 'resource "aws_s3_bucket" "logs"' in run(commands / "plainwork", "render", "out", "--stdout", cwd=tmp_path)
    assert "1 stack" in run(commands / "plainwork", "check", "out", cwd=tmp_path)


def test_the_policies_check_and_explain_from_their_wheel_alone(tmp_path: Path, wheels: Path, constraints: Path) -> None:
    commands = install(tmp_path, wheels, constraints, "plainwork_policies")
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "logs" {\n  bucket = "example-logs"\n}\n')
    assert "PLW_TAG_001" in run(commands / "plainwork-policies", "check", ".", cwd=tmp_path, accepted=1)
    assert "required-tag-missing" in run(commands / "plainwork-policies", "explain", "PLW_TAG_001", cwd=tmp_path)
    shim = Path(run(commands / "plainwork-policies", "checkov-dir", cwd=tmp_path).strip())
    assert [file.name for file in sorted(shim.glob("*.py"))] == ["__init__.py", "plainwork_register.py"]
