"""Small configurations, and repositories with two revisions of one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from plainwork_core.code_diff.compare import diff_of_texts
from plainwork_core.code_diff.model import BlockChange, CodeDiff

Compare = Callable[[str, str], CodeDiff]


@pytest.fixture
def compare() -> Compare:
    """`compare(before, after)`: the difference of two texts in HCL."""

    def compared(before: str, after: str) -> CodeDiff:
        found = diff_of_texts(before, after, ("old.tf", "new.tf"))
        assert found is not None
        return found

    return compared


@pytest.fixture
def change(compare: Compare) -> Callable[[str, str], BlockChange]:
    """`change(before, after)`: the only block that differs."""

    def only(before: str, after: str) -> BlockChange:
        (found,) = compare(before, after).changes
        return found

    return only


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Git repository, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    for variable in ("GITHUB_ACTIONS", "FORCE_COLOR", "GIT_EXTERNAL_DIFF"):
        monkeypatch.delenv(variable, raising=False)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    git("init", "--quiet", "--initial-branch=main")
    return tmp_path


def git(*arguments: str) -> str:
    """Run Git in the working directory, and return its output."""
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def commit(message: str = "change") -> None:
    """Commit all files."""
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def invoke(*arguments: str) -> Result:
    """Run `plainwork diff`."""
    return CliRunner().invoke(main, ["diff", *arguments])
