"""The hook of `.pre-commit-hooks.yaml`, run by the real pre-commit from a clone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.conftest import GOOD, commit, git

CONFIG = """\
repos:
  - repo: {clone}
    rev: {revision}
    hooks:
      - id: {hook}
        args: [--select, efs-unencrypted]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory in which pre-commit keeps its environments."""
    return tmp_path_factory.mktemp("pre-commit")


def pre_commit(project: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run all hooks of a project."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "PLAINWORK_"))}
    environment = kept | {"PRE_COMMIT_HOME": str(home), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    return subprocess.run(command, cwd=project, env=environment, check=False, capture_output=True, text=True)


def test_the_hook_fails_for_a_bad_file_and_passes_after_the_remedy(clone: Path, project: Path, home: Path) -> None:
    revision = git(clone, "rev-parse", "HEAD")
    (project / ".pre-commit-config.yaml").write_text(
        CONFIG.format(clone=clone, revision=revision, hook="plainwork-check")
    )
    commit(project)
    failed = pre_commit(project, home)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "main.tf:2" in failed.stdout
    assert "efs-unencrypted" in failed.stdout
    (project / "main.tf").write_text(GOOD)
    commit(project)
    passed = pre_commit(project, home)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "plainwork check" in passed.stdout
    assert "Passed" in passed.stdout


def test_the_hook_with_fixes_changes_the_file_and_passes_then(clone: Path, project: Path, home: Path) -> None:
    revision = git(clone, "rev-parse", "HEAD")
    config = CONFIG.format(clone=clone, revision=revision, hook="plainwork-fix")
    (project / ".pre-commit-config.yaml").write_text(config.replace("efs-unencrypted", "s3-backend-unprotected"))
    (project / "main.tf").write_text('terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "k"\n  }\n}\n')
    commit(project)
    changed = pre_commit(project, home)
    assert changed.returncode == 1, changed.stdout + changed.stderr
    assert "files were modified by this hook" in changed.stdout
    assert "use_lockfile = true" in (project / "main.tf").read_text()
    commit(project)
    assert pre_commit(project, home).returncode == 0
