"""A repository of several stacks, whose results are compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from tests.support.own_rule import RULE

SETTINGS = """\
own_policies = ["policies"]

[modules]
min_uses = 2

[[waivers]]
policy = "efs-unencrypted"
address = "aws_efs_file_system.waived"
path = "stacks/d"
reason = "the data is public"
owner = "platform"
expires = 2099-01-01
"""
STACK = """\
terraform {{
  backend "s3" {{
    bucket = "state"
    key    = "{key}.tfstate"
    region = "eu-west-1"
  }}
}}

provider "aws" {{
  region = "eu-west-1"
}}

variable "encrypted" {{
  type = bool
}}

resource "aws_efs_file_system" "{name}" {{
  encrypted = {encrypted}
}}

module "queue" {{
  source = "../../modules/queue"
  name   = "invoices-{key}"
}}

module "registry" {{
  source  = "terraform-aws-modules/s3-bucket/aws"
  version = "4.1.0"
}}
"""
MODULE = 'variable "name" {}\n\nresource "aws_sqs_queue" "this" {\n  name = var.name\n}\n'
STACKS = {
    "a": ("a", "failed", "false"),
    "b": ("a", "unknown", "var.encrypted"),
    "c": ("c", "passed", "true"),
    "d": ("d", "waived", "false"),
    "e": ("e", "failed", "false"),
    "f": ("f", "failed", "false"),
}
"""The state, the file system and its encryption, by name of the stack; *a* and *b* have one state."""

Command = Callable[..., Result]


def write_stack(name: str, key: str, resource: str, encrypted: str) -> None:
    directory = Path("stacks", name)
    directory.mkdir(parents=True, exist_ok=True)
    text = STACK.format(key=key, name=resource, encrypted=encrypted)
    (directory / "main.tf").write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with the stacks, a module, an own policy and settings."""
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    for variable in ("PLAINWORK_CONFIG", "PLAINWORK_CACHE_DIR", "FORCE_COLOR", "CI"):
        monkeypatch.delenv(variable, raising=False)
    for name, cells in STACKS.items():
        write_stack(name, *cells)
    for file, text in (("policies/queues.py", RULE), ("modules/queue/main.tf", MODULE), ("plainwork.toml", SETTINGS)):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def plainwork(repository: Path) -> Command:  # noqa: ARG001  its working directory
    """`plainwork("check", ".")`: the result of a command."""
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def report(plainwork: Command) -> Callable[..., dict]:
    """`report("check", ".")`: the JSON report of a command."""
    return lambda *arguments: json.loads(plainwork(*arguments, "--format", "json").stdout)


@pytest.fixture
def shards(plainwork: Command) -> Callable[..., list[str]]:
    """`shards(3)`: the files with the reports of all shards of a check."""

    def shards(total: int, *arguments: str) -> list[str]:
        files = [f"../shard-{number}.json" for number in range(1, total + 1)]
        for number, file in enumerate(files, 1):
            plainwork("check", ".", *arguments, "--shard", f"{number}/{total}", "--format", f"json={file}")
        return files

    return shards
