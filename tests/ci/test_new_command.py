"""`plainwork new`: from an empty directory to a green check."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.ci.conftest import commit, git

PLAINWORK = [sys.executable, "-c", "from plainwork_cli.main import main; main()"]


def run(directory: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a project, with the commands of this environment on PATH and no settings of the machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLAINWORK_", "GIT_"))}
    environment = kept | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=directory, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project with its stacks."""
    directory = tmp_path_factory.mktemp("new") / "infra"
    done = CliRunner().invoke(main, ["new", str(directory), "--owner", "web team", "--region", "eu-central-1"])
    assert done.exit_code == 0, done.output
    run(directory, sys.executable, "main.py")
    return directory


def test_a_new_project_passes_every_policy(project: Path) -> None:
    done = run(project, *PLAINWORK, "check", "--fail-on", "not-evaluated")
    assert re.fullmatch(r"Checked \d+ resources in 4 stacks with \d+ policies: \d+ passed\.\n", done.stdout), (
        done.stdout
    )


def test_it_has_two_environments_with_a_state_backend_each(project: Path) -> None:
    stacks = sorted(path.name for path in (project / "cdktf.out" / "stacks").iterdir())
    assert stacks == ["dev-reports", "dev-state", "prod-reports", "prod-state"]
    hcl = run(project, *PLAINWORK, "render", "--stdout").stdout
    assert '"infra-dev-state-111111111111"' in hcl
    assert '"prod/reports.tfstate"' in hcl
    assert '"web team"' in hcl
    assert "eu-west-1" not in hcl


def test_it_passes_after_the_bootstrap_too(project: Path, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text((project / "main.py").read_text().replace(", bootstrap=True", ""))
    (tmp_path / "plainwork.toml").write_text((project / "plainwork.toml").read_text())
    run(tmp_path, sys.executable, "main.py")
    assert " passed.\n" in run(tmp_path, *PLAINWORK, "check", "--fail-on", "not-evaluated").stdout


def test_its_snapshot_test_and_its_hooks_pass(project: Path) -> None:
    run(project, sys.executable, "-m", "pytest", "-q", "--snapshot-update")
    assert len(list(project.glob("tests/__snapshots__/*/*.tf"))) == 4
    git(project, "init", "--quiet")
    commit(project)
    done = run(project, sys.executable, "-m", "pre_commit", "run", "--all-files")
    assert done.stdout.count("Passed") == 2
    assert git(project, "status", "--porcelain") == "", "cdktf.out and caches are ignored"


def test_its_pipeline_runs_the_commands_that_the_project_has(project: Path) -> None:
    pipeline: dict[str, Any] = yaml.safe_load((project / ".github/workflows/infrastructure.yml").read_text())
    steps = {step["name"]: step["run"] for step in pipeline["jobs"]["check"]["steps"] if "run" in step}
    assert list(steps) == ["Install", "Compare with the snapshots", "Synthesize", "Check"]
    run(project, "bash", "-c", steps["Synthesize"])
    run(project, "bash", "-c", steps["Check"])
    assert (project / "plainwork.sarif").is_file()


def test_its_python_is_formatted_and_has_no_finding_of_ruff(project: Path) -> None:
    run(project, "ruff", "check", "--isolated", ".")
    run(project, "ruff", "format", "--isolated", "--line-length", "120", "--check", ".")


def test_no_placeholder_is_left(project: Path) -> None:
    files = [path for path in project.rglob("*") if path.is_file()]
    assert [path for path in files if re.search(rb"@(project|owner|region|version)@", path.read_bytes())] == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["Infra"], "the name of the project is 'Infra'; it must have 3 to 22 lower-case letters"),
        (
            ["infra", "--region", "eu-west-11"],
            "--region is 'eu-west-11', which is not a Region of AWS; did you mean `eu-west-1`?",
        ),
        (["infra", "--owner", 'a"b'], "--owner is 'a\"b'; a tag value has letters"),
        (["full"], "full: contains main.tf; pass a directory that does not exist or is empty"),
        (["full/main.tf"], "the name of the project is 'main.tf'"),
        (["full/main.tf", "--name", "infra"], "full/main.tf/README.md: cannot be written: Not a directory"),
    ],
)
def test_an_invalid_argument_is_2_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], error: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("full").mkdir()
    Path("full/main.tf").write_text("")
    done = CliRunner().invoke(main, ["new", *arguments])
    assert done.exit_code == 2
    assert error in done.stderr
    assert sorted(path.as_posix() for path in Path().rglob("*")) == ["full", "full/main.tf"]
