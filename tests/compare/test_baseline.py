"""`plainwork baseline`: an existing repository passes, and only what is added fails."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.report.formats import FORMATS
from tests.compare.conftest import error, file_system, numbers, states

FILE = "plainwork-baseline.json"
A, B = file_system("a"), file_system("b")
LIVE = "".join(file_system(f"files{number}") for number in range(50))
FAILURES = {
    "text": r"HIGH  ",
    "json": r'"state": "new"',
    "markdown": r"### HIGH",
    "sarif": r'"baselineState": "new"',
    "sarif-failed": r'"kind": "fail"',
    "junit": r"<failure ",
    "github": r"::error ",
    "gitlab": r'"severity": "critical"',
}
"""What each report has once for each failure that fails the run."""


def lines():
    return Path(FILE).read_text().splitlines()


def test_a_repository_of_500_findings_passes_and_one_added_finding_fails_alone(write, check, baseline):
    stacks = [f"stacks/{name}" for name in "abcdefghij"]
    write(dict.fromkeys(stacks, LIVE))
    assert baseline() == f"{FILE}: 500 findings in 10 stacks\n"
    assert check(".", "--against", FILE)["summary"]["exit_code"] == 0
    moves = "".join(
        f"moved {{\n  from = aws_efs_file_system.files{number}\n  to = aws_efs_file_system.moved{number}\n}}\n"
        for number in range(10)
    )
    write({"stacks/a": re.sub(r'"files(\d)"', r'"moved\1"', LIVE) + moves, "stacks/b": LIVE + file_system("added")})
    report = check(".", "--against", FILE)
    assert (numbers(report), report["summary"]["exit_code"]) == ((1, 0, 500, 0), 1)
    assert [key for key, state in states(report).items() if state == "new"] == [
        ("stacks/b", "aws_efs_file_system.added")
    ]
    for format_ in FORMATS:
        options = ["--select", "PLW_EFS_001", "--against", FILE, "--format", format_]
        done = CliRunner().invoke(main, ["check", ".", *options])
        assert (done.exit_code, len(re.findall(FAILURES[format_], done.stdout))) == (1, 1), format_


def test_the_file_has_one_line_for_each_finding_in_one_order(write, baseline):
    write({"live": B + A})
    baseline()
    found = [json.loads(line.rstrip(",")) for line in lines() if "efs-unencrypted" in line]
    assert [finding["address"] for finding in found] == ["aws_efs_file_system.a", "aws_efs_file_system.b"]
    before = lines()
    write({"live": "\n" + A + B})
    assert baseline() == f"{FILE}: 2 findings in 1 stack; 0 added, 0 removed\n"
    assert lines() == before


def test_the_file_is_written_again_with_what_is_added_and_removed(write, check, baseline):
    write({"live": A})
    baseline()
    write({"live": B})
    assert baseline() == f"{FILE}: 1 finding in 1 stack; 1 added, 1 removed\n"
    assert check(".", "--against", FILE)["summary"]["exit_code"] == 0


def test_a_part_of_the_repository_is_compared_with_its_part_of_the_file(write, check, baseline):
    write({"live": A, "other": A})
    baseline()
    assert numbers(check("live", "--against", FILE)) == (0, 0, 1, 0)


def test_a_stack_that_is_removed_is_fixed(write, check, baseline, repository):
    write({"live": A, "other": B})
    baseline()
    write({"other": None})
    (repository / "other").rmdir()
    assert numbers(check(".", "--against", FILE)) == (0, 0, 1, 1)


def test_what_passed_must_not_become_not_evaluated(write, check, baseline):
    write({"live": file_system("a", "encrypted = true")})
    baseline()
    write({"live": 'variable "e" {\n  type = bool\n}\n' + file_system("a", "encrypted = var.e")})
    assert numbers(check(".", "--against", FILE)) == (0, 1, 0, 0)


def without(policy):
    """Write the file of a plainwork that does not have *policy*."""
    kept = [line for line in lines() if policy not in line]
    Path(FILE).write_text("\n".join(kept).replace(",\n]", "\n]") + "\n")


BOTH = "PLW_EFS_001,PLW_EFS_002"


def test_findings_of_a_policy_that_the_file_does_not_know_are_listed_and_do_not_fail(write, check, baseline):
    write({"live": A})
    baseline(select=BOTH)
    without("PLW_EFS_002")
    report = check(".", "--against", FILE, select=BOTH)
    assert report["summary"]["exit_code"] == 0
    assert report["comparison"]["new_policies"] == ["PLW_EFS_002"]
    assert {finding["policy"]: finding["state"] for finding in report["findings"]} == {
        "PLW_EFS_001": "old",
        "PLW_EFS_002": "new_policy",
    }


def test_update_rules_adds_the_findings_of_new_policies_only(write, check, baseline):
    write({"live": A})
    baseline(select=BOTH)
    without("PLW_EFS_002")
    write({"live": A + B})
    assert baseline("--update-rules", select=BOTH) == f"{FILE}: 3 findings in 1 stack; 2 added, 0 removed\n"
    report = check(".", "--against", FILE, select=BOTH)
    assert numbers(report) == (1, 0, 3, 0)
    write({"live": A + B + file_system("c")})
    assert numbers(check(".", "--against", FILE, select="PLW_EFS_002")) == (1, 0, 2, 0)


def test_update_rules_requires_a_file(write, baseline):
    write({"live": A})
    assert f"{FILE}: cannot be read as a baseline" in baseline("--update-rules", exit_code=2)


SECRET = (
    'resource "aws_elasticache_user" "u" {\n  user_id = "u"\n  user_name = "u"\n  engine = "redis"\n'
    '  access_string = "on ~* +@all"\n  passwords = ["a-password-of-the-team"]\n}\n'
)


def test_the_file_has_no_secret(write, check, baseline):
    write({"live": SECRET})
    baseline(select="ALL")
    text = Path(FILE).read_text()
    assert "elasticache-hardcoded-password" in text
    assert "a-password-of-the-team" not in text
    assert check(".", "--against", FILE, select="ALL")["summary"]["exit_code"] == 0


def test_a_long_value_is_a_digest(write, baseline):
    write({"live": file_system("a", f'tags = {{ Env = "{"x" * 250}" }}')})
    Path("plainwork.toml").write_text('[tags.allowed_values]\nEnv = ["prod"]')
    baseline(select="tag-value-not-allowed")
    assert re.search(r'"value": "sha256:[0-9a-f]{16}"', Path(FILE).read_text())


def test_a_run_with_an_error_writes_nothing(write, baseline):
    write({"live": A, "broken": "resource {"})
    assert "plainwork-baseline.json is not written, because findings may be missing" in baseline(exit_code=2)
    assert not Path(FILE).exists()


def test_another_file_is_not_overwritten(write, baseline, repository):
    write({"live": A})
    (repository / "package.json").write_text("{}")
    assert "package.json: not a baseline" in baseline("--output", "package.json", exit_code=2)
    assert (repository / "package.json").read_text() == "{}"


DAMAGED = {
    "truncated": lambda text: text[:200],
    "a merge conflict": lambda text: text.replace('"checked"', '<<<<<<< HEAD\n"checked"'),
    "another version": lambda text: text.replace('"baseline_version": 1', '"baseline_version": 2'),
    "a finding without an address": lambda text: text.replace('"address"', '"adress"'),
    "an unknown severity": lambda text: text.replace('"high"', '"hgih"'),
    "no policies": lambda text: text.replace('"policies"', '"policy"'),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_2(write, check, baseline, damage):
    write({"live": A})
    baseline()
    Path(FILE).write_text(damage(Path(FILE).read_text()))
    assert FILE in error(check(".", "--against", FILE))


def test_the_file_is_no_input(write, baseline, check):
    write({"live": A})
    baseline("--output", "live/plan-baseline.json")
    assert check(".")["summary"]["formats"] == {"hcl": 1}
