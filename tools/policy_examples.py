"""Writes beside each example of a policy what CDKTF's JSON and Terraform's plan of the same HCL look like.

Run `python -m tools.policy_examples [SLUG...]` with Terraform on PATH and the AWS provider where Terraform finds it.
For each `main.tf` it writes `cdktf/cdk.tf.json`, the same configuration in Terraform's JSON syntax, and `plan.json`,
what the real Terraform says of it. Variables without a default take their values, for the plan alone, from
`plan.tfvars`.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from plainwork_policies.hcl.parser import parse
from plainwork_policies.hcl.syntax import Block, Literal
from tools.hcl_to_json import to_json
from tools.plan_fixtures import MADE_AT, PLAN, terraform

EXAMPLES = Path(__file__).parent.parent / "examples" / "policies"
_OFFLINE = {"skip_credentials_validation": True, "skip_requesting_account_id": True}
_ANY_REGION = {"region": "eu-central-1"}
_AT_ONCE = 2
_BASE = """
terraform {
  backend "local" {}
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
"""


def main(slugs: list[str]) -> None:
    """Write the twins of all examples, or of those of *slugs*, and say so."""
    with tempfile.TemporaryDirectory() as base:
        initialise(Path(base))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for written in pool.map(lambda case: _write(case, Path(base)), cases(slugs)):
                print(written)


def cases(slugs: list[str]) -> list[Path]:
    """Return the folders of all examples, or of those whose policy is one of *slugs*."""
    wanted = {slug.replace("-", "_") for slug in slugs}
    found = sorted(file.parent for file in EXAMPLES.glob("*/*/*/main.tf"))
    return [case for case in found if not wanted or case.parent.name in wanted]


def _write(case: Path, base: Path) -> str:
    (case / "cdktf").mkdir(exist_ok=True)
    (case / "cdktf" / "cdk.tf.json").write_text(twin(case), encoding="utf-8")
    (case / "plan.json").write_text(plan(case, base), encoding="utf-8")
    return str(case.relative_to(EXAMPLES))


def twin(case: Path) -> str:
    """Return the example's `main.tf` in Terraform's JSON syntax, as CDKTF writes it."""
    return json.dumps(to_json(parse(_text(case))), indent=2, ensure_ascii=False) + "\n"


def initialise(base: Path) -> None:
    """Make *base* a folder with the AWS provider and a local backend, from which plans are made without `init`."""
    (base / "main.tf").write_text(_BASE, encoding="utf-8")
    terraform("init", "-input=false", cwd=str(base))


def plan(case: Path, base: Path) -> str:
    """Plan the example without an account, and return the plan's JSON without a trace of how that was done."""
    override = _override(parse(_text(case)).blocks)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cdktf", "plan.json"))
        _borrow(base, Path(folder))
        Path(folder, "zz_override.tf.json").write_text(json.dumps(override), encoding="utf-8")
        terraform("get", cwd=folder)
        values = ["-var-file=plan.tfvars"] if (case / "plan.tfvars").exists() else []
        terraform(*PLAN, *values, cwd=folder)
        document = json.loads(terraform("show", "-json", "plan.bin", cwd=folder))
    _forget(override, document)
    _settle(document)
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n"


def _borrow(base: Path, folder: Path) -> None:
    """Let *folder* use what was initialised in *base*."""
    shutil.copy(base / ".terraform.lock.hcl", folder)
    (folder / ".terraform").mkdir()
    shutil.copy(base / ".terraform" / "terraform.tfstate", folder / ".terraform")
    (folder / ".terraform" / "providers").symlink_to(base / ".terraform" / "providers")


def _override(blocks: tuple[Block, ...]) -> dict[str, Any]:
    """Return what is laid over the example so that it can be planned without an account and without its backend.

    https://developer.hashicorp.com/terraform/language/files/override
    """
    return {"terraform": {"backend": {"local": {}}}, "provider": {"aws": list(_providers(blocks))}}


def _providers(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    written = {_alias(block): block for block in blocks if block.type == "provider" and block.labels == ("aws",)}
    if not written and all(block.type == "terraform" for block in blocks):
        return
    for alias, block in {None: None, **written}.items():
        named = {"alias": alias} if alias else {}
        region = {} if block and block.body.attribute("region") else _ANY_REGION
        yield named | _OFFLINE | region


def _alias(block: Block) -> str | None:
    alias = block.body.attribute("alias")
    return str(alias.value) if isinstance(alias, Literal) else None


def _forget(override: dict[str, Any], document: dict[str, Any]) -> None:
    """Take out of the plan's configuration what only *override* has said."""
    configurations = document["configuration"].get("provider_config", {})
    for said in override["provider"]["aws"]:
        configuration = configurations.get(f"aws.{said['alias']}" if "alias" in said else "aws", {})
        expressions = configuration.get("expressions", {})
        for name in said.keys() - {"alias"}:
            expressions.pop(name, None)
        if not expressions:
            configuration.pop("expressions", None)


def _settle(document: dict[str, Any]) -> None:
    """Give what differs from run to run, the time and the order of `relevant_attributes`, one form."""
    document["timestamp"] = MADE_AT
    document.get("relevant_attributes", []).sort(key=json.dumps)


def _text(case: Path) -> str:
    return (case / "main.tf").read_text(encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
