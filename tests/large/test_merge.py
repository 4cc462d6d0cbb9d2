"""`plainwork merge`: the report of all shards is that of the whole run, or the exit code is 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from plainwork_policies.report.formats import FORMATS
from tests.large.conftest import SETTINGS, write_stack

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/report.schema.json").read_text())


def error(done):
    assert done.exit_code == 2, done.output
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("format_", FORMATS)
def test_the_report_is_that_of_the_whole_run(plainwork, shards, format_):
    whole = plainwork("check", ".", "--format", format_)
    joined = plainwork("merge", *shards(4), "--format", format_)
    assert (joined.exit_code, joined.stdout) == (whole.exit_code, whole.stdout)
    assert whole.exit_code == 1
    assert "invoices-e" in whole.stdout or format_ == "github", "the finding of an own policy in a module"


def test_the_order_of_the_results_does_not_matter(plainwork, shards):
    files = shards(3)
    assert plainwork("merge", *files).stdout == plainwork("merge", *reversed(files)).stdout


def test_the_report_of_a_shard_conforms_to_the_schema(shards):
    for file in shards(3):
        Draft202012Validator(SCHEMA).validate(json.loads(Path(file).read_text()))


def test_plans_with_changes_and_python_lines_are_joined(plainwork, shards):
    plans = Path(__file__).parents[1] / "generated" / "plans"
    for name in ("changes", "modules", "partial", "unknown"):
        Path(f"{name}.json").write_bytes((plans / name / "plan.json").read_bytes())
    whole = plainwork("check", ".", "--format", "json")
    assert '"actions": [' in whole.stdout
    assert plainwork("merge", *shards(3), "--format", "json").stdout == whole.stdout


def test_a_run_that_passes_is_0(plainwork, shards):
    files = shards(3, "--select", "efs-unencrypted", "--exclude", "a", "--exclude", "e", "--exclude", "f")
    assert plainwork("merge", *files).exit_code == 0


def test_a_secret_in_a_line_of_code_is_in_no_report(plainwork, shards, repository):
    arguments = ('identifier = "hunter22"', 'password = "hunter22"', "publicly_accessible = true")
    database = "\n  ".join(('resource "aws_db_instance" "main" {', *arguments)) + "\n}\n"
    (repository / "stacks/f/main.tf").write_text(database)
    files = shards(3)
    assert [file for file in files if "hunter22" in Path(file).read_text()] == []
    for name in FORMATS:
        assert "hunter22" not in plainwork("merge", *files, "--format", name).stdout


def test_a_missing_shard_is_2(plainwork, shards):
    first, second, third, fourth = shards(4)
    assert "shard 2 of 4 is missing; pass the report of each" in error(plainwork("merge", first, third, fourth))
    assert "shards 1, 3, 4 of 4 are missing" in error(plainwork("merge", second))


def test_a_shard_given_twice_is_2(plainwork, shards, repository):
    first, second = shards(2)
    assert f"{first}: passed twice" in error(plainwork("merge", first, second, first))
    (repository / "copy.json").write_text(Path(first).read_text())
    assert f"copy.json: shard 1/2, as {first}" in error(plainwork("merge", first, "copy.json", second))


def test_a_shard_that_is_cut_off_is_2(plainwork, shards):
    first, second = shards(2)
    text = Path(first).read_text()
    for length in (0, 1, len(text) // 2, len(text) - 3):
        Path(first).write_text(text[:length])
        assert f"{first}: cannot be read as JSON, or is cut off" in error(plainwork("merge", first, second))


@pytest.mark.parametrize("content", ["[]", "1", "{}", '{"findings": [], "summary": {}}', '{"shard": 1}'])
def test_a_file_that_is_no_report_of_a_shard_is_2(plainwork, shards, content):
    first, second = shards(2)
    Path(first).write_text(content)
    assert f"{first}: " in error(plainwork("merge", second, first))


def test_the_report_of_a_whole_run_is_2(plainwork, shards):
    first, _ = shards(2)
    plainwork("check", ".", "--format", "json=whole.json")
    assert "whole.json: not the report of a shard" in error(plainwork("merge", first, "whole.json"))


def test_a_shard_without_a_result_is_2_with_its_error(plainwork, shards):
    first, second = shards(2)
    plainwork("check", ".", "--shard", "2/2", "--select", "unknown-policy", "--format", f"json={second}")
    assert "its run ended with: --select: unknown policy 'unknown-policy'" in error(plainwork("merge", first, second))


def test_a_file_that_does_not_exist_is_2(plainwork, shards):
    assert "missing.json: cannot be read" in error(plainwork("merge", *shards(2), "missing.json"))


def test_other_versions_totals_settings_policies_and_stacks_are_2(plainwork, shards, repository):
    first, second = shards(2)
    again = ("check", ".", "--shard", "2/2", "--format", f"json={second}")

    def message(*arguments):
        plainwork(*again, *arguments)
        return error(plainwork("merge", first, second))

    assert f"{second}: other settings or options than {first}" in message("--var", "encrypted=true")
    assert "other settings or options" in message("--fail-on", "high")
    assert "other settings or options" in message("--select", "efs")
    plainwork("check", ".", "--shard", "2/3", "--format", f"json={second}")
    assert f"{second}: shard 2/3, and {first} is shard 1/2" in error(plainwork("merge", first, second))
    assert f"{second}: other paths than {first}" in message("stacks")
    rule = repository / "policies/queues.py"
    rule.write_text(rule.read_text().replace("orders-", "sales-"))
    assert "other policies" in message()
    rule.write_text(rule.read_text().replace("sales-", "orders-"))
    write_stack("g", "g", "passed", "true")
    assert "another number of stacks" in message()


def test_another_version_is_2(plainwork, shards):
    first, second = shards(2)
    found = json.loads(Path(second).read_text())
    Path(second).write_text(json.dumps({**found, "plainwork_version": "0.0.1"}))
    assert f"{second}: a report of plainwork 0.0.1" in error(plainwork("merge", first, second))


def test_damaged_results_are_2(plainwork, shards):
    first, second = shards(2)
    found = json.loads(Path(second).read_text())
    results = found["shard"]["results"]
    for damaged in (
        {"results": results[1:]},
        {"results": [{**results[0], "checked": [["PLW_EFS_001", "0-999999999"]]}]},
        {"results": [{**results[0], "subjects": []}]},
        {"results": [{**results[0], "others": [[9999, "failed", []]]}]},
        {"results": [{**results[0], "position": 0}]},
        {"results": None},
        {"own_policies": []},
        {"own_policies": [{"id": "PLW_EFS_001"}]},
        {"number": 3},
        {"selections": []},
    ):
        Path(second).write_text(json.dumps({**found, "shard": {**found["shard"], **damaged}}))
        assert error(plainwork("merge", first, second)), damaged


def test_an_input_that_cannot_be_read_is_2_and_reported_once(plainwork, shards, repository):
    (repository / "stacks/a/main.tf").write_text("resource {")
    done = plainwork("merge", *shards(3))
    assert error(done).count("ERROR") == 1
    assert done.stdout == plainwork("check", ".").stdout


def test_a_waiver_without_a_finding_in_any_shard_is_2(plainwork, shards, repository):
    assert all("matches no finding" not in Path(file).read_text() for file in shards(3))
    settings = SETTINGS.replace('path = "stacks/d"', 'path = "stacks/c"')
    (repository / "plainwork.toml").write_text(settings)
    files = shards(3)
    assert all("matches no finding" not in Path(file).read_text() for file in files)
    assert "matches no finding" in error(plainwork("merge", *files))


def test_merge_compares_with_a_baseline_as_a_whole_run_does(plainwork, report, shards):
    plainwork("baseline", ".", "--output", "baseline.json")
    assert plainwork("merge", *shards(3), "--against", "baseline.json").exit_code == 0
    write_stack("a", "a", "failed", "true")
    write_stack("c", "c", "passed", "false")
    Path("stacks/f").rename("stacks/renamed")
    joined = report("merge", *shards(3), "--against", "baseline.json")
    assert joined == report("check", ".", "--against", "baseline.json")
    numbers = {state: joined["comparison"][state] for state in ("new", "worse", "fixed")}
    assert numbers == {"new": 1, "worse": 0, "fixed": 1}, "a renamed stack is the same"
    assert joined["summary"]["exit_code"] == 1


def test_merge_compares_with_a_joined_report(plainwork, report, shards):
    plainwork("merge", *shards(3), "--format", "json=base.json")
    assert report("merge", *shards(2), "--against", "base.json")["comparison"]["new"] == 0


@pytest.mark.parametrize("base", ["main", "stacks", "missing.json", "plainwork.toml"])
def test_another_base_is_2(plainwork, shards, base):
    assert f"--against: {base} is " in error(plainwork("merge", *shards(2), "--against", base))


def test_merge_without_a_result_is_2(plainwork):
    assert plainwork("merge").exit_code == 2
