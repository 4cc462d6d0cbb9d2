"""A root module with one call, and what its ejection writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from tests.support.plan_documents import change, plan

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n\n'


@dataclass(frozen=True)
class Root:
    """A root module in a directory."""

    directory: Path

    def write(self, **files: str) -> None:
        """Write `files`, whose names have `__` for `/`, each ending with `.tf`."""
        for name, text in files.items():
            file = self.directory / f"{name.replace('__', '/')}.tf"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def eject(self, *arguments: str) -> Result:
        """Run `plainwork eject` on the directory."""
        return CliRunner().invoke(main, ["eject", str(self.directory), *(arguments or ("--all",))])

    def plan(self, *addresses: str, **members: Any) -> str:
        """Write a plan without changes, with *members* of the document, and return its path."""
        document = plan(*(change("none", address) for address in addresses), **members)
        return self._written("plan.json", json.dumps(document))

    def state(self, *addresses: str) -> str:
        """Write the output of `terraform state list`, and return its path."""
        return self._written("state.txt", "".join(f"{address}\n" for address in addresses))

    def _written(self, name: str, text: str) -> str:
        (self.directory / name).write_text(text, encoding="utf-8")
        return str(self.directory / name)

    def text(self, name: str) -> str:
        """Return the content of a file."""
        return (self.directory / name).read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


@pytest.fixture
def resources(root: Root) -> Callable[..., str]:
    """`resources(module, arguments="", root_text="")`: what a call of `module` becomes, without the moves."""

    def resources(module: str, arguments: str = "", root_text: str = "") -> str:
        call = f'module "net" {{\n  source = "./net"\n{arguments}}}\n'
        root.write(main=f"{PROVIDER}{root_text}{call}", net__main=module)
        done = root.eject()
        assert done.exit_code == 0, done.output
        return root.text("net.tf").partition("moved {")[0].rstrip() + "\n"

    return resources
