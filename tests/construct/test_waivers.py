"""`waive=`: findings that a resource or a construct accepts, in CDKTF JSON and in the rendered HCL."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plainwork import App, PlainworkError, Resource, Stack, Waiver, render, synthesize
from plainwork_policies.engine.registry import by_pattern
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings import Settings
from tests.support.efs_file_systems import file_system

TODAY = date(2026, 11, 29)
COMMENT = "until 2027-03-31: holds public data only (platform)"


def waiver(policy: str = "efs-unencrypted", **others: str) -> Waiver:
    return Waiver(policy, "holds public data only", "platform", date(2027, 3, 31), **others)


def waived(app: App, tmp_path, policy: str = "efs-unencrypted"):
    """The statuses of a policy, on the CDKTF JSON of the app and on its HCL, and the problems."""
    app.synth()
    hcl = tmp_path / "hcl"
    hcl.mkdir()
    (hcl / "main.tf").write_text(render(synthesize(app.node.children[0])), encoding="utf-8")
    for path in (Path(app.outdir), hcl):
        done = run([path], by_pattern(policy), Settings(), today=TODAY)
        yield {result.status for stack in done.stacks for result in stack.results}, done.problems


@pytest.mark.parametrize("policy", ["efs-unencrypted", "PLW_EFS_001"])
def test_the_finding_is_waived_in_json_and_in_hcl(app, stack, tmp_path, policy):
    Resource(stack, "aws_efs_file_system", "files", waive=[waiver(policy)], encrypted=False)
    assert list(waived(app, tmp_path)) == [({"waived"}, ()), ({"waived"}, ())]


def test_without_a_waiver_the_finding_fails(app, stack, tmp_path):
    Resource(stack, "aws_efs_file_system", "files", encrypted=False)
    assert list(waived(app, tmp_path)) == [({"failed"}, ()), ({"failed"}, ())]


def test_a_slug_is_a_comment_above_the_block_and_an_id_is_the_comment_of_checkov_in_it(stack):
    Resource(
        stack,
        "aws_efs_file_system",
        "files",
        waive=[waiver(), waiver("CKV_AWS_42")],
        encrypted=False,
    )
    assert render(synthesize(stack)).endswith(
        f"""\
# plainwork: ignore efs-unencrypted {COMMENT}
resource "aws_efs_file_system" "files" {{
  # checkov:skip=CKV_AWS_42:{COMMENT}
  encrypted = false
}}
"""
    )


def test_a_construct_waives_the_findings_on_its_resources(app, stack, tmp_path):
    file_system(stack, automatic_backups=False, waive=[waiver("efs-backup-disabled")])
    assert list(waived(app, tmp_path, "efs-backup-disabled")) == [({"waived"}, ()), ({"waived"}, ())]


def test_an_unused_waiver_of_a_construct_is_reported_once(app, stack, tmp_path):
    file_system(stack, automatic_backups=True, waive=[waiver("efs-backup-disabled")])
    for _, problems in waived(app, tmp_path, "efs-backup-disabled"):
        (problem,) = problems
        assert "the waiver of efs-backup-disabled at *.files,*.files_* matches no finding" in problem.message


@pytest.mark.parametrize(
    ("waive", "message"),
    [
        ([{"policy": "efs-unencrypted"}], "use plainwork.Waiver"),
        ([waiver(argument="encrypted")], "write it as [[waivers]] in plainwork.toml"),
    ],
)
def test_an_invalid_waiver_is_rejected(stack: Stack, waive, message):
    with pytest.raises(PlainworkError) as raised:
        Resource(stack, "aws_efs_file_system", "files", waive=waive, encrypted=False)
    assert message in str(raised.value)


def test_a_reason_of_one_word_is_rejected_where_it_is_written():
    with pytest.raises(PlainworkError, match="`reason` is 'legacy'"):
        Waiver("efs-unencrypted", "legacy", "platform", date(2027, 3, 31))
