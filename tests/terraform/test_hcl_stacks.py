"""Every stack of this repository: its HCL is formatted, valid, has the plan of its JSON, and our policies pass it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plainwork_core.hcl import write as hcl
from plainwork_core.read.synthesized import find_stacks
from tests.support.own_policies import checked, findings
from tests.support.remote_states import network_state

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof
ROOT = Path(__file__).parents[2]
OVERRIDE = """
terraform {
  backend "local" {}
}

provider "aws" {
  access_key                  = "testing"
  secret_key                  = "testing"
  skip_credentials_validation = true
}
"""


@pytest.fixture(scope="module")
def synthesized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("app")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "stacks.app"], cwd=directory, env=environment, check=True, timeout=120)
    return directory / "cdktf.out"


def planned(terraform: Terraform, directory: Path, stack: str, name: str, text: str) -> dict[str, Any]:
    directory.mkdir()
    directory.joinpath(name).write_text(text, encoding="utf-8")
    directory.joinpath("plan_override.tf").write_text(OVERRIDE, encoding="utf-8")
    if "terraform_remote_state" in text:
        directory.joinpath("state_override.tf.json").write_text(json.dumps(network_state(directory, reader=stack)))
    terraform.init(directory)
    plan = terraform.plan(directory)
    directory.joinpath("plan.json").write_text(json.dumps(plan), encoding="utf-8")
    changes = {change["address"]: change for change in plan["resource_changes"]}
    return {"changes": changes} | {part: plan.get(part) for part in ("planned_values", "output_changes", "checks")}


def test_the_stacks_have_one_plan_in_both_forms(
    terraform: Terraform, moto: str, synthesized: Path, tmp_path: Path
) -> None:
    on_moto = terraform.with_env(AWS_ENDPOINT_URL=moto)
    for source in find_stacks(synthesized):
        text = hcl.render(source.document())
        assert terraform.fmt_check(text) == "", source.name
        from_hcl = planned(on_moto, tmp_path / f"{source.name}-hcl", source.name, "main.tf", text)
        json_ = source.file.read_text("utf-8")
        from_json = planned(on_moto, tmp_path / f"{source.name}-json", source.name, "main.tf.json", json_)
        assert from_hcl == from_json, source.name
        assert findings(checked(tmp_path / f"{source.name}-json" / "plan.json")) == [], source.name
