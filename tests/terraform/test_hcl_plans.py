"""The plan of the HCL is the plan of the JSON, resource by resource, with the real AWS provider."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings

from plainwork_core.hcl import write as hcl
from tests.support.aws_documents import documents
from tests.support.terraform import OFFLINE_PROVIDER

if TYPE_CHECKING:
    import pytest

    from tests.support.terraform import Terraform


LANGUAGE = Path(__file__).parents[1] / "support" / "language_document.json"
CHILD = """
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "value" {}

output "value" {
  value = var.value
}
"""


def written(directory: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return directory


def planned(terraform: Terraform, directory: Path) -> dict[str, Any]:
    plan = terraform.plan(directory)
    changes = {change["address"]: change for change in plan["resource_changes"]}
    checks = plan.get("checks")
    return {
        "changes": changes,
        "values": plan["planned_values"],
        "outputs": plan.get("output_changes"),
        "checks": checks,
    }


@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(documents())
def test_generated_aws_stacks_have_one_plan_in_both_forms(
    terraform: Terraform, tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]
) -> None:
    text = hcl.render(document)
    assert terraform.fmt_check(text) == ""
    from_json = written(tmp_path_factory.mktemp("json"), {"main.tf.json": json.dumps(document)})
    from_hcl = written(tmp_path_factory.mktemp("hcl"), {"main.tf": text})
    assert planned(terraform, from_hcl) == planned(terraform, from_json)


def test_every_block_of_the_language_has_one_plan_in_both_forms(terraform: Terraform, tmp_path: Path) -> None:
    document = json.loads(LANGUAGE.read_text(encoding="utf-8"))
    document["provider"]["aws"] = [OFFLINE_PROVIDER | provider for provider in document["provider"]["aws"]]
    text = hcl.render(document)
    assert terraform.fmt_check(text) == ""
    for name, content in {"main.tf.json": json.dumps(document), "main.tf": text}.items():
        terraform.init(written(tmp_path / name, {name: content, "child/main.tf": CHILD}))
    assert planned(terraform, tmp_path / "main.tf") == planned(terraform, tmp_path / "main.tf.json")
