"""Reports of one run that has every verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main

HCL = """\
provider "aws" {
  region = "eu-west-1"
}

variable "encrypted" {
  type = bool
}

resource "aws_efs_file_system" "failed" {
  encrypted = false
}

resource "aws_efs_file_system" "unknown" {
  encrypted = var.encrypted
}

resource "aws_efs_file_system" "passed" {
  encrypted = true
}
"""


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`check(hcl, *arguments)`: a check of one root module in an empty directory, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    for variable in ("PLAINWORK_CONFIG", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)

    def check(hcl: str = HCL, *arguments: str, policy: str = "efs-unencrypted") -> Result:
        Path("main.tf").write_text(hcl, encoding="utf-8")
        return CliRunner().invoke(main, ["check", ".", "--select", policy, *arguments])

    return check
