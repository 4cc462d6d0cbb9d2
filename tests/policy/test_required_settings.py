"""Policies that check what a team decides: not evaluated until their setting is set, and named once in each report."""

import json

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.engine.registry import entries, policies, settings_tables
from plainwork_policies.engine.settings import Settings, settings_class
from tests.support.settings import TEAM

HCL = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
  backend "s3" {
    bucket       = "acme-dev"
    key          = "prod/final.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
    encrypt      = true
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_sqs_queue" "orders" {
  tags = { owner = "", env = "production" }
}
"""
CALL = 'provider "aws" {}\nmodule "queue" {\n  source = "../queue"\n}\n'
REGIONS = '[regions]\nallowed = ["eu-west-1"]\n'


@pytest.fixture
def check(tmp_path, monkeypatch):
    """`check(hcl, *options, settings=...)`: exit code and output of `plainwork check` on one stack."""
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)

    def check(hcl, *options, settings=""):
        (tmp_path / "stack").mkdir()
        (tmp_path / "stack" / "main.tf").write_text(hcl)
        (tmp_path / "plainwork.toml").write_text(settings)
        done = CliRunner().invoke(main, ["check", "stack", *options])
        return done.exit_code, done.output

    return check


def test_a_first_run_fails_nothing_that_a_team_decides(check):
    exit_code, output = check(HCL)
    assert (exit_code, output.count("  LOW "), output.count("  MEDIUM ")) == (0, 0, 0)
    listed = (
        "[backends] environments, [backends] key_pattern, [regions] allowed, [tags] allowed_values, [tags] required"
    )
    assert " ".join(output.split()).endswith(f"6 policies require a setting ({listed}): run `plainwork init`.")


def test_a_module_call_may_be_nested_too_deep_by_the_decision_of_a_team(check):
    assert (
        "2 policies require a setting ([modules] max_depth, [modules] min_uses)"
        in check(CALL, "--select", "PLW_MODULE_*")[1]
    )


def test_the_policies_are_a_field_of_the_json_report(check):
    _, output = check(HCL, "--format", "json", "--select", "region-not-allowed", "--select", "tag-required-missing")
    report = json.loads(output)
    assert report["summary"]["settings_required"] == [
        {"policy": "PLW_REGION_001", "slug": "region-not-allowed", "setting": "[regions] allowed"},
        {"policy": "PLW_TAG_001", "slug": "tag-required-missing", "setting": "[tags] required"},
    ]
    assert (report["summary"]["results"], report["findings"]) == (0, [])


def test_a_policy_with_its_setting_is_evaluated(check):
    _, output = check(HCL, "--format", "json", "--select", "region-not-allowed", settings=REGIONS)
    assert json.loads(output)["summary"]["settings_required"] == []
    assert json.loads(output)["summary"]["passed"] == 1


def test_one_of_several_settings_is_enough(check):
    settings = '[tags.allowed_values]\nenv = ["dev", "prod"]\n'
    exit_code, output = check(HCL, "--select", "tag-value-not-allowed", settings=settings)
    assert (exit_code, "require" in output) == (1, False)


def test_a_policy_without_a_subject_is_not_named(check):
    _, output = check('provider "google" {}\n', "--select", "region-not-allowed")
    assert "require" not in output


@pytest.mark.parametrize(("settings", "exit_code"), [("", 1), (REGIONS, 0)])
def test_it_counts_as_not_evaluated_for_the_exit_code(settings, exit_code, check):
    options = ("--select", "region-not-allowed", "--fail-on", "not-evaluated")
    assert check(HCL, *options, settings=settings)[0] == exit_code


def test_the_defaults_have_none_of_the_required_settings_and_the_examples_have_all():
    required = {entry.slug for entry in entries() if entry.requires}
    assert {policy.slug for policy in policies() if policy.missing_setting(Settings())} == required
    assert not [policy.slug for policy in policies() if policy.missing_setting(TEAM)]


def test_every_required_setting_is_a_key_without_a_default():
    for package, _ in settings_tables().values():
        table = settings_class(package)()
        required = {key for entry in entries() if entry.module.startswith(f"{package}.") for key in entry.requires}
        assert [key for key in required if getattr(table, key) not in (None, (), {})] == []
