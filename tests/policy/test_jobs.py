"""`--jobs`: several processes have the results of one."""

import json
import os

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.errors import InputError
from plainwork_policies.engine import registry
from plainwork_policies.engine.parallel import each
from tests.policy.small_policies import FAIL, UNKNOWN, a_policy, raises, yields

STACK = """\
terraform {
  backend "s3" {
    bucket = "state"
    key    = "same.tfstate"
    region = "eu-west-1"
  }
}

variable "encrypted" {
  type = bool
}

resource "aws_efs_file_system" "failed" {
  encrypted = false
}

resource "aws_efs_file_system" "unknown" {
  encrypted = var.encrypted
}
"""


@pytest.fixture
def check(tmp_path, monkeypatch):
    """`check(*arguments)`: exit code and JSON report of a check of twenty stacks with one state."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    for number in range(20):
        (tmp_path / f"stack{number:02}").mkdir()
        (tmp_path / f"stack{number:02}" / "main.tf").write_text(STACK)

    def check(*arguments):
        done = CliRunner().invoke(main, ["check", ".", "--format", "json", *arguments])
        return done.exit_code, json.loads(done.stdout)

    return check


@pytest.mark.parametrize("jobs", ["0", "2", "5"])
def test_the_report_is_that_of_one_process(check, jobs):
    exit_code, report = check("--jobs", jobs)
    assert (exit_code, report) == check()
    assert report["summary"]["stacks"] == 20
    assert {"PLW_BACKEND_009", "PLW_EFS_001"} <= {finding["policy"] for finding in report["findings"]}


def test_a_stack_that_cannot_be_read_and_a_policy_that_crashes_are_2(check, tmp_path, monkeypatch):
    (tmp_path / "stack07" / "main.tf").write_text("resource {")
    policies = (a_policy(raises(ValueError("x"))), a_policy(yields(FAIL, UNKNOWN), number=2, slug="other"))
    monkeypatch.setattr(registry, "entries", lambda: policies)
    exit_code, report = check("--jobs", "3")
    assert (exit_code, report) == check()
    assert (exit_code, len(report["errors"])) == (2, 1 + 19 * 2)


def test_a_variable_that_no_root_module_declares_is_an_error(check):
    assert check("--jobs", "2", "--var", "encrypted=false")[0] == 1
    exit_code, report = check("--jobs", "2", "--var", "encryptd=false")
    assert exit_code == 2
    assert report["errors"][0]["message"].startswith("--var encryptd: no root module declares")


def test_results_have_the_order_of_the_items():
    assert each(lambda item: item * 2, range(100), 4) == [item * 2 for item in range(100)]


def test_an_error_in_a_process_is_raised():
    def function(item):
        raise InputError(f"{item} is wrong")

    with pytest.raises(InputError, match="0 is wrong"):
        each(function, range(10), 2)


def test_a_process_that_ends_is_an_error():
    with pytest.raises(InputError, match="a process of --jobs ended before its work; use fewer jobs"):
        each(lambda _: os._exit(1), range(10), 2)
