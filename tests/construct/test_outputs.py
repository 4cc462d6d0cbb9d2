"""`app.synth()` replaces the files of the previous synthesis as a whole, and errors of a program are short."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import cdktf  # noqa: TID251  as users do
import pytest

from plainwork import App, Output, PlainworkError, Resource, Stack

if TYPE_CHECKING:
    from pathlib import Path


def app_of(outdir: Path, *stacks: str, value: str = "x") -> App:
    app = App(outdir)
    for stack in stacks:
        Output(Stack(app, stack), "it", value=value)
    return app


def files(outdir: Path) -> dict[str, str]:
    return {str(path.relative_to(outdir)): path.read_text() for path in outdir.rglob("*") if path.is_file()}


def test_a_failed_synthesis_leaves_the_previous_files(tmp_path: Path) -> None:
    app_of(tmp_path, "web").synth()
    before = files(tmp_path)
    with pytest.raises(PlainworkError, match=r"refers to var.gone"):
        app_of(tmp_path, "web", "data", value="${var.gone}").synth()
    assert files(tmp_path) == before


def test_a_failed_first_synthesis_leaves_no_files(tmp_path: Path) -> None:
    with pytest.raises(PlainworkError, match=r"refers to var.gone"):
        app_of(tmp_path, "web", value="${var.gone}").synth()
    assert files(tmp_path) == {}


def test_the_file_of_a_renamed_stack_is_removed(tmp_path: Path) -> None:
    app_of(tmp_path, "web", "data").synth()
    (tmp_path / "stacks" / "data" / "terraform.tfstate").write_text("{}")
    app_of(tmp_path, "frontend").synth()
    assert set(files(tmp_path)) == {
        "manifest.json",
        "stacks/data/terraform.tfstate",
        "stacks/frontend/cdk.tf.json",
        "stacks/frontend/cdk.tf.json.map",
    }


def test_an_app_of_cdktf_rejects_an_undefined_reference(tmp_path: Path) -> None:
    app = cdktf.App(outdir=str(tmp_path))
    bucket = Resource(cdktf.TerraformStack(app, "storage"), "aws_s3_bucket", "b")
    Output(cdktf.TerraformStack(app, "web"), "arn", value=bucket["arn"])
    with pytest.raises(RuntimeError, match=r"refers to aws_s3_bucket.b, which is declared in stack 'storage'"):
        app.synth()
    assert not (tmp_path / "stacks" / "web").exists()


def test_an_error_of_the_program_is_printed_without_frames_of_the_library(tmp_path: Path) -> None:
    program = tmp_path / "main.py"
    program.write_text(
        "from plainwork import App, Resource, Stack\n"
        'stack = Stack(App("out"), "web")\n'
        'Resource(stack, "aws_s3_bucket", "b", bukcet="x")\n'
    )
    done = subprocess.run([sys.executable, program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines() == [
        "Traceback (most recent call last):",
        f'  File "{program}", line 3, in <module>',
        '    Resource(stack, "aws_s3_bucket", "b", bukcet="x")',
        "ArgumentsError: aws_s3_bucket.b: invalid arguments:",
        "  unsupported argument `bukcet` (value 'x'); did you mean `bucket`?",
    ]
