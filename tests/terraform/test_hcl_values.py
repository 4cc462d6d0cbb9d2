"""HCL and JSON mean the same to Terraform: every awkward value, evaluated by Terraform itself from both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainwork_core.hcl import write as hcl
from tests.support.documents import AWKWARD, EXPRESSIONS, LOCALS, REFERENCES, SEQUENCES, TEMPLATES, templates, values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.terraform import Terraform


def document(given_values: list[Any]) -> dict[str, Any]:
    named = {f"value_{number}": each for number, each in enumerate(given_values)}
    return {"locals": LOCALS | named, "output": {name: {"value": f"${{local.{name}}}"} for name in named}}


def outputs(terraform: Terraform, directory: Path, name: str, text: str) -> dict[str, Any]:
    directory.mkdir()
    directory.joinpath(name).write_text(text, encoding="utf-8")
    return {name: each["value"] for name, each in terraform.plan(directory)["planned_values"]["outputs"].items()}


def test_each_awkward_value_is_the_same_to_terraform(terraform: Terraform, tmp_path: Path) -> None:
    strings = [*(text.replace("{", "(") for text in AWKWARD), *SEQUENCES, *REFERENCES, *EXPRESSIONS, *TEMPLATES]
    given_document = document(
        [*strings, strings, {text: text for text in TEMPLATES[:2] + AWKWARD}, 1e21, -0.5, 10**30, None, {}, []]
    )
    expected = outputs(terraform, tmp_path / "json", "main.tf.json", json.dumps(given_document))
    assert outputs(terraform, tmp_path / "hcl", "main.tf", hcl.render(given_document)) == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(values(templates), min_size=10, max_size=40))
def test_generated_values_are_as_terraform_formats_them(terraform: Terraform, given_values: list[Any]) -> None:
    assert terraform.fmt_check(hcl.render(document(given_values))) == ""
