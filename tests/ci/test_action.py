"""The script of the GitHub action, in a simulated workspace of a runner."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.conftest import BAD, GOOD, ROOT, git

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
INSTALL, CHECK = ACTION["runs"]["steps"]
COMMAND = f'#!/bin/sh\nexec {sys.executable} -c "from plainwork_cli.main import run; run()" "$@"\n'


class Runner:
    """A workspace, and what a step leaves: output, commands, summary and outputs."""

    def __init__(self, directory: Path) -> None:
        self.workspace, self.temporary = directory / "workspace", directory / "temp"
        self.workspace.mkdir()
        (self.temporary / "plainwork" / "bin").mkdir(parents=True)
        command = self.temporary / "plainwork" / "bin" / "plainwork"
        command.write_text(COMMAND)
        command.chmod(0o755)
        self.summary, self.outputs = directory / "summary.md", directory / "outputs.txt"

    def check(self, environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the step as `shell: bash` of a composite action does, with its inputs."""
        values = {name: definition["default"] for name, definition in ACTION["inputs"].items()} | inputs
        given = {name: interpolated(text, values) for name, text in CHECK["env"].items()}
        script = self.temporary / "step.sh"
        script.write_text(CHECK["run"])
        own = {
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.outputs),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace / interpolated(CHECK["working-directory"], values),
            env={**environment, **given, **own},
            check=False,
            capture_output=True,
            text=True,
        )


def interpolated(text: str, inputs: dict[str, str]) -> str:
    """*text* with the value of its only expression."""
    name = text.removeprefix("${{ inputs.").removesuffix(" }}")
    return inputs[name]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment without settings of the machine."""
    import os  # noqa: PLC0415  read after the changes

    for name in ("PLAINWORK_CONFIG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return dict(os.environ)


def commands(output: str) -> list[str]:
    """The lines that the runner takes as commands: none while they are stopped."""
    found, token = [], ""
    for line in output.splitlines():
        if token:
            token = "" if line.strip() == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::"):
            found.append(line)
    assert not token, "commands are enabled again"
    return found


def test_a_failure_is_an_annotation_a_summary_and_a_sarif_result(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text(BAD)
    done = runner.check(environment, arguments="--select efs-unencrypted")
    assert done.returncode == 1, done.stderr
    assert runner.outputs.read_text() == "exit-code=1\n"
    assert commands(done.stdout)[0].startswith(
        "::error title=high%3A efs-unencrypted (PLW_EFS_001),file=main.tf,line=2"
    )
    assert "### HIGH [efs-unencrypted]" in runner.summary.read_text()
    (run,) = json.loads((runner.workspace / "plainwork.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["PLW_EFS_001"]
    assert (runner.workspace / "plainwork.md").read_text() == runner.summary.read_text()


def test_a_pass_is_0_with_a_report(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text(GOOD)
    done = runner.check(environment, arguments="--select efs-unencrypted")
    assert done.returncode == 0, done.stderr
    assert runner.outputs.read_text() == "exit-code=0\n"
    assert "1 passed" in runner.summary.read_text()


def test_only_new_findings_fail(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text(BAD)
    for command in (("init", "--quiet"), ("add", "main.tf"), ("commit", "--quiet", "--message", "old")):
        git(runner.workspace, *command)
    arguments = "--select efs-unencrypted --against HEAD..."
    assert runner.check(environment, arguments=arguments).returncode == 0
    (runner.workspace / "main.tf").write_text(BAD + BAD.replace('"files"', '"more"'))
    done = runner.check(environment, arguments=arguments)
    assert done.returncode == 1, done.stderr
    assert len([command for command in commands(done.stdout) if command.startswith("::error ")]) == 1


def test_an_invalid_input_is_2_with_an_annotation(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text("resource {")
    done = runner.check(environment)
    assert done.returncode == 2
    assert commands(done.stdout)[0].startswith("::error title=plainwork,file=main.tf,line=1::")


def test_a_report_that_cannot_be_written_is_2(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text(GOOD)
    assert runner.check(environment, sarif="missing/plainwork.sarif").returncode == 2


def test_paths_have_a_line_each_and_the_working_directory_is_an_input(
    runner: Runner, environment: dict[str, str]
) -> None:
    for name, hcl in (("a b", BAD), ("-c", BAD), ("other", GOOD)):
        (runner.workspace / "envs" / name).mkdir(parents=True)
        (runner.workspace / "envs" / name / "main.tf").write_text(hcl)
    paths = {"paths": "a b\n-c\n\n", "working-directory": "envs"}
    done = runner.check(environment, arguments="--select efs-unencrypted", **paths)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 resources in 2 stacks" in done.stdout


def test_text_of_an_input_is_no_command(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text(BAD)
    name = "::error::injected"
    (runner.workspace / name).mkdir()
    (runner.workspace / name / "main.tf").write_text(BAD)
    done = runner.check(environment, arguments="--select efs-unencrypted")
    assert "::error::injected" in done.stdout
    assert all(line.startswith(("::error title=", "::notice title=")) for line in commands(done.stdout))


def test_an_input_is_no_shell_code(runner: Runner, environment: dict[str, str]) -> None:
    (runner.workspace / "main.tf").write_text(GOOD)
    runner.check(environment, paths="$(touch injected)", arguments="`touch injected` ; touch injected")
    assert not (runner.workspace / "injected").exists()
    assert "${{" not in CHECK["run"] + INSTALL["run"], "an expression in a script would be code"


def test_every_input_and_output_is_documented() -> None:
    described: dict[str, Any] = ACTION["inputs"] | ACTION["outputs"]
    assert all(value["description"] for value in described.values())
