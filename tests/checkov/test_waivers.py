"""Waivers in Checkov: those of the settings and of comments, natively and as skip comments of Checkov."""

from __future__ import annotations

import pytest

FILES = 'resource "aws_efs_file_system" "files" {\n  encrypted = false\n}\n'
REASON = "until 2099-03-31: holds public data only (platform)"
EXPIRED = REASON.replace("2099", "2020")
WAIVER = """\
[[waivers]]
policy = "efs-unencrypted"
address = "aws_efs_file_system.files"
reason = "holds public data only"
owner = "platform"
expires = 2099-03-31
"""


pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture
def record(scan, write, tmp_path, monkeypatch):
    """Run the policy on *text* as HCL: the result, and the comment or the details of the only record."""
    monkeypatch.chdir(tmp_path)

    def record(text, settings="", file="main.tf", framework="terraform"):
        write("plainwork.toml", settings)
        (found,) = scan(framework, write(f"stack/{file}", text) / "stack", checks="PLW_EFS_001")
        return found.result, found.comment or "; ".join(found.details)

    return record


@pytest.mark.parametrize(
    "text",
    [
        f"# plainwork: ignore efs-unencrypted {REASON}\n{FILES}",
        FILES.replace("}", f"  # checkov:skip=PLW_EFS_001:{REASON}\n}}"),
    ],
    ids=["plainwork", "Checkov"],
)
def test_a_comment_skips_the_finding(record, text):
    assert record(text) == ("SKIPPED", f"waived {REASON}")


def test_a_waiver_of_the_settings_skips_the_finding(record):
    assert record(FILES, WAIVER) == ("SKIPPED", f"waived {REASON}")


@pytest.mark.parametrize(
    "text",
    [
        f"# plainwork: ignore efs-unencrypted {EXPIRED}\n{FILES}",
        FILES.replace("}", f"  # checkov:skip=PLW_EFS_001:{EXPIRED}\n}}"),
    ],
    ids=["plainwork", "Checkov"],
)
def test_an_expired_waiver_skips_nothing(record, text):
    result, details = record(text)
    assert result == "FAILED"
    assert "`encrypted` is `false`" in details


def test_a_skip_comment_of_checkov_alone_still_skips(record):
    assert record(FILES.replace("}", "  # checkov:skip=PLW_EFS_001:legacy\n}")) == ("SKIPPED", "legacy")
