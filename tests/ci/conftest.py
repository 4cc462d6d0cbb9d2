"""The repository as a user of its hooks and of its action has it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BAD = 'resource "aws_efs_file_system" "files" {\n  encrypted = false\n}\n'
GOOD = BAD.replace("false", "true")


def git(directory: Path, *arguments: str) -> str:
    """Run Git without the settings of the machine, and return its output."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *arguments], cwd=directory, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(directory: Path) -> str:
    """Commit all files of *directory*, and return the commit."""
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "A commit")
    return git(directory, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the files of the work tree in one commit."""
    directory: Path = tmp_path_factory.mktemp("clone") / "plainwork"
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in listed:
        if name and (ROOT / name).is_file() and not name.startswith("tests/"):
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, directory / name)
    git(directory, "init", "--quiet")
    commit(directory)
    return directory


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of a user with one failing file."""
    directory = tmp_path / "project"
    directory.mkdir()
    (directory / "main.tf").write_text(BAD)
    git(directory, "init", "--quiet")
    commit(directory)
    return directory
