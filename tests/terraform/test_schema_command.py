from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.schema import Schema, store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.terraform import Terraform


@pytest.fixture(autouse=True)
def _terraforms_environment(terraform: Terraform, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in terraform.env.items():
        monkeypatch.setenv(name, value)


def test_the_shipped_schema_is_that_of_the_real_provider(terraform: Terraform, tmp_path: Path) -> None:
    output = tmp_path / "own.zip"
    result = CliRunner().invoke(main, ["schema", "--directory", str(terraform.origin), "--output", str(output)])
    assert result.output == f"{output}: 1526 resources and 608 data sources of hashicorp/aws 5.100.0\n"
    written, shipped = Schema(output), Schema(store.SHIPPED["5.100.0"])
    assert all(
        written.block("resource", type_) == shipped.block("resource", type_) for type_ in written.types("resource")
    )
    assert all(written.block("data", type_) == shipped.block("data", type_) for type_ in written.types("data"))
    assert written.block("provider", "aws") == shipped.block("provider", "aws")


def test_a_directory_that_is_not_initialised_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('provider "aws" {}')
    result = CliRunner().invoke(main, ["schema", "--directory", str(tmp_path)])
    assert result.exit_code == 2
    assert f"run `terraform init` in {tmp_path} first" in result.output
    assert "╷" not in result.output
    assert "\x1b" not in result.output
    assert "  " not in result.output


def test_a_directory_without_providers_is_a_mistake(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--directory", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output == f"Error: {tmp_path}: uses no provider\n"


def test_a_file_that_cannot_be_written_is_a_mistake(terraform: Terraform, tmp_path: Path) -> None:
    output = tmp_path / "missing" / "own.zip"
    result = CliRunner().invoke(main, ["schema", "--directory", str(terraform.origin), "--output", str(output)])
    assert result.exit_code == 2
    assert f"{output} cannot be written: No such file or directory" in result.output
