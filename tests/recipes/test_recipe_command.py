"""`plainwork recipe`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from plainwork_core.recipes import recipe, recipes


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["recipe", *arguments])


def test_list_has_each_recipe_with_its_task() -> None:
    output = run("list").output

    assert all(f"{found.name} " in output and found.task in output for found in recipes())


@pytest.mark.parametrize(("format_", "file"), [("python", "main.py"), ("hcl", "main.tf")])
def test_show_prints_the_file(format_: str, file: str) -> None:
    expected = (recipe("private-bucket").directory / file).read_text(encoding="utf-8")

    assert run("show", "private-bucket", "--format", format_).output == expected


def test_copy_writes_the_file_under_the_name_of_the_recipe(tmp_path: Path) -> None:
    done = run("copy", "private-bucket", str(tmp_path / "infra"))

    assert done.exit_code == 0
    copied = tmp_path / "infra" / "private_bucket.py"
    assert copied.read_text(encoding="utf-8") == recipe("private-bucket").python.read_text(encoding="utf-8")


def test_copy_does_not_replace_a_file(tmp_path: Path) -> None:
    (tmp_path / "private_bucket.tf").write_text("mine")

    done = run("copy", "private-bucket", str(tmp_path), "--format", "hcl")

    assert (done.exit_code, (tmp_path / "private_bucket.tf").read_text()) == (2, "mine")
    assert "exists; remove it, or pass another directory" in done.output


def test_copy_writes_the_other_files_of_the_recipe(tmp_path: Path) -> None:
    done = run("copy", "listener-canary", str(tmp_path))

    assert sorted(file.name for file in tmp_path.iterdir()) == ["canary.js", "canary.yml", "listener_canary.py"]
    assert "canary.yml; change the names, the account and the Region in it" in done.output


def test_copy_replaces_none_of_the_other_files(tmp_path: Path) -> None:
    (tmp_path / "canary.js").write_text("mine")

    done = run("copy", "listener-canary", str(tmp_path))

    assert (done.exit_code, [file.name for file in tmp_path.iterdir()]) == (2, ["canary.js"])


def test_a_wrong_name_has_a_proposal() -> None:
    assert "did you mean `private-bucket`?" in run("show", "private-buckett").output
