"""The backend and the versions of providers and modules, compared with another revision."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from tests.ci.conftest import commit, git
from tests.support.plan_documents import plan

Compare = Callable[..., Result]
HCL = """\
terraform {{
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "{version}"
    }}
  }}
  backend "s3" {{
    bucket       = "states"
    key          = "{key}"
    encrypt      = true
    use_lockfile = true
    {credential}
  }}
}}
provider "aws" {{}}
"""
PLAN = plan(configuration={"provider_config": {"aws": {"name": "aws"}}, "root_module": {}})


@pytest.fixture
def compare(directory: Path) -> Compare:
    """`compare(before, after)`: the review of a plan without changes, with the HCL of two revisions."""

    def write(**values: Any) -> None:
        settings = {"version": "5.90.0", "key": "prod/network.tfstate", "credential": "", **values}
        Path("main.tf").write_text(HCL.format(**settings), encoding="utf-8")

    def make(before: dict[str, str], after: dict[str, str], *arguments: str) -> Result:
        write(**before)
        git(directory, "init", "--quiet")
        commit(directory)
        write(**after)
        Path("plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
        return CliRunner().invoke(main, ["review", "plan.json", "--source", ".", "--against", "HEAD", *arguments])

    return make


def test_another_key_of_the_backend_moves_the_state(compare: Compare) -> None:
    done = compare({}, {"key": "prod/shop.tfstate"})
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Approve the move of the state?\nUpdates 1 backend, which moves the state.\n"), (
        done.output
    )
    assert "`backend.key`: `prod/network.tfstate` -> `prod/shop.tfstate`" in done.output
    assert "Run `terraform init -migrate-state` before the plan" in done.output


def test_another_version_of_a_provider_is_no_move(compare: Compare) -> None:
    done = compare({}, {"version": "6.2.0"})
    assert "~ required_providers.aws: 5.90.0 -> 6.2.0" in done.output
    assert done.output.startswith("Nothing to approve."), done.output


def test_a_credential_of_the_backend_is_not_shown(compare: Compare) -> None:
    secrets = ("hunter2hunter2", "correct-horse")
    done = compare(*({"credential": f'access_key = "{secret}"'} for secret in secrets))
    assert "~ backend.access_key: (sensitive) -> (sensitive)" in done.output
    assert "hunter2" not in done.output
    assert "correct-horse" not in done.output


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_each_form_has_the_configuration(compare: Compare, form: str) -> None:
    done = compare({}, {"version": "6.2.0"}, "--format", form)
    assert "required_providers.aws" in done.output.replace("<wbr>", "")


def test_the_same_configuration_is_not_shown(compare: Compare) -> None:
    assert "configuration" not in compare({}, {}).output
