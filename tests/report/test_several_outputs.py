"""Several reports of one run: `--format NAME=FILE`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plainwork_core import files
from tests.report.conftest import HCL


def test_one_run_writes_files_and_prints_text(check):
    done = check(HCL, "--format", "sarif=out.sarif", "--format", "junit=out.xml", "--format", "text")
    assert done.exit_code == 1
    assert done.stdout.startswith(".  HCL, 3 resources\n")
    assert json.loads(Path("out.sarif").read_text())["version"] == "2.1.0"
    assert Path("out.xml").read_text().startswith("<?xml ")


def test_a_file_and_standard_output_have_the_same_content(check):
    printed = check(HCL, "--format", "markdown").stdout
    check(HCL, "--format", "markdown=out.md")
    assert Path("out.md").read_text() == printed


def test_the_text_report_in_a_file_is_the_printed_one(check):
    printed = check(HCL).stdout
    assert check(HCL, "--format", "text=out.txt").stdout == ""
    assert Path("out.txt").read_text() == printed


def test_a_report_that_cannot_be_written_is_2_and_the_others_are_whole(check):
    done = check(HCL, "--format", "sarif=missing/out.sarif", "--format", "json=out.json")
    assert done.exit_code == 2
    assert done.stderr == ("Error: missing/out.sarif: the sarif report cannot be written: No such file or directory\n")
    assert json.loads(Path("out.json").read_text())["summary"]["failed"] == 1


def test_a_full_disk_leaves_the_old_report_whole(check, monkeypatch):
    Path("out.json").write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.Path, "replace", full)
    done = check(HCL, "--format", "json=out.json")
    assert done.exit_code == 2
    assert "No space left on device" in done.stderr
    assert Path("out.json").read_text() == "old"
    assert [path.name for path in Path().iterdir()] == ["main.tf", "out.json"]


@pytest.mark.parametrize(
    ("formats", "error"),
    [
        (["sarfi"], "unknown format 'sarfi'; did you mean `sarif`?"),
        (["pdf"], "unknown format 'pdf'; use one of text, json, "),
        (["json="], "'json=' has no file; write json=FILE, or json for standard output"),
        (["json", "text"], "json and text both go to standard output"),
        (["json=a", "sarif=a"], "json and sarif both go to a"),
    ],
)
def test_a_wrong_format_is_2_and_the_error_states_the_remedy(check, formats, error):
    done = check(HCL, *(argument for name in formats for argument in ("--format", name)))
    assert done.exit_code == 2
    assert error in " ".join(done.stderr.split())


@pytest.mark.parametrize("name", ["text", "json"])
def test_a_full_standard_output_is_2_without_a_traceback(check, name):
    check(HCL)
    command = [sys.executable, "-c", "from plainwork_cli.main import run; run()", "check", ".", "--format", name]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == f"Error: standard output: the {name} report cannot be written: No space left on device\n"
