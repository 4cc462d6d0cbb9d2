"""Fixtures that check two versions of a directory with the real command."""

import json
import subprocess

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def file_system(name, arguments="encrypted = false"):
    return f'resource "aws_efs_file_system" "{name}" {{\n  {arguments}\n}}\n'


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Make the working directory an empty repository, and return it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    for variable, value in (("GIT_AUTHOR", "Test"), ("GIT_COMMITTER", "Test")):
        monkeypatch.setenv(f"{variable}_NAME", value)
        monkeypatch.setenv(f"{variable}_EMAIL", "test@example.com")
    git("init", "--quiet", "--initial-branch", "main")
    return tmp_path


def git(*arguments):
    subprocess.run(["git", *arguments], check=True, capture_output=True)


@pytest.fixture
def write(repository):
    """`write({"live": hcl})`: replaces the HCL of stacks by directory; `None` removes one."""

    def write(stacks):
        for name, hcl in stacks.items():
            file = repository / name / "main.tf"
            if hcl is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(PROVIDER + hcl)

    return write


@pytest.fixture
def commit(write):
    """`commit({"live": hcl})`: writes the stacks and commits everything."""

    def commit(stacks):
        write(stacks)
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message", "change")

    return commit


@pytest.fixture
def check(repository):  # noqa: ARG001  its working directory
    """`check(*arguments, select="PLW_EFS_001")`: the JSON report of a check."""

    def check(*arguments, select="PLW_EFS_001"):
        done = CliRunner().invoke(main, ["check", *arguments, "--select", select, "--format", "json"])
        return json.loads(done.stdout)

    return check


@pytest.fixture
def baseline(repository):  # noqa: ARG001  its working directory
    """`baseline(*arguments, select="PLW_EFS_001")`: the output of `plainwork baseline`."""

    def baseline(*arguments, select="PLW_EFS_001", exit_code=0):
        done = CliRunner().invoke(main, ["baseline", *arguments, "--select", select])
        assert done.exit_code == exit_code, done.output
        return done.output

    return baseline


def states(report):
    """Return the state of each finding by stack and address."""
    return {(finding["stack"], finding["address"]): finding["state"] for finding in report["findings"]}


def numbers(report):
    """Return new, worse, old and fixed."""
    return tuple(report["comparison"][state] for state in ("new", "worse", "old", "fixed"))


def error(report):
    """Return the only error of a run with exit code 2."""
    assert report["summary"]["exit_code"] == 2
    (found,) = report["errors"]
    return found["message"]
