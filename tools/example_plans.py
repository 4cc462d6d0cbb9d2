"""Plans an example of a policy with Terraform, and stamps the plan, which shows a stale plan without Terraform."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plainwork_core.hcl.syntax.nodes import Block, Literal
from plainwork_core.hcl.syntax.parser import parse
from tools.example_cases import MAIN, VALUES, Case, copy
from tools.plan_fixtures import MADE_AT, PLAN, terraform
from tools.prior_state import state_after

_STUB = "zz_stub"
_ENCRYPTION = re.compile(r"^( *)encryption \{\n.*?^\1\}\n", re.MULTILINE | re.DOTALL)
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


def initialize(base: Path) -> None:
    """Make *base* a folder with the AWS provider and a local backend, from which plans are made without `init`."""
    (base / MAIN).write_text(_BASE, encoding="utf-8")
    terraform("init", "-input=false", cwd=str(base))


def write(case: Case, base: Path, provider: str = "") -> None:
    """Write the plan of *case*, and its stamp."""
    case.plan.parent.mkdir(parents=True, exist_ok=True)
    case.plan.write_text(plan(case, base, provider), encoding="utf-8")
    case.stamp.write_text(stamp(case.files, case.plan) + "\n", encoding="utf-8")


def stamp(files: Mapping[str, Path], made: Path) -> str:
    """Return the hash of the plan *made*, of the configuration in *files*, and of the provider's version.

    Lines of comments, blank lines and indentation do not count, because no plan contains them.
    """
    hashed = hashlib.sha256(_BASE.encode() + made.read_bytes())
    for name, file in sorted(files.items()):
        hashed.update(f"\n{name}\n{_code(file)}".encode())
    return hashed.hexdigest()


def _code(file: Path) -> str:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("#", "//")))


def plan(case: Case, base: Path, provider: str = "") -> str:
    """Plan *case* without an AWS account, and return the plan's JSON without a trace of how that was done.

    Args:
        case: the example.
        base: the folder that `initialize` has made.
        provider: a running provider (`tools.running_provider`), which takes half of the time.
    """
    state = state_after(json.loads(_plan(case.before, base, provider))) if case.before else None
    return _plan(case.files, base, provider, state)


def _plan(files: Mapping[str, Path], base: Path, provider: str, state: str | None = None) -> str:
    """Return the plan of the configuration in *files* over *state*."""
    text = files[MAIN].read_text(encoding="utf-8")
    blocks = parse(text).blocks
    override, fetched = _override(blocks), list(_fetched(blocks))
    with tempfile.TemporaryDirectory() as folder:
        if state is not None:
            Path(folder, "terraform.tfstate").write_text(state, encoding="utf-8")
        copy(files, Path(folder))
        _borrow(base, Path(folder))
        _remove_encryption(Path(folder, MAIN))
        if fetched:
            _replace_by_stub(fetched, text, Path(folder))
        Path(folder, "zz_override.tf.json").write_text(json.dumps(override), encoding="utf-8")
        terraform("get", cwd=folder)
        one = provider if len(override["provider"]["aws"]) <= 1 else ""
        terraform(*PLAN, *[f"-var-file={VALUES}"] * (VALUES in files), cwd=folder, reattach=one)
        document = json.loads(terraform("show", "-json", "plan.bin", cwd=folder, reattach=provider))
    _forget(override, document)
    for block in fetched:
        document["configuration"]["root_module"]["module_calls"][block.labels[0]].update(_source_of(block))
    _settle(document)
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n"


def _remove_encryption(main: Path) -> None:
    """Remove the `encryption` block of OpenTofu, which Terraform does not have and no plan contains."""
    main.write_text(_ENCRYPTION.sub("", main.read_text(encoding="utf-8")), encoding="utf-8")


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
        if block.type == "module" and not _source_of(block).get("source", ".").startswith("."):
            yield block


def _source_of(block: Block) -> dict[str, str]:
    """Return source and version of a module, as in a plan."""
    names = {"source": "source", "version_constraint": "version"}
    found = {key: block.body.attribute(name) for key, name in names.items()}
    return {key: str(each.value) for key, each in found.items() if isinstance(each, Literal)}


def _replace_by_stub(fetched: list[Block], text: str, folder: Path) -> None:
    """Replace each of *fetched*, whose arguments have one line each, by an empty module in *folder*."""
    lines = text.splitlines()
    for block in fetched:
        for attribute in block.body.attributes:
            lines[attribute.line - 1] = f'source = "./{_STUB}"' if attribute.name == "source" else ""
    (folder / MAIN).write_text("\n".join(lines), encoding="utf-8")
    (folder / _STUB).mkdir()
    (folder / _STUB / MAIN).touch()


def _alias(block: Block) -> str | None:
    alias = block.body.attribute("alias")
    return str(alias.value) if isinstance(alias, Literal) else None


def _forget(override: dict[str, Any], document: dict[str, Any]) -> None:
    """Remove the arguments of *override* from the configuration in the plan."""
    configurations = document["configuration"].get("provider_config", {})
    for provider in override["provider"]["aws"]:
        configuration = configurations.get(f"aws.{provider['alias']}" if "alias" in provider else "aws", {})
        expressions = configuration.get("expressions", {})
        for name in provider.keys() - {"alias"}:
            expressions.pop(name, None)
        if not expressions:
            configuration.pop("expressions", None)


def _settle(document: dict[str, Any]) -> None:
    """Normalize the time and the order of `relevant_attributes`, which differ between runs."""
    document["timestamp"] = MADE_AT
    document.get("relevant_attributes", []).sort(key=json.dumps)
