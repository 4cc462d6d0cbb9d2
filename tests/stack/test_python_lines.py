"""Findings on a stack in Python name the line that creates the resource; the document and snapshots have no lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

APP = """\
from plainwork import App, Provider, Resource, Stack

app = App()
stack = Stack(app, "files")
Provider(stack, "aws", region="eu-west-1")
stack.set_backend("s3", {"bucket": "b", "key": "k", "region": "eu-west-1"})
Resource(
    stack,
    "aws_efs_file_system",
    "files",
    encrypted=False,
)
app.synth()
"""
DOCUMENT = Path("cdktf.out/stacks/files/cdk.tf.json")
MAP = Path("cdktf.out/stacks/files/cdk.tf.json.map")


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("PLAINWORK_CONFIG", "FORCE_COLOR", "CDKTF_OUTDIR"):
        monkeypatch.delenv(variable, raising=False)


def synthesize(app: str, *, name: str = "main.py", succeeds: bool = True) -> None:
    """Write and run an app."""
    Path(name).write_text(app)
    done = subprocess.run([sys.executable, name], check=False, capture_output=True, text=True)
    assert (done.returncode == 0) is succeeds, done.stderr


def check(*arguments: str) -> str:
    """Return the report on EFS and backends."""
    done = CliRunner().invoke(main, ["check", "--select", "efs-unencrypted,s3-backend-unprotected", *arguments])
    assert done.exit_code == 1, done.output
    return done.stdout


def test_the_text_report_shows_the_python_line() -> None:
    synthesize(APP)
    report = check()
    assert "efs-unencrypted  PLW_EFS_001  main.py:7\n" in report
    assert ">    7 | Resource(\n" in report
    assert "s3-backend-unprotected  PLW_BACKEND_001  main.py:6\n" in report


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("github", "file=main.py,line=7::"),
        ("markdown", "`aws_efs_file_system.files` in `main.py:7`"),
        ("junit", 'file="main.py" line="7"'),
    ],
)
def test_a_format_names_the_python_line(name: str, place: str) -> None:
    synthesize(APP)
    assert place in check("--format", name)


def test_json_has_the_python_line_beside_that_of_the_document() -> None:
    synthesize(APP)
    (finding,) = [row for row in json.loads(check("--format", "json"))["findings"] if row["slug"] == "efs-unencrypted"]
    assert finding["file"] == str(DOCUMENT)
    assert finding["python"] == {"file": "main.py", "line": 7}


def test_sarif_has_the_python_line_and_that_of_the_document_as_related() -> None:
    synthesize(APP)
    (result,) = [
        result
        for result in json.loads(check("--format", "sarif-failed"))["runs"][0]["results"]
        if result["ruleId"] == "PLW_EFS_001"
    ]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("main.py", {"startLine": 7})
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == str(DOCUMENT)


def test_gitlab_has_the_python_line() -> None:
    synthesize(APP)
    locations = [entry["location"] for entry in json.loads(check("--format", "gitlab"))]
    assert {"path": "main.py", "lines": {"begin": 7}} in locations


def test_the_document_does_not_change_when_the_lines_move() -> None:
    synthesize(APP)
    before = DOCUMENT.read_bytes()
    synthesize(f"# a comment\n{APP}")
    assert DOCUMENT.read_bytes() == before
    assert json.loads(MAP.read_text())["lines"]["aws_efs_file_system.files"] == ["../../../main.py", 8]


def test_a_construct_of_plainwork_has_the_line_that_creates_it() -> None:
    construct = 'S3StateBackend(stack, "s", bucket="b-c-d", region="eu-west-1", account_id="123456789012")\n'
    synthesize(
        APP.replace("app.synth()\n", f"{construct}app.synth()\n").replace("import App", "import S3StateBackend, App")
    )
    assert json.loads(MAP.read_text())["lines"]["aws_s3_bucket.s"] == ["../../../main.py", 13]


def test_code_of_an_installed_package_is_passed() -> None:
    package = Path(".venv/lib/python3/site-packages/shared")
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from plainwork import Resource\n\n\ndef files(stack):\n"
        '    return Resource(stack, "aws_efs_file_system", "shared", encrypted=False)\n'
    )
    head = f"import sys\nsys.path.insert(0, {str(package.parent)!r})\nfrom shared import files\n"
    synthesize(head + APP.replace("app.synth()\n", "files(stack)\napp.synth()\n"))
    assert json.loads(MAP.read_text())["lines"]["aws_efs_file_system.shared"] == ["../../../main.py", 16]


def test_an_app_in_another_directory_has_no_line(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "elsewhere" / "main.py").write_text(APP)
    subprocess.run([sys.executable, "../elsewhere/main.py"], check=True, cwd=tmp_path / "project")
    assert json.loads((tmp_path / "project" / MAP).read_text())["lines"] == {}


def test_the_lines_are_found_from_another_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synthesize(APP)
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    assert "../main.py:7\n" in check("../cdktf.out")


@pytest.mark.parametrize("content", ["", "[]", '{"version": 2, "lines": {}}', '{"version": 1, "lines": {"a": 1}}'])
def test_a_map_of_another_form_leaves_the_lines_of_the_document(content: str) -> None:
    synthesize(APP)
    MAP.write_text(content)
    assert f"{DOCUMENT}:" in check()


def test_a_failed_synthesis_keeps_the_map_and_a_removed_stack_has_none() -> None:
    synthesize(APP)
    before = MAP.read_text()
    undefined = 'Resource(stack, "aws_sqs_queue", "q", name="${aws_sqs_queue.no.name}")\napp.synth()\n'
    synthesize(f"\n{APP}".replace("app.synth()\n", undefined), succeeds=False)
    assert MAP.read_text() == before
    synthesize(APP.replace('Stack(app, "files")', 'Stack(app, "other")'))
    assert not MAP.parent.exists()
