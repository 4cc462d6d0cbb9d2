"""`plainwork doctor`: exit codes, outputs, hostile inputs and its time."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.doctor import doctor
from plainwork_core.doctor.causes import CAUSES
from plainwork_core.doctor.errors import error_texts
from plainwork_core.doctor.errors.remote import REMOTE
from plainwork_core.doctor.online.causes import CAUSES as ONLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.root_modules import RootModule

REDIRECT = """
\x1b[31m╷\x1b[0m
│ \x1b[31mError:\x1b[0m Failed to get existing workspaces: Unable to list objects in S3 bucket "acme-state" with
│ prefix "env:/": operation error S3: ListObjectsV2, https response error StatusCode: 301, requested bucket from
│ "eu-west-1", actual location
│ "us-east-1"
╵
"""
SECONDS = 0.3


@pytest.fixture
def run(root: RootModule) -> Callable[..., Result]:
    def run_doctor(*arguments: str, error: str | bytes | None = None) -> Result:
        environ: dict[str, str | None] = dict.fromkeys(name for name in os.environ if name.startswith(("AWS_", "TF_")))
        environ |= {"HOME": str(root.home), **root.environ}
        return CliRunner(env=environ).invoke(doctor, [str(root.directory), *arguments], input=error)

    return run_doctor


def test_a_healthy_backend_ends_with_0(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    result = run()
    assert result.exit_code == 0
    assert "No fault and no risk was found in the files and the environment." in result.output


def test_a_fault_ends_with_1_and_shows_evidence_cause_and_one_command(
    root: RootModule, run: Callable[..., Result]
) -> None:
    root.with_backend(key="prod/api.tfstate").with_cache()
    result = run()
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines if line.strip()[:3] in ("FAU", "evi", "cau", "fix", "see")] == [
        "FAULT",
        "evidence",
        "cause",
        "fix",
        "see",
    ]
    assert "  fix            terraform init -migrate-state" in lines


def test_what_was_not_examined_ends_with_2(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend(without=("bucket",))
    result = run()
    assert result.exit_code == 2
    assert "NOT EXAMINED" in result.output
    assert run("--backend-config", "bucket=b").exit_code == 0


def test_an_error_of_standard_input_is_explained_first(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend(encrypt=False, use_lockfile=False)
    result = run("--error", "-", "--format", "json", error=REDIRECT)
    assert result.exit_code == 1
    first = json.loads(result.output)["examinations"][0]["diagnoses"][0]
    assert first["cause"] == "bucket-in-another-region"
    assert first["explains_error"] is True
    assert first["command"] == ('Set `region = "us-east-1"` in the backend block, then run terraform init -reconfigure')


def test_an_error_needs_no_root_module(run: Callable[..., Result], root: RootModule) -> None:
    root.write("error.txt", REDIRECT)
    result = run("--error", str(root.directory / "error.txt"))
    assert result.exit_code == 1
    assert "bucket-in-another-region" in result.output


RESOURCE = """
Error: creating S3 Bucket (logs): operation error S3: CreateBucket, https response error StatusCode: 403, AccessDenied
  with aws_s3_bucket.logs,
  on main.tf line 3, in resource "aws_s3_bucket" "logs":
"""


def test_an_error_of_a_resource_is_not_one_of_the_backend(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    result = run("--error", "-", error=RESOURCE)
    assert result.exit_code == 2
    assert "only errors of resources or providers" in result.output
    assert "bucket-in-another-region" in run("--error", "-", error=RESOURCE + REDIRECT).output
    remote_state = RESOURCE.replace("creating S3 Bucket", "error loading the remote state: S3")
    remote_state = remote_state.replace("aws_s3_bucket.logs", "data.terraform_remote_state.network")
    assert "state-denied" in run("--error", "-", error=remote_state).output


def test_a_lock_shows_who_has_it(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    info = "ID: 1-2 Path: acme-state/web Operation: OperationTypeApply Who: ci@runner Version: 1.11.4"
    created = "Created: 2026-01-31 10:00:00.123 +0000 UTC Info:"
    text = f"StatusCode: 412, RequestID: , HostID: x=, api error PreconditionFailed: held\nLock Info: {info} {created}"
    result = run("--error", "-", error=text)
    assert "operation OperationTypeApply, who ci@runner, created 2026-01-31 10:00:00" in result.output
    assert "fix            terraform force-unlock 1-2" in result.output


def test_an_unknown_error_ends_with_2(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    result = run("--error", "-", error="Error: something new")
    assert result.exit_code == 2
    assert "no row of the table matches" in result.output


def test_the_json_has_every_field(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend(use_lockfile=False)
    document: dict[str, Any] = json.loads(run("--format", "json").output)
    assert document["format_version"] == 1
    assert document["exit_code"] == 1
    (examination,) = document["examinations"]
    assert examination["target"] == "s3://acme-state/prod/web.tfstate"
    assert set(examination["diagnoses"][0]) == {
        "cause",
        "title",
        "severity",
        "likelihood",
        "explains_error",
        "evidence",
        "explanation",
        "command",
        "location",
        "links",
    }


def test_several_root_modules_are_examined(root: RootModule, run: Callable[..., Result]) -> None:
    block = root.with_backend().directory.joinpath("main.tf").read_text()
    root.directory.joinpath("main.tf").unlink()
    root.write("a/main.tf", block).write("b/main.tf", block.replace("prod/web", "/prod/api"))
    root.write("modules/m/main.tf", 'variable "x" {}')
    document = json.loads(run("--format", "json").output)
    assert [found["exit_code"] for found in document["examinations"]] == [0, 1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (os.urandom(4096), "binary file"),
        (b"\x7fELF\0\0\0\0" + bytes(4096), "binary file"),
    ],
    ids=["empty", "blank", "random", "program"],
)
def test_a_text_that_is_none_is_an_error(
    root: RootModule, run: Callable[..., Result], text: bytes, reason: str
) -> None:
    root.with_backend()
    result = run("--error", "-", error=text)
    assert result.exit_code == 2
    assert reason in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("file", ["/dev/zero", "/none", "/"])
def test_a_file_that_cannot_be_read_is_an_error(root: RootModule, run: Callable[..., Result], file: str) -> None:
    root.with_backend()
    result = run("--error", file)
    assert result.exit_code == 2
    assert file in result.output


def test_the_error_at_the_end_of_100_mb_is_found(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    log = root.directory / "pipeline.log"
    with log.open("w") as stream:
        for _ in range(100):
            stream.write("aws_s3_bucket.logs: Refreshing state... [id=logs]\n" * 20_000)
        stream.write(REDIRECT)
    assert "bucket-in-another-region" in run("--error", str(log)).output


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_error_may_be_in_another_encoding(root: RootModule, run: Callable[..., Result], encoding: str) -> None:
    root.with_backend()
    text = f"R\u00e9gion: {REDIRECT}".replace("╷", "").replace("│", "").replace("╵", "")
    assert "bucket-in-another-region" in run("--error", "-", error=text.encode(encoding)).output


def test_a_hostile_text_is_no_denial_of_service(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    words = ("state data in S3 does not have the expected content. ", "Error acquiring the state lock ", "Lock ID 'a' ")
    for word in words:
        assert run("--error", "-", error=word * 30_000).exit_code in (1, 2)


def test_a_directory_without_permission_is_a_message(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend().with_cache()
    (root.directory / ".terraform").chmod(0)
    try:
        result = run()
    finally:
        (root.directory / ".terraform").chmod(0o755)
    assert "Traceback" not in result.output
    assert result.exit_code == (0 if os.geteuid() == 0 else 2)


def test_escape_sequences_of_an_input_are_not_printed(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend(key="/\x1b[31mred")
    assert "\x1b" not in run().output


def test_options_of_online_require_it(root: RootModule, run: Callable[..., Result]) -> None:
    root.with_backend()
    assert "require --online" in run("--try-lock").output


@pytest.mark.parametrize("arguments", [[], ["--error", "error.txt"]], ids=["folder", "error"])
def test_it_takes_less_than_a_third_of_a_second(root: RootModule, arguments: list[str]) -> None:
    """The CPU time, which another process does not change, of the fastest of five runs."""
    root.with_backend().with_cache().write("error.txt", REDIRECT)
    root.write("large.tf", 'resource "aws_s3_bucket" "x" {\n bucket = "x"\n}\n' * 20_000)
    command = [str(Path(sys.executable).with_name("plainwork")), "doctor", *arguments]
    environ = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environ["HOME"] = str(root.home)
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=root.directory, env=environ, check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(seconds) < SECONDS, seconds


class TestTable:
    def test_each_text_names_known_causes(self) -> None:
        known = CAUSES.causes.keys() | REMOTE.keys() | ONLINE.causes.keys()
        assert {name for row in error_texts() for name in row.causes} <= known

    def test_each_text_without_evidence_has_a_remedy(self) -> None:
        """The first cause with a remedy is named even if no file supports it."""
        causes = {**CAUSES.causes, **REMOTE}
        without = [
            row for row in error_texts() if not any(causes[name].remedy for name in row.causes if name in causes)
        ]
        assert without == []

    def test_the_names_of_texts_are_unique(self) -> None:
        names = [row.name for row in error_texts()]
        assert len(names) == len(set(names))

    def test_no_cause_of_a_text_is_in_both_tables(self) -> None:
        assert CAUSES.causes.keys() & REMOTE.keys() == set()

    def test_each_cause_has_a_page(self) -> None:
        assert [cause.name for cause in (*CAUSES.causes.values(), *REMOTE.values()) if not cause.links] == []
