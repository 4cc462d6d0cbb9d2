"""A closed pipe, as after `plainwork policies | head`, does not change an exit code, and files are written."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

DOCUMENT = {"resource": {"aws_sqs_queue": {"a": {"name": "a"}}}}
SCRIPT = "from plainwork_cli.main import main; main()"


@pytest.fixture
def run(tmp_path):
    """Run the command in a directory with a document, without a reader of its output; returns the exit code."""
    (tmp_path / "cdk.tf.json").write_text(json.dumps(DOCUMENT))

    def run(*arguments: str) -> int:
        with subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            process.stdout.close()
            assert process.stderr.read() == b""
        return process.returncode

    return run


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["policies"], 0),
        (["explain", "efs-unencrypted"], 0),
        (["init", "--stdout"], 0),
        (["render", "cdk.tf.json", "--stdout"], 0),
        (["render", "cdk.tf.json", "--check"], 1),
    ],
)
def test_a_closed_pipe_does_not_change_the_exit_code(run, arguments, exit_code):
    assert run(*arguments) == exit_code


def test_files_are_written_although_the_pipe_is_closed(run, tmp_path):
    assert run("render", "cdk.tf.json") == 0
    assert len(list((tmp_path / "hcl.out").rglob("main.tf"))) == 1
