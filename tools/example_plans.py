"""Plans an example of a policy with the real Terraform, and stamps the plan, so that a stale one is seen without it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plainwork_core.hcl.syntax.nodes import Block, Literal
from plainwork_core.hcl.syntax.parser import parse
from tools.plan_fixtures import MADE_AT, PLAN, terraform
from tools.prior_state import state_after

PLAN_FILE, STAMP, BEFORE = "plan.json", "plan.sha256", "before"
_NO_INPUT = ("cdktf", PLAN_FILE, STAMP)
_STUB = "zz_stub"
_OFFLINE = {"skip_credentials_validation": True, "skip_requesting_account_id": True}
_ANY_REGION = {"region": "eu-central-1"}
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


def initialise(base: Path) -> None:
    """Make *base* a folder with the AWS provider and a local backend, from which plans are made without `init`."""
    (base / "main.tf").write_text(_BASE, encoding="utf-8")
    terraform("init", "-input=false", cwd=str(base))


def write(case: Path, base: Path) -> None:
    """Write the plan of the example in the folder *case*, and its stamp."""
    (case / PLAN_FILE).write_text(plan(case, base), encoding="utf-8")
    (case / STAMP).write_text(stamp(case) + "\n", encoding="utf-8")


def stamp(case: Path) -> str:
    """Return the hash of the plan, which names Terraform's version, of all that it was made from, and of the provider.

    It is what `plan.sha256` holds as long as neither the plan nor anything else has changed since.
    """
    names = sorted(file.relative_to(case).as_posix() for file in case.rglob("*") if file.is_file())
    hashed = hashlib.sha256(_BASE.encode())
    for name in (PLAN_FILE, *(name for name in names if name.split("/")[0] not in _NO_INPUT)):
        hashed.update(f"\n{name}\n".encode() + hashlib.sha256((case / name).read_bytes()).digest())
    return hashed.hexdigest()


def plan(case: Path, base: Path) -> str:
    """Plan the example without an account, and return the plan's JSON without a trace of how that was done.

    Where there is a folder `before`, the plan is one over the state that its `main.tf` would have left behind.
    """
    text = (case / "main.tf").read_text(encoding="utf-8")
    blocks = parse(text).blocks
    override, fetched = _override(blocks), list(_fetched(blocks))
    with tempfile.TemporaryDirectory() as folder:
        if (case / BEFORE).is_dir():
            state = state_after(json.loads(plan(case / BEFORE, base)))
            Path(folder, "terraform.tfstate").write_text(state, encoding="utf-8")
        shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NO_INPUT))
        _borrow(base, Path(folder))
        if fetched:
            _stand_in(fetched, text, Path(folder))
        Path(folder, "zz_override.tf.json").write_text(json.dumps(override), encoding="utf-8")
        terraform("get", cwd=folder)
        values = ["-var-file=plan.tfvars"] if (case / "plan.tfvars").exists() else []
        terraform(*PLAN, *values, cwd=folder)
        document = json.loads(terraform("show", "-json", "plan.bin", cwd=folder))
    _forget(override, document)
    for block in fetched:
        document["configuration"]["root_module"]["module_calls"][block.labels[0]].update(_said(block))
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


def _fetched(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the calls of modules that Terraform would fetch."""
    for block in blocks:
        if block.type == "module" and not _said(block).get("source", ".").startswith("."):
            yield block


def _said(block: Block) -> dict[str, str]:
    """Return what a plan says of the origin of a module."""
    names = {"source": "source", "version_constraint": "version"}
    found = {key: block.body.attribute(name) for key, name in names.items()}
    return {key: str(each.value) for key, each in found.items() if isinstance(each, Literal)}


def _stand_in(fetched: list[Block], text: str, folder: Path) -> None:
    """Let an empty module in *folder* stand in for each of *fetched*, whose arguments have a line each."""
    lines = text.splitlines()
    for block in fetched:
        for attribute in block.body.attributes:
            lines[attribute.line - 1] = f'source = "./{_STUB}"' if attribute.name == "source" else ""
    (folder / "main.tf").write_text("\n".join(lines), encoding="utf-8")
    (folder / _STUB).mkdir()
    (folder / _STUB / "main.tf").touch()


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
