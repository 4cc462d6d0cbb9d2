"""A run executes nothing from its input, opens no connection, and reads no file outside what it is given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hostile.runs import CONNECTING, EXECUTING, interpreter, plainwork, recorded

HCL = """
terraform {
  backend "s3" {
    bucket = "example-states"
    key    = "prod/files.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "external" "run" {
  program = ["touch", "executed"]
}

resource "aws_s3_bucket" "data" {
  bucket = file("../outside/secret.txt")

  provisioner "local-exec" {
    command = "touch executed"
  }
}

resource "aws_s3_bucket" "linked" {
  bucket = templatefile("link.txt", {})
}

resource "aws_iam_role" "ci" {
  assume_role_policy = file("/etc/passwd")
}
"""
COMMANDS = (
    ("check", "."),
    ("check", ".", "--format", "json"),
    ("access", "."),
    ("doctor", "."),
    ("doctor", "--plan", "."),
    ("can", "aws_iam_role.ci", "s3:GetObject", "aws_s3_bucket.data", "."),
    ("render", "cdk.tf.json", "--stdout"),
    ("init",),
    ("baseline", "."),
)
every_command = pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A root module that refers to everything outside it, with code that a careless reader would execute."""
    outside, directory = tmp_path / "outside", tmp_path / "project"
    outside.mkdir()
    directory.mkdir()
    (outside / "secret.txt").write_text("outside-content")
    (outside / "main.tf").write_text('resource "aws_efs_file_system" "outside" {}\n')
    (directory / "main.tf").write_text(HCL)
    (directory / "link.txt").symlink_to(outside / "secret.txt")
    (directory / "modules").symlink_to(outside, target_is_directory=True)
    for name in ("sitecustomize.py", "plainwork.py", "click.py", "boto3.py", "conftest.py"):
        (directory / name).write_text("open('executed', 'w')\n")
    (directory / "cdk.tf.json").write_text(json.dumps({"resource": {"aws_s3_bucket": {"a": {"bucket": "example-a"}}}}))
    return directory


@every_command
def test_nothing_is_executed_and_no_connection_is_opened(
    arguments: tuple[str, ...], project: Path, tmp_path: Path
) -> None:
    found = recorded(arguments, project, (*EXECUTING, *CONNECTING), tmp_path / "record")

    assert found == []
    assert not (project / "executed").exists()


@every_command
def test_no_file_outside_is_opened_and_its_content_is_not_shown(
    arguments: tuple[str, ...], project: Path, tmp_path: Path
) -> None:
    opened = {Path(path) for _, path in recorded(arguments, project, ("open",), tmp_path / "record")}

    assert [path for path in opened if (project / path).resolve().is_relative_to(tmp_path / "outside")] == []
    assert Path("/etc/passwd") not in opened
    assert "outside-content" not in plainwork(arguments, project).stdout


def _namespaces() -> bool:
    probe = ["unshare", "--net", "--mount", "true"]
    return (
        shutil.which("unshare") is not None and subprocess.run(probe, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not _namespaces(), reason="this user may not create namespaces")
class TestWithoutNetworkAndWithAReadOnlyRoot:
    """As a user without privileges, in namespaces without a network and with a file system that is read-only."""

    SCRIPT = 'mount -o remount,bind,ro / && cd "$0" && exec setpriv --no-new-privs --bounding-set=-all "$@"'

    def run(self, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["unshare", "--net", "--mount", "sh", "-c", self.SCRIPT, str(directory)]
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [*command, *interpreter(), *arguments], env=env, capture_output=True, text=True, check=False, timeout=120
        )

    def test_a_check_works(self, project: Path) -> None:
        done = self.run(project, "check", ".", "--select", "s3-backend-unprotected")

        assert (done.returncode, done.stderr) == (1, "")
        assert "s3-backend-unprotected" in done.stdout

    def test_a_file_that_cannot_be_written_is_an_error_with_its_name(self, project: Path) -> None:
        done = self.run(project, "check", ".", "--format", "json=report.json")

        assert done.returncode == 2
        assert "report.json" in done.stderr
        assert "Traceback" not in done.stderr

    def test_the_doctor_works_offline_and_names_the_endpoint_online(self, project: Path) -> None:
        offline, online = (
            self.run(project, "doctor", "."),
            self.run(project, "doctor", ".", "--online", "--timeout", "1"),
        )

        assert offline.returncode == 1
        assert (online.returncode in (1, 2), "Traceback" in online.stderr) == (True, False)
