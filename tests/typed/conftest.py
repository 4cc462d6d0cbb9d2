"""A project of a user with the stubs of its provider version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from plainwork.stubs import stubs
from plainwork_cli.main import main
from plainwork_core.schema.versions import SchemaChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
SETTINGS = """
[tool.mypy]
strict = true
mypy_path = {paths}

[tool.pyright]
typeCheckingMode = "standard"
extraPaths = {paths}
"""
IMPORTS = """
from plainwork import App, Reference, Resource, Stack, Variable
from plainwork.types import aws_ami, aws_autoscaling_group, aws_lb, aws_s3_bucket, aws_security_group, terraform_data

stack = Stack(App(), "one")
"""


class Project:
    """A folder with stubs and settings."""

    def __init__(self, folder: Path, *paths: str) -> None:
        self.folder = folder
        (folder / "pyproject.toml").write_text(SETTINGS.format(paths=json.dumps(paths)))

    def write(self, name: str, code: str) -> Path:
        """Write a module of the project."""
        (self.folder / name).write_text(code)
        return self.folder / name

    def mypy(self, name: str) -> dict[int, str]:
        """Return the errors of mypy by their line."""
        lines = self._run("mypy", "--no-error-summary", "--show-error-codes", name).splitlines()
        found = (line.partition(": error: ") for line in lines if ": error: " in line)
        return _by_line((int(place.rpartition(":")[2]), message) for place, _, message in found)

    def pyright(self, name: str) -> dict[int, str]:
        """Return the errors and warnings of pyright by their line."""
        command = ("--level", "warning", "--pythonpath", sys.executable, "--outputjson", name)
        report: dict[str, Any] = json.loads(self._run("basedpyright", *command))
        found = report["generalDiagnostics"]
        return _by_line((item["range"]["start"]["line"] + 1, item["message"]) for item in found)

    def _run(self, *command: str) -> str:
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return done.stdout


def _by_line(found: Iterable[tuple[int, str]]) -> dict[int, str]:
    errors: dict[int, str] = {}
    for line, message in found:
        errors[line] = f"{errors[line]}\n{message}" if line in errors else message
    return errors


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The packages as the wheel has them, with the stubs of the newest provider."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT / "constructs" / "plainwork", folder / "plainwork")
    (folder / "plainwork_core").symlink_to(ROOT / "core" / "plainwork_core")
    for path, text in stubs(SchemaChoice()):
        (folder / "plainwork" / "types" / path).parent.mkdir(exist_ok=True)
        (folder / "plainwork" / "types" / path).write_text(text)
    return str(folder)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, installed: str) -> Project:
    """A project without stubs of its own."""
    return Project(tmp_path_factory.mktemp("project"), installed)


@pytest.fixture(scope="session")
def older_project(tmp_path_factory: pytest.TempPathFactory, installed: str) -> Project:
    """A project with provider 5 and its stubs."""
    project = Project(tmp_path_factory.mktemp("older"), ".plainwork/stubs", installed)
    stubs = str(project.folder / ".plainwork" / "stubs")
    done = CliRunner().invoke(main, ["stubs", "--directory", stubs, "--provider-version", "~> 5.100"])
    assert done.exit_code == 0, done.output
    return project
