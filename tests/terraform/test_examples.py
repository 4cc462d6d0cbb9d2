from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.examples_hcl import examples

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

WRONG = Path(__file__).parents[2] / "examples" / "wrong" / "main.tf"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.parent.name)
def test_the_hcl_of_an_example_is_self_contained(example: Path, tmp_path: Path, terraform: Terraform) -> None:
    shutil.copy(example.with_suffix(".tf"), tmp_path)
    terraform.init(tmp_path)
    terraform.validate(tmp_path)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.parent.name)
def test_the_hcl_of_an_example_is_formatted(example: Path, terraform: Terraform) -> None:
    assert terraform.fmt_check(example.with_suffix(".tf").read_text(encoding="utf-8")) == ""


def test_terraform_accepts_the_wrong_example(tmp_path: Path, terraform: Terraform) -> None:
    shutil.copy(WRONG, tmp_path)
    terraform.init(tmp_path, "-backend=false")
    terraform.validate(tmp_path)
