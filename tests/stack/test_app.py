from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plainwork import synthesise
from stacks.app import build, main

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["state", "web"])
def test_the_stacks_are_what_reviewers_saw(tmp_path: Path, name: str, hcl_snapshot: SnapshotAssertion) -> None:
    stack = build(str(tmp_path)).node.find_child(name)
    assert stack == hcl_snapshot


def test_bootstrap_leaves_out_the_backend_of_the_state_stack_alone(tmp_path: Path) -> None:
    app = build(str(tmp_path), bootstrap=True)
    assert "backend" not in synthesise(app.node.find_child("state"))["terraform"]
    assert "s3" in synthesise(app.node.find_child("web"))["terraform"]["backend"]


def test_bootstrap_changes_nothing_else(tmp_path: Path) -> None:
    before, after = (
        synthesise(build(str(tmp_path), bootstrap=each).node.find_child("state")) for each in (True, False)
    )
    assert before["resource"] == after["resource"]
    assert before["data"] == after["data"]


def test_the_environment_names_the_account(tmp_path: Path) -> None:
    env = {"PLAINWORK_ACCOUNT_ID": "210987654321", "CDKTF_OUTDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "stacks.app"], check=True, cwd=ROOT, env=env)
    written = (tmp_path / "stacks" / "web" / "cdk.tf.json").read_text()
    assert '"210987654321"' in written


def test_a_wrong_account_is_named_without_a_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLAINWORK_ACCOUNT_ID", "12")
    with pytest.raises(SystemExit, match="account_id must be the account's 12 digits, as a string: got '12'"):
        main()
