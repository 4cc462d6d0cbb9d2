"""The table of conversions is Terraform's own: each value is a variable's default, and Terraform validates them all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.conversions import ACCEPTED, REJECTED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.terraform import Terraform


def test_terraform_accepts_and_rejects_the_same_values(terraform: Terraform, tmp_path: Path) -> None:
    cases = [*ACCEPTED, *REJECTED]
    lines = [
        f'"v{number}": {json.dumps({"type": type_, "default": value})}' for number, (type_, value) in enumerate(cases)
    ]
    (tmp_path / "main.tf.json").write_text('{"variable": {\n' + ",\n".join(lines) + "\n}}")
    answer = json.loads(terraform.outcome(tmp_path, "validate", "-json", expect=(1,)).stdout)
    wrong = {diagnostic["range"]["start"]["line"] - 2 for diagnostic in answer["diagnostics"]}
    assert [case for number, case in enumerate(cases) if number in wrong] == REJECTED
