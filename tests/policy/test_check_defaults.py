"""What `plainwork check` checks without a path, and which policies a pattern selects."""

import json

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.errors import InputError
from plainwork_policies.engine.registry import by_pattern

TABLE = 'resource "aws_efs_file_system" "files" {}\n'


@pytest.fixture
def check(tmp_path, monkeypatch):
    """`check(*options)`: the JSON report of a check in the directory of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    return lambda *options: json.loads(CliRunner().invoke(main, ["check", "--format", "json", *options]).output)


def test_without_a_path_the_working_directory_is_checked(check, tmp_path):
    (tmp_path / "main.tf").write_text(TABLE)
    assert check()["summary"]["formats"] == {"hcl": 1}


def test_without_a_path_the_output_of_cdktf_is_checked_alone(check, tmp_path):
    (tmp_path / "main.tf").write_text(TABLE)
    (tmp_path / "cdktf.out").mkdir()
    (tmp_path / "cdktf.out" / "cdk.tf.json").write_text('{"resource": {"aws_sqs_queue": {"q": {"name": "q"}}}}')
    assert check()["summary"]["formats"] == {"cdktf": 1}
    assert check(".")["summary"]["formats"] == {"cdktf": 1, "hcl": 1}


def test_without_a_path_an_empty_directory_is_an_error(check):
    report = check()
    assert report["summary"]["exit_code"] == 2
    assert "no *.tf, *.tf.json, CDKTF output or plan JSON found" in report["errors"][0]["message"]


def test_a_pattern_selects_policies_by_id_slug_and_former_slug(check, tmp_path):
    (tmp_path / "main.tf").write_text(TABLE)
    efs = {policy.id for policy in by_pattern("PLW_EFS_*")}
    assert len(efs) > 5
    assert {policy.id for policy in by_pattern("plw_efs_*")} == efs
    assert "PLW_EFS_001" in {policy.id for policy in by_pattern("efs-unencr*")}
    assert check("--select", "PLW_EFS_0??", "--select", "efs-*")["summary"]["policies"] >= len(efs)


def test_a_pattern_without_a_policy_is_an_error():
    with pytest.raises(InputError, match=r"no policy matches 'PLW_NONE_\*'; `plainwork policies` lists all"):
        by_pattern("PLW_NONE_*")
