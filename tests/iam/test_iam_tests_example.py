"""The example of tests of permissions passes, and one command refutes the wrong policy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from plainwork_cli.main import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "iam_tests"


def test_the_tests_of_the_example_pass():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples/iam_tests"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_one_command_refutes_the_policy_with_a_literal_wildcard():
    arguments = ["developer", "--create", "aws_instance", "--request-tag", "Owner=ann", str(EXAMPLE / "wrong")]
    done = CliRunner().invoke(main, ["can", *arguments])

    assert done.exit_code == 1
    assert "`StringEquals` compares `*` literally, `StringLike` as a wildcard" in done.output
    arguments[-1] = str(EXAMPLE / "right")
    assert CliRunner().invoke(main, ["can", *arguments]).exit_code == 0
