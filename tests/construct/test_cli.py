from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork import __version__
from plainwork_cli.main import COMMANDS, main


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_help_lists_every_command() -> None:
    code, text = run("--help")
    assert code == 0
    words = " ".join(text.split())
    assert all(f" {name} {line}" in words for name, (_, line) in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    code, text = run(name, "--help")
    assert (code, f"Usage: main {name}" in text) == (0, True)


def test_the_version_is_printed() -> None:
    assert run("--version") == (0, f"plainwork {__version__}\n")


def test_an_unknown_command_is_an_error() -> None:
    code, text = run("chekc")
    assert (code, "No such command 'chekc'; did you mean `check`?" in text) == (2, True)


def test_a_missing_directory_is_an_error() -> None:
    code, text = run("schema", "--directory", "nowhere")
    assert code == 2
    assert text == "Error: nowhere: not a directory; pass an initialized Terraform directory with `--directory`\n"


def test_a_missing_terraform_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "no-terraform")
    code, text = run("schema", "--directory", str(tmp_path))
    assert code == 2
    assert (
        text
        == "Error: no-terraform is not on PATH; install Terraform, or set TERRAFORM_BINARY_NAME to another binary\n"
    )


WITHOUT_RUNTIME = """
import sys

sys.modules |= {"cdktf": None, "constructs": None, "jsii": None}
from plainwork_cli.main import main

main()
"""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["canary", "main.tf"], "main.tf: no canary found"),
        (["render", "cdk.tf.json", "--stdout"], "locals {}"),
        (["check", "main.tf"], "Checked 1 resource in 1 stack"),
    ],
)
def test_a_command_that_reads_needs_no_runtime_of_cdktf(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "orders" {}\n', encoding="utf-8")
    (tmp_path / "cdk.tf.json").write_text('{"locals": {}}', encoding="utf-8")
    command = [sys.executable, "-c", WITHOUT_RUNTIME, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert message in done.stdout + done.stderr
