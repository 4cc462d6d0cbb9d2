"""`plainwork check --cache-dir`: the report is that of a run without it, whatever is in the directory."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from plainwork_policies.engine import stack_check
from plainwork_policies.report.formats import FORMATS
from tests.large.conftest import MODULE, SETTINGS, STACK, STACKS, write_stack
from tests.support.own_rule import RULE

CACHE = "../cache"


@pytest.fixture
def cached(plainwork):
    """`cached(*arguments)`: the report of a run with the cache, which is that of one without it, and its hits."""

    def cached(*arguments, same=True):
        done = plainwork("check", ".", "--cache-dir", CACHE, "--format", "json", *arguments)
        if same:
            without = plainwork("check", ".", "--format", "json", *arguments)
            assert (done.exit_code, done.stdout) == (without.exit_code, without.stdout)
        hits = done.stderr.split(" of ")[0] if " of " in done.stderr else "0"
        return json.loads(done.stdout), int(hits)

    return cached


def hits(cached, *arguments, same=True):
    return cached(*arguments, same=same)[1]


def entries():
    return sorted(Path(CACHE).rglob("*.json"))


def entry_of(source):
    (found,) = (entry for entry in entries() if f'"source":"{source}"' in entry.read_text())
    return found


def append(file, text):
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + text)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_report_is_that_of_a_run_without_a_cache(plainwork, format_):
    whole = plainwork("check", ".", "--format", format_)
    for number in (0, 6, 6):
        done = plainwork("check", ".", "--cache-dir", CACHE, "--format", format_)
        assert (done.exit_code, done.stdout) == (whole.exit_code, whole.stdout)
        assert done.stderr == f"{number} of 6 results are from {CACHE}\n"


def test_only_the_stack_that_changes_is_checked(cached):
    assert [hits(cached), hits(cached)] == [0, 6]
    append("stacks/c/main.tf", 'resource "aws_efs_file_system" "new" {\n  encrypted = false\n}\n')
    report, number = cached()
    assert number == 5
    assert "aws_efs_file_system.new" in {finding["address"] for finding in report["findings"]}
    assert hits(cached) == 6


def test_a_bucket_that_is_no_state_bucket_of_others_does_not_count(cached):
    cached()
    append("stacks/c/main.tf", 'resource "aws_s3_bucket" "new" {\n  bucket = "example-files"\n}\n')
    assert hits(cached) == 5
    append("stacks/c/main.tf", 'resource "aws_s3_bucket" "state" {\n  bucket = "state"\n}\n')
    assert hits(cached) == 0


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("modules/queue/main.tf", "\n# a comment\n"),
        ("modules/queue/more.tf", 'resource "aws_efs_file_system" "new" {\n  encrypted = false\n}\n'),
        ("policies/queues.py", "# a comment\n"),
        ("policies/_helper.py", "A = 1\n"),
        ("policies/data/allowed.yaml", "- a\n"),
        ("plainwork.toml", "# a comment\n[tags]\nrequired = ['Owner']\n"),
    ],
)
def test_what_all_stacks_depend_on_is_not_believed(cached, file, text):
    cached()
    assert hits(cached) == 6
    append(file, text)
    assert hits(cached) == 0
    assert hits(cached) == 6


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("stacks/b/terraform.tfvars", "encrypted = false\n"),
        ("stacks/b/prod.auto.tfvars", "encrypted = false\n"),
        ("stacks/b/environments/prod.tfvars", "encrypted = false\n"),
        ("stacks/b/override.tf", 'resource "aws_efs_file_system" "unknown" {\n  encrypted = false\n}\n'),
        ("stacks/b/.terraform.lock.hcl", 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n}\n'),
        (
            "stacks/b/.terraform/modules/modules.json",
            '{"Modules": [{"Key": "registry", "Source": "x", "Version": "1", "Dir": "../../modules/queue"}]}',
        ),
    ],
)
def test_a_file_that_terraform_reads_beside_the_code_counts(cached, file, text):
    cached()
    append(file, text)
    assert hits(cached) == 5
    assert hits(cached) == 6
    Path(file).unlink()
    assert hits(cached) == 5


def test_files_that_functions_read_count(cached):
    functions = 'encrypted = fileexists("${path.module}/on") || length(fileset(path.module, "data/*")) > 1'
    write_stack("b", "b", "read", "true")
    text = Path("stacks/b/main.tf").read_text().replace("encrypted = true", functions)
    Path("stacks/b/main.tf").write_text(text)
    append("stacks/b/data/one", "")
    cached()
    for file in ("stacks/b/on", "stacks/b/data/two"):
        assert hits(cached) == 6
        append(file, "x")
        assert hits(cached) == 5
        Path(file).unlink()
        assert hits(cached) == 5
    text = text.replace(functions, 'encrypted = trimspace(file("${path.module}/value")) == "yes"')
    Path("stacks/b/main.tf").write_text(text)
    for value in ("yes", "no"):
        Path("stacks/b/value").write_text(value)
        report, number = cached()
        assert number == 5
        assert ("stacks/b" in {one["stack"] for one in report["findings"] if one["policy"] == "PLW_EFS_001"}) == (
            value == "no"
        )


@pytest.mark.parametrize(
    "arguments",
    [("--var", "encrypted=true"), ("--select", "efs"), ("--workspace", "prod"), ("--fail-on", "high"), ("--env-vars",)],
)
def test_options_count(cached, monkeypatch, arguments):
    monkeypatch.setenv("TF_VAR_encrypted", "false")
    cached()
    assert hits(cached, *arguments) == 0
    assert hits(cached, *arguments) == 6


def test_a_variable_file_and_the_environment_count(cached, monkeypatch):
    append("prod.tfvars", "encrypted = true\n")
    cached("--var-file", "prod.tfvars")
    append("prod.tfvars", "other = 1\n")
    assert hits(cached, "--var-file", "prod.tfvars") == 0
    for value in ("true", "false"):
        monkeypatch.setenv("TF_VAR_encrypted", value)
        assert hits(cached, "--env-vars") == 0


def test_a_variable_that_no_stack_declares_is_an_error_with_a_cache(plainwork):
    for _ in range(2):
        assert plainwork("check", ".", "--cache-dir", CACHE, "--var", "encrypted=true").exit_code == 1
        assert plainwork("check", ".", "--cache-dir", CACHE, "--var", "encryptd=true").exit_code == 2


def test_a_link_that_leads_elsewhere_counts(cached, repository):
    (repository / "modules/other").mkdir()
    (repository / "modules/other/main.tf").write_text(MODULE)
    (repository / "modules/queue").rename(repository / "modules/first")
    link = repository / "modules/queue"
    link.symlink_to("first")
    cached()
    assert hits(cached) == 7, "the other module is a stack"
    link.unlink()
    link.symlink_to("other")
    assert hits(cached) == 0


def test_a_stack_by_another_path_has_its_own_result(plainwork):
    for path in ("stacks/a", "./stacks/../stacks/a", "."):
        for _ in range(2):
            done = plainwork("check", path, "--cache-dir", CACHE, "--format", "json")
            assert done.stdout == plainwork("check", path, "--format", "json").stdout


def test_the_same_stack_by_two_paths_is_checked_once(plainwork):
    (Path("link")).symlink_to("stacks/a")
    for _ in range(2):
        done = plainwork("check", "link", "stacks/a", "--cache-dir", CACHE, "--format", "json")
        assert json.loads(done.stdout)["summary"]["stacks"] == 1


def duplicates(report):
    return {finding["stack"] for finding in report["findings"] if finding["policy"] == "PLW_BACKEND_009"}


def test_stacks_are_compared_with_those_in_the_cache(cached):
    assert duplicates(cached()[0]) == {"stacks/a", "stacks/b"}
    assert duplicates(cached()[0]) == {"stacks/a", "stacks/b"}
    write_stack("b", "b", "unknown", "var.encrypted")
    assert duplicates(cached()[0]) == set()
    write_stack("new", "c", "passed", "true")
    assert duplicates(cached()[0]) == {"stacks/c", "stacks/new"}
    (Path("stacks/new/main.tf")).unlink()
    assert duplicates(cached()[0]) == set()


def test_a_change_of_a_bucket_in_another_stack_counts(cached):
    backend = STACK.partition("provider")[0].format(key="x").replace('"state"', '"shared"')
    Path("stacks/e/main.tf").write_text(backend.replace("region =", "encrypt = true\n    region ="))
    encryption = """
resource "aws_s3_bucket" "state" {{
  bucket = "shared"
}}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {{
  bucket = aws_s3_bucket.state.bucket
  rule {{
    apply_server_side_encryption_by_default {{
      sse_algorithm     = "{algorithm}"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a"
    }}
  }}
}}
"""
    for algorithm, failed in (("AES256", False), ("aws:kms", True), ("aws:kms", True), ("AES256", False)):
        Path("stacks/f/main.tf").write_text('provider "aws" {}\n' + encryption.format(algorithm=algorithm))
        found = {finding["policy"] for finding in cached()[0]["findings"] if finding["stack"] == "stacks/e"}
        assert ("PLW_BACKEND_011" in found) == failed


OF_ALL_STACKS = """\
from plainwork_policies.api import Findings, Resource, cached_per_run, policy


@policy("ACME_002", "encrypted-systems", severity="low", on="aws_sqs_queue")
def encrypted_systems(queue: Resource, stack) -> Findings:
    \'\'\'Stacks have encrypted file systems.\'\'\'
    yield queue["name"].fail(f"{number(stack)} encrypted", remedy="-")


@cached_per_run
def number(run):
    systems = [system for stack in run.stacks for system in stack.managed("aws_efs_file_system")]
    return sum(system.get("encrypted") is True for system in systems)
"""


def test_an_own_policy_on_all_stacks_reads_their_values(cached):
    Path("policies/systems.py").write_text(OF_ALL_STACKS)

    def messages():
        return {one["message"] for one in cached()[0]["findings"] if one["policy"] == "ACME_002"}

    assert [messages(), messages()] == [{"1 encrypted"}] * 2
    write_stack("f", "f", "failed", "true")
    assert [messages(), messages()] == [{"2 encrypted"}] * 2


def test_waivers_are_those_of_the_day(cached, plainwork):
    cached()
    text = Path("stacks/a/main.tf").read_text()
    comment = "# plainwork: ignore efs-unencrypted until {}: the data is public (platform)\n"
    for expires, code in (("2099-01-01", 1), ("2020-01-01", 2)):
        Path("stacks/a/main.tf").write_text(
            text.replace('resource "aws_efs', f'{comment.format(expires)}resource "aws_efs')
        )
        report, _ = cached()
        assert report["summary"]["exit_code"] == code
        assert hits(cached) == 6
    Path("plainwork.toml").write_text(SETTINGS.replace("2099-01-01", "2020-01-01"))
    assert "expired" in " ".join(plainwork("check", ".", "--cache-dir", CACHE).stdout.split())


def test_the_base_of_a_comparison_is_not_in_the_cache(cached):
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"),
    ):
        subprocess.run(["git", *arguments], check=True)
    cached()
    append("stacks/c/main.tf", 'resource "aws_efs_file_system" "new" {\n  encrypted = false\n}\n')
    report, number = cached("--against", "HEAD")
    assert (number, report["comparison"]["new"]) == (5, 3)


def test_processes_and_shards_use_the_cache(cached):
    assert hits(cached, "--jobs", "3") == 0
    assert hits(cached, "--jobs", "2") == 6
    assert sum(hits(cached, "--shard", f"{number}/3") for number in (1, 2, 3)) == 6


def test_fixes_do_not_use_the_cache(plainwork):
    plainwork("check", ".", "--cache-dir", CACHE)
    done = plainwork("check", ".", "--cache-dir", CACHE, "--diff")
    assert (done.stdout, done.exit_code) == (plainwork("check", ".", "--diff").stdout, done.exit_code)


def flipped(content):
    return content[:-20] + bytes([content[-20] ^ 1]) + content[-19:]


def resealed(**changes):
    """Return a function that changes an entry, and seals it as if it were written so."""

    def change(content):
        body = json.dumps({**json.loads(content.partition(b"\n")[2]), **changes}).encode()
        return hashlib.sha256(body).hexdigest().encode() + b"\n" + body

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda content: content[:1],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        flipped,
        lambda content: content.replace(b'"failed"', b'"passed"'),
        lambda content: content.partition(b"\n")[2],
        lambda _: b"\x80\x04\x95 a pickle",
        lambda _: b"[" * 100_000,
        resealed(results=None, subjects=[]),
        resealed(checked=[["PLW_EFS_001", "0-99999999999"]]),
        resealed(checked=[["PLW_NONE_999", "0"]]),
        resealed(source="stacks/b"),
        resealed(stack={"source": "stacks/b"}),
        resealed(observed=None),
        resealed(others=[[0, "failed", [{"status": "x"}]]]),
        resealed(comments=[{"policy": "x"}]),
    ],
)
def test_a_damaged_entry_is_checked_again(plainwork, cached, change):
    cached()
    whole = plainwork("check", ".", "--format", "json").stdout
    entry = entry_of("stacks/a")
    entry.write_bytes(change(entry.read_bytes()))
    report, number = cached(same=False)
    assert number == 5
    (note,) = report["summary"].pop("notes")
    assert note == f"1 entry ({entry.resolve()}) of the cache not readable, and checked again"
    expected = json.loads(whole)
    expected["summary"].pop("notes")
    assert report == expected
    assert hits(cached) == 6, "the entry is written again"


def test_the_entry_of_another_stack_is_not_believed(cached):
    cached()
    entry_of("stacks/a").write_bytes(entry_of("stacks/c").read_bytes())
    assert hits(cached, same=False) == 5


def test_an_entry_that_is_a_directory_is_checked_again_and_reported(cached):
    cached()
    entry = entry_of("stacks/a")
    entry.unlink()
    entry.mkdir()
    report, number = cached(same=False)
    assert number == 5
    assert [note.partition(" (")[0] for note in report["summary"]["notes"]] == ["1 entry", "1 entry"]


def test_files_of_a_killed_run_and_of_others_are_ignored(cached):
    cached()
    entry = entry_of("stacks/a")
    entry.with_name(f".{entry.name}.killed").write_bytes(entry.read_bytes()[:100])
    Path(CACHE, "notes.txt").write_text("x")
    assert hits(cached) == 6


def test_a_killed_run_leaves_no_half_entry(cached, repository):  # noqa: ARG001  its working directory
    command = [sys.executable, "-m", "plainwork_cli.main", "check", ".", "--cache-dir", CACHE]
    script = "from plainwork_cli.main import run; run()"
    for seconds in (0.4, 0.6, 0.8, 1.0):
        process = subprocess.Popen(
            [sys.executable, "-c", script, *command[3:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    cached()
    assert hits(cached) == 6


def test_two_runs_at_once_are_right(plainwork, cached):
    whole = plainwork("check", ".", "--format", "json").stdout
    script = "from plainwork_cli.main import run; run()"
    command = [sys.executable, "-c", script, "check", ".", "--cache-dir", CACHE, "--format", "json"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0] for process in processes] == [whole] * 3
    assert hits(cached) == 6


def test_a_stack_with_a_secret_has_no_entry(cached):
    append(
        "stacks/a/main.tf",
        'resource "aws_db_instance" "main" {\n  identifier = "hunter22"\n  password = "hunter22"\n}\n',
    )
    cached()
    assert [file for file in Path(CACHE).rglob("*") if file.is_file() and b"hunter22" in file.read_bytes()] == []
    assert hits(cached) == 5


def test_a_policy_that_crashes_has_no_entry(cached):
    rule = Path("policies/queues.py")
    rule.write_text(RULE.replace("    name = queue", "    raise RuntimeError('x')\n    name = queue"))
    for _ in range(2):
        report, number = cached()
        assert (number, report["summary"]["exit_code"]) == (0, 2)


def test_an_input_that_cannot_be_read_is_2_each_time(cached):
    append("stacks/a/main.tf", "resource {")
    for number in (0, 5, 5):
        report, found = cached()
        assert (report["summary"]["exit_code"], found) == (2, number)


def test_a_file_that_changes_during_the_run_is_read_again(cached, monkeypatch):
    evaluate = stack_check.evaluate

    def and_change(stack, *arguments):
        found = evaluate(stack, *arguments)
        if stack.source == "stacks/a":
            write_stack("a", "a", "failed", "true")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(stack_check, "evaluate", and_change)
        cached(same=False)
    assert hits(cached) == 5


def test_a_directory_that_cannot_be_used_is_2(plainwork):
    Path("file").write_text("x")
    for directory in ("file", "file/below", "/proc/cache"):
        done = plainwork("check", ".", "--cache-dir", directory)
        assert done.exit_code == 2
        assert f"--cache-dir {directory}: cannot be used" in " ".join(done.stdout.split())


def test_entries_that_come_with_the_repository_are_2(plainwork):
    plainwork("check", ".", "--cache-dir", "kept")
    subprocess.run(["git", "init", "--quiet"], check=True)
    assert plainwork("check", ".", "--cache-dir", "kept").exit_code == 1
    subprocess.run(["git", "add", "--force", "kept"], check=True)
    done = plainwork("check", ".", "--cache-dir", "kept")
    assert done.exit_code == 2
    assert "is in Git, so that a change could bring results of its own" in " ".join(done.stdout.split())


def test_a_directory_in_a_repository_requires_git(plainwork, monkeypatch):
    subprocess.run(["git", "init", "--quiet"], check=True)
    monkeypatch.setenv("PATH", "")
    done = plainwork("check", ".", "--cache-dir", "kept")
    assert done.exit_code == 2
    assert "Git does not tell its files: git cannot be run" in " ".join(done.stdout.split())
    assert plainwork("check", ".", "--cache-dir", CACHE).exit_code == 1, "it is outside of the repository"


def test_a_pipe_has_no_entry(repository):  # noqa: ARG001  its working directory
    plan = (Path(__file__).parents[1] / "generated" / "plans" / "changes" / "plan.json").read_text()
    script = "from plainwork_cli.main import run; run()"
    command = [sys.executable, "-c", script, "check", "/dev/stdin", "--cache-dir", CACHE]
    for _ in range(2):
        done = subprocess.run(command, check=False, input=plan, capture_output=True, text=True)
        assert done.stderr == f"0 of 1 results are from {CACHE}\n"
    assert entries() == []


def test_the_directory_can_be_in_the_environment(plainwork, monkeypatch):
    monkeypatch.setenv("PLAINWORK_CACHE_DIR", CACHE)
    plainwork("check", ".")
    assert len(entries()) == len(STACKS)


def test_readers_use_no_file_that_is_not_observed():
    """An access to the disk in a reader requires a call of `observe` before it."""
    core = Path(__file__).parents[2] / "core/plainwork_core"
    files = [*(core / "read").glob("*.py"), *(core / "hcl").rglob("*.py"), core / "installed_modules.py"]
    access = (".iterdir(", ".glob(", ".read_text(", ".read_bytes(", "scandir(", ".open(")
    using = {file.name for file in files if any(word in file.read_text() for word in access)}
    without = {name for file in files if (name := file.name) in using and "observe(" not in file.read_text()}
    assert without <= {"detection.py", "synthesized.py"}, "these find the inputs of each run"
