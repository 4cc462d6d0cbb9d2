"""The review of plans of the reference application over what is deployed, in the browser and as a comment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.report.as_markdown import MAX_LENGTH
from stacks import checkout
from tests.support.aws_server import aws_server
from tests.support.browser import CHROMIUM, Browser, Page, running_browser
from tests.support.review_plans import deployed_application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.terraform import Terraform

pytestmark = [pytest.mark.proof, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
Reviews = Callable[[str], tuple[Path, Path, Page]]
MAX_IO = {"performance_mode": "maxIO", "throughput_mode": "bursting", "lifecycle": {"prevent_destroy": False}}
QUEUES = """\
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_sns_topic" "orders" {
  name = "orders"
}
"""
HEAD = """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> dict[str, tuple[Path, Path]]:
    """The plan and the directory of the HCL of each case."""
    directory = tmp_path_factory.mktemp("application")
    found = {}
    with deployed_application(directory, terraform) as (application, vpc), pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkout, "CANARY_PERCENT", 25)
        application.synthesize(vpc)
        application.override({})
        found["canary"] = application.planned("canary")
        patch.undo()
        application.synthesize(vpc)
        application.edit('"Owner": "platform"', '"Owner": "payments"')
        application.override({"resource": {"aws_efs_file_system": {"files": MAX_IO}}})
        found["tags"] = application.planned("tags")
        application.synthesize(vpc)
        application.override({"resource": {"aws_elasticache_replication_group": {"cache": {"engine_version": "9.0"}}}})
        found["upgrade"] = application.planned("upgrade")
    found["ejection"] = _ejection(tmp_path_factory.mktemp("ejection"), terraform)
    return found


def _ejection(directory: Path, terraform: Terraform) -> tuple[Path, Path]:
    """Deploy a module, eject it, and plan the moves."""
    with aws_server() as server:
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        module = directory / "orders"
        module.mkdir()
        (module / "main.tf").write_text(QUEUES, encoding="utf-8")
        call = f'{HEAD}module "orders" {{\n  source = "./orders"\n}}\n'
        (directory / "main.tf").write_text(call, encoding="utf-8")
        reaching.init(directory)
        reaching.apply(directory)
        done = CliRunner().invoke(main, ["eject", str(directory), "--all"])
        assert done.exit_code == 0, done.output
        plan = directory / "plan.json"
        plan.write_text(json.dumps(reaching.plan(directory)), encoding="utf-8")
    return plan, directory


@pytest.fixture
def reviews(plans: dict[str, tuple[Path, Path]], browser: Browser, tmp_path: Path) -> Reviews:
    """`reviews(case)`: the page and the comment of a plan, and a tab."""

    def make(case: str) -> tuple[Path, Path, Page]:
        plan, source = plans[case]
        page, comment = tmp_path / "review.html", tmp_path / "review.md"
        forms = ("--format", f"html={page}", "--format", f"markdown={comment}")
        done = CliRunner().invoke(main, ["review", str(plan), "--source", str(source), *forms])
        assert done.exit_code == 0, done.output
        return page, comment, browser.page()

    return make


@pytest.mark.parametrize(
    ("case", "question", "first"),
    [
        ("canary", "Approve the canary step: rollout 5 % -> 25 %?", "rollout 5 % -> 25 %"),
        ("tags", "Approve the deletion of data that must then be restored?", "aws_efs_file_system.files"),
        ("ejection", "Approve 3 moves of addresses?", ""),
        ("upgrade", "Approve the version upgrade", "engine_version changes from 8.1 to 9.0"),
    ],
)
def test_the_riskiest_change_is_on_the_first_screen(reviews: Reviews, case: str, question: str, first: str) -> None:
    page, comment, tab = reviews(case)
    assert len(comment.read_text(encoding="utf-8")) < MAX_LENGTH
    tab.open(page)
    decision = tab.run("document.querySelector('.decision h1').innerText")
    visible = (
        "[...document.querySelectorAll('.card')].filter(one => one.getBoundingClientRect().top < innerHeight - 40)"
    )
    cards = tab.run(f"{visible}.map(one => one.innerText)")
    tab.close()
    assert decision.startswith(question)
    assert first in "".join(cards[:1]).replace("\n", " ")


def test_forty_tag_changes_are_a_number(plans: dict[str, tuple[Path, Path]]) -> None:
    done = CliRunner().invoke(main, ["review", str(plans["tags"][0]), "--source", str(plans["tags"][1])])
    tags = next(line for line in done.output.splitlines() if "Tags only" in line)
    assert int(tags.split()[0]) >= 40
    assert "construct      FileSystem files" in done.output


def test_the_step_of_the_canary_has_its_python_line(plans: dict[str, tuple[Path, Path]]) -> None:
    done = CliRunner().invoke(main, ["review", str(plans["canary"][0]), "--source", str(plans["canary"][1])])
    rule = next(line for line in done.output.splitlines() if "update    aws_lb_listener_rule.rollout" in line)
    assert "stacks/checkout.py:" in rule
