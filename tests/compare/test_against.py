"""`plainwork check --against BASE`: what a base may be, and what each one must have."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.compare.conftest import error, file_system, git, numbers, states

A, B = file_system("a"), file_system("b")
PLANS = Path(__file__).parents[1] / "generated" / "plans"


def temporary_files(directory):
    return list(directory.glob("plainwork-*"))


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory, monkeypatch):
    directory = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(directory))
    monkeypatch.setattr("tempfile.tempdir", str(directory))
    return directory


def test_only_what_a_revision_does_not_have_fails(commit, write, check, temporary):
    commit({"live": A})
    assert (check(".", "--against", "main")["summary"]["exit_code"], temporary_files(temporary)) == (0, [])
    write({"live": A + B})
    report = check(".", "--against", "main")
    assert report["summary"]["exit_code"] == 1
    assert states(report) == {
        ("live", "aws_efs_file_system.a"): "old",
        ("live", "aws_efs_file_system.b"): "new",
    }
    assert temporary_files(temporary) == []


def test_what_is_gone_is_fixed(commit, write, check):
    commit({"live": A + B})
    write({"live": A + file_system("b", "encrypted = true")})
    report = check("live", "--against", "HEAD")
    assert numbers(report) == (0, 0, 1, 1)
    assert report["comparison"]["fixed_findings"][0]["address"] == "aws_efs_file_system.b"


def test_three_dots_are_the_last_common_commit(commit, check):
    commit({"live": A})
    git("branch", "work")
    commit({"live": "\n"})
    git("checkout", "--quiet", "work")
    assert numbers(check("live", "--against", "main")) == (1, 0, 0, 0)
    assert numbers(check("live", "--against", "main...")) == (0, 0, 1, 0)


def test_a_revision_is_compared_from_a_directory_below_the_root(commit, write, check, monkeypatch):
    commit({"live": A, "other": A})
    write({"live": A + B})
    monkeypatch.chdir("live")
    assert numbers(check(".", "--against", "main")) == (1, 0, 1, 0)


def test_a_stack_that_the_revision_does_not_have_is_new(commit, write, check):
    commit({"live": A})
    write({"added": A})
    assert numbers(check("added", "--against", "main")) == (1, 0, 0, 0)


def test_the_settings_of_paths_apply_to_the_revision(commit, check, repository):
    (repository / "plainwork.toml").write_text('exclude = ["old"]\n[paths."legacy/**"]\nignore = ["efs-unencrypted"]')
    commit({"live": A, "legacy": A, "old": A})
    assert numbers(check(".", "--against", "main")) == (0, 0, 1, 0)


def test_a_revision_leaves_the_repository_as_it_is(commit, write, check):
    commit({"live": A})
    write({"live": A + B})
    git("add", "--all")
    before = subprocess.run(["git", "status", "--porcelain=v2"], check=True, capture_output=True).stdout
    check(".", "--against", "main")
    assert subprocess.run(["git", "status", "--porcelain=v2"], check=True, capture_output=True).stdout == before
    assert not Path(".git/worktrees").exists()


def test_a_directory_is_another_version_of_the_path(write, check):
    write({"base/live": A, "now/live": A + B})
    assert numbers(check("now", "--against", "base")) == (1, 0, 1, 0)
    assert "is another version of one PATH" in error(check("now", "base", "--against", "base"))


def test_a_plan_is_compared_with_a_plan(check):
    plan = str(PLANS / "modules" / "plan.json")
    for number in (1, 2):
        Path(f"plan{number}.json").write_bytes(Path(plan).read_bytes())
    report = check("plan2.json", "--against", "plan1.json", select="ALL")
    assert set(states(report).values()) <= {"old"}
    assert (numbers(report)[0], numbers(report)[3]) == (0, 0)


def test_a_saved_report_is_a_base(write, check):
    write({"live": A})
    Path("base.json").write_text(json.dumps(check(".")))
    write({"live": A + B})
    assert numbers(check(".", "--against", "base.json")) == (1, 0, 1, 0)


def test_a_new_file_of_json_is_new(commit, check, repository):
    commit({"live": A})
    (repository / "new").mkdir()
    (repository / "new" / "main.tf.json").write_text(
        '{"resource": {"aws_efs_file_system": {"a": {"encrypted": false}}}}'
    )
    assert numbers(check("new/main.tf.json", "--against", "main")) == (1, 0, 0, 0)


def test_a_plan_with_its_source_is_compared_with_a_saved_base_only(write, check, repository):
    write({"live": A})
    for name in ("now.json", "base.json"):
        (repository / name).write_bytes((PLANS / "modules" / "plan.json").read_bytes())
    message = error(check("now.json", "--source", "live", "--against", "base.json"))
    assert "base.json has no --source of its own; compare with a baseline or a saved report" in message


VARIABLE = 'variable "e" {\n  type = bool\n}\n' + file_system("a", "encrypted = var.e")


def test_a_revision_has_its_own_files_of_variables(commit, check, repository):
    (repository / "prod.tfvars").write_text("e = false\n")
    commit({"live": VARIABLE})
    assert numbers(check("live", "--var-file", "prod.tfvars", "--against", "main")) == (0, 0, 1, 0)
    (repository / "prod.tfvars").write_text("e = true\n")
    assert numbers(check("live", "--var-file", "prod.tfvars", "--against", "main")) == (0, 0, 0, 1)


def test_a_revision_may_lack_a_variable(commit, write, check):
    commit({"live": A})
    write({"live": VARIABLE})
    assert numbers(check("live", "--var", "e=false", "--against", "main")) == (0, 0, 1, 0)


INVALID = {
    "a revision that does not exist": ("nope", "neither a file nor a directory, nor a Git revision; fetch the"),
    "an option of Git": ("--output=x", "neither a file nor a directory, nor a Git revision"),
    "a file that is no base": ("package.json", "not a Terraform plan"),
    "a truncated file": ("half.json", "half.json: cannot be read as JSON"),
    "a report with errors": ("errors.json", "a report with errors, which may lack findings"),
    "a report of another version": ("old.json", "not a complete report of this version of plainwork"),
    "a directory without an input": ("empty", "empty cannot be checked: empty: no *.tf"),
    "HCL that does not parse": ("broken", "broken cannot be checked: broken/main.tf:4: "),
    "a path and a revision": ("main", "main is a path and a Git revision; write ./main or refs/heads/main"),
}


@pytest.mark.parametrize(("base", "why"), INVALID.values(), ids=INVALID)
def test_a_base_that_cannot_be_read_is_2(commit, check, repository, base, why):
    commit({"live": A})
    for name, text in (("package", "{}"), ("half", '{"summary": '), ("old", '{"summary": {}, "findings": []}')):
        (repository / f"{name}.json").write_text(text)
    (repository / "errors.json").write_text('{"summary": {}, "findings": [], "errors": [{}]}')
    (repository / "main").mkdir()
    (repository / "empty").mkdir()
    commit({"broken": "resource {"})
    assert why in error(check("live", f"--against={base}"))


def test_the_error_outside_of_a_repository_is_that_of_git(tmp_path_factory, check, monkeypatch):
    directory = tmp_path_factory.mktemp("outside")
    monkeypatch.chdir(directory)
    (directory / "main.tf").write_text(A)
    assert "nor a Git revision; Git: fatal: not a git repository" in error(check(".", "--against", "main"))


def test_a_plan_that_the_revision_does_not_have_is_2(commit, check):
    commit({"live": A})
    Path("plan.json").write_bytes((PLANS / "modules" / "plan.json").read_bytes())
    assert "main has no plan.json; compare a plan with a plan" in error(check("plan.json", "--against", "main"))


def test_a_revision_that_cannot_be_checked_is_2(commit, write, check):
    commit({"live": "resource {"})
    write({"live": A})
    assert "--against: main cannot be checked: " in error(check("live", "--against", "main"))


APP = """
import json, os, pathlib, sys
out = pathlib.Path(os.environ["CDKTF_OUTDIR"]) / "stacks" / "live"
out.mkdir(parents=True, exist_ok=True)
document = {"resource": {"aws_efs_file_system": {name: {"encrypted": False} for name in NAMES}}}
(out / "cdk.tf.json").write_text(json.dumps(document))
(out.parents[1] / "manifest.json").write_text(
    json.dumps({"stacks": {"live": {"synthesizedStackPath": "stacks/live/cdk.tf.json"}}})
)
"""


@pytest.fixture
def app(repository, monkeypatch):
    """`app(*names)`: writes an app with a file system for each name."""
    configuration = {"language": "python", "app": f"{sys.executable} main.py"}
    (repository / "cdktf.json").write_text(json.dumps(configuration))
    (repository / ".gitignore").write_text("cdktf.out\n")
    monkeypatch.setenv("CDKTF_OUTDIR", "cdktf.out")

    def app(*names):
        (repository / "main.py").write_text(f"NAMES = {list(names)}\n{APP}")

    return app


def test_the_apps_of_a_revision_are_synthesized(app, commit, check):
    app("a")
    commit({})
    app("a", "b")
    subprocess.run([sys.executable, "main.py"], check=True)
    report = check("--against", "main")
    assert set(states(report).values()) == {"old", "new"}
    assert numbers(report) == (1, 0, 1, 0)
    assert numbers(check(".", "--against", "main")) == (1, 0, 1, 0)


def test_a_revision_that_does_not_synthesize_is_2(app, commit, check, repository, temporary):
    app("a")
    (repository / "main.py").write_text("raise SystemExit('no account')")
    commit({})
    app("a")
    subprocess.run([sys.executable, "main.py"], check=True)
    assert "main.py` ended with exit code 1: no account" in error(check("--against", "main"))
    assert temporary_files(temporary) == []


def test_an_interrupted_run_removes_its_files(app, commit, repository, temporary):
    app("a")
    (repository / "main.py").write_text("import time\ntime.sleep(60)")
    commit({})
    app("a")
    subprocess.run([sys.executable, "main.py"], check=True)
    script = "from plainwork_cli.main import main; main()"
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen([sys.executable, "-c", script, "check", "--against", "main"], env=environment) as ran:
        while not temporary_files(temporary):
            time.sleep(0.05)
            assert ran.poll() is None
        time.sleep(0.5)
        ran.send_signal(signal.SIGTERM)
        assert ran.wait(timeout=20) not in (0, 1)
    assert temporary_files(temporary) == []


@pytest.mark.parametrize("place", [(".", "."), (".", "stacks"), ("stacks", "."), ("stacks/one", "..")])
def test_a_finding_that_names_another_stack_is_old(commit, check, repository, monkeypatch, place):
    directory, path = place
    backend = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "same"\n  }\n}\n'
    commit({"stacks/one": backend, "stacks/two": backend})
    monkeypatch.chdir(repository / directory)
    report = check(path, "--against", "HEAD", select="s3-backend-duplicate-key")
    assert [finding["state"] for finding in report["findings"]] == ["old", "old"]


def test_a_finding_that_names_another_stack_is_old_beside_a_directory(write, check):
    backend = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "same"\n  }\n}\n'
    write({f"{version}/{name}": backend for version in ("old", "new") for name in ("one", "two")})
    report = check("new", "--against", "old", select="s3-backend-duplicate-key")
    assert [finding["state"] for finding in report["findings"]] == ["old", "old"]
