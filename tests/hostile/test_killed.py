"""A run that is killed at any moment leaves the old file or the new one, and the next run works."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hostile.runs import interpreter, killed_at_each_change, plainwork

pytestmark = pytest.mark.proof
HCL = """provider "aws" {
  region = "eu-west-1"
}

resource "aws_efs_file_system" "files" {
  encrypted = false
}

terraform {
  backend "s3" {
    bucket  = "example-states"
    key     = "prod/files.tfstate"
    region  = "eu-west-1"
    encrypt = false
  }
}
"""
SETTINGS = '[tags]\nrequired = ["Owner"]\n'
WAIVER = ("--reason", "moves to another account", "--owner", "ops", "--expires", "2099-01-01")
APP = """
from plainwork import App, Provider, Resource, Stack

app = App("cdktf.out")
for name in ("first", "second"):
    stack = Stack(app, name)
    Provider(stack, "aws", region="eu-west-1")
    Resource(stack, "aws_s3_bucket", "logs", bucket=f"example-{name}-%s")
app.synth()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    directory = tmp_path / "project"
    directory.mkdir()
    (directory / "main.tf").write_text(HCL)
    (directory / "plainwork.toml").write_text(SETTINGS)
    return directory


def files(directory: Path) -> dict[str, str]:
    """Return the text of each file of a directory, without the temporary files that a killed run leaves."""
    found = (file for file in directory.rglob("*") if file.is_file() and not file.name.startswith("."))
    return {file.relative_to(directory).as_posix(): file.read_text(encoding="utf-8") for file in found}


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ".", "--format", "json=report.json", "--format", "sarif=report.sarif"),
        ("check", ".", "--fix", "--select", "s3-backend-unprotected"),
        ("baseline", "."),
        ("waive", "efs-unencrypted", "aws_efs_file_system.files", *WAIVER),
        ("init",),
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_each_file_is_the_old_one_or_the_new_one(arguments: tuple[str, ...], project: Path, tmp_path: Path) -> None:
    if arguments[0] == "init":
        (project / "plainwork.toml").unlink()
    old = files(project)
    finished = tmp_path / "finished"
    shutil.copytree(project, finished)
    plainwork(arguments, finished)
    new = files(finished)
    assert new != old, "the command writes something"

    for number in killed_at_each_change(arguments, project):
        for name, text in files(project).items():
            assert text in (old.get(name), new.get(name)), f"{name} after the change {number}"
        restore(project, old)

    assert files(project) == new


def test_a_synthesis_that_is_killed_leaves_documents_that_are_whole(project: Path) -> None:
    def synthesize(version: str) -> dict[str, str]:
        (project / "app.py").write_text(APP % version)
        for _ in killed_at_each_change((), project, program=f"exec(open('app.py').read())  # {version}"):
            for name, text in documents(project).items():
                assert text == before.get(name) or f"-{version}" in text
                assert text.rstrip().endswith("}"), name
        return documents(project)

    before: dict[str, str] = {}
    before = synthesize("one")
    after = synthesize("two")

    assert len(after) == len(before)
    assert all("-two" in text for text in after.values())


def test_rendered_hcl_is_the_old_one_or_the_new_one(project: Path) -> None:
    (project / "app.py").write_text(APP % "one")
    list(killed_at_each_change((), project, program="exec(open('app.py').read())"))
    plainwork(("render",), project)
    old = files(project / "hcl.out")
    (project / "app.py").write_text(APP % "two")
    list(killed_at_each_change((), project, program="exec(open('app.py').read())"))

    for _ in killed_at_each_change(("render",), project):
        for name, text in files(project / "hcl.out").items():
            assert text == old[name] or "-two" in text
            assert text.endswith("}\n")

    assert all("-two" in text for text in files(project / "hcl.out").values())


def test_a_cache_of_a_killed_run_gives_the_results_of_a_run_without_one(project: Path) -> None:
    arguments = ("check", ".", "--format", "json")
    expected = plainwork(arguments, project).stdout
    cached = (*arguments, "--cache-dir", ".cache")

    for _ in killed_at_each_change(cached, project):
        assert plainwork(cached, project).stdout == expected
        shutil.rmtree(project / ".cache", ignore_errors=True)

    assert plainwork(cached, project).stdout == expected


def test_runs_at_the_same_time_share_a_cache(project: Path) -> None:
    for number in range(20):
        module = project / f"stack-{number}"
        module.mkdir()
        (module / "main.tf").write_text(HCL)
    arguments = ("check", ".", "--format", "json")
    expected = plainwork(arguments, project).stdout
    cached = [*interpreter(), *arguments, "--cache-dir", str(project / ".cache")]

    running = [subprocess.Popen(cached, cwd=project, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    assert {process.communicate()[0] for process in running} == {expected}
    assert plainwork((*arguments, "--cache-dir", ".cache"), project).stdout == expected


def documents(project: Path) -> dict[str, str]:
    found = files(project / "cdktf.out") if (project / "cdktf.out").exists() else {}
    return {name: text for name, text in found.items() if name.endswith("cdk.tf.json")}


def restore(directory: Path, contents: dict[str, str]) -> None:
    for file in [file for file in directory.rglob("*") if file.is_file()]:
        if file.relative_to(directory).as_posix() not in contents:
            file.unlink()
    for name, text in contents.items():
        (directory / name).write_text(text, encoding="utf-8")
