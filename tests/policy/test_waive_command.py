"""`plainwork waive`: it adds a waiver to the settings file, and changes nothing else in it."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

NEXT_YEAR = str(date.today() + timedelta(days=365))
TERMS = ("--reason", "holds public data", "--owner", "platform", "--expires", NEXT_YEAR)
FILES = 'resource "aws_efs_file_system" "files" {\n  encrypted = false\n}\n'
FINDING = ("efs-unencrypted", "aws_efs_file_system.files")


@pytest.fixture
def command(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_the_waiver_is_in_the_file_and_the_next_check_respects_it(command, tmp_path):
    (tmp_path / "main.tf").write_text(FILES)
    assert command("check", "--select", "efs-unencrypted").exit_code == 1
    done = command("waive", *FINDING, *TERMS)
    assert (done.exit_code, done.output) == (
        0,
        f"plainwork.toml: efs-unencrypted at aws_efs_file_system.files is waived until {NEXT_YEAR}\n",
    )
    checked = command("check", "--select", "efs-unencrypted")
    assert checked.exit_code == 0
    assert f"until {NEXT_YEAR}: holds public data (platform)" in checked.output
    assert "1 waived." in checked.output


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_and_line_ends_of_the_file_stay(command, tmp_path, end):
    before = f"# Settings of the team{end}fail_on = 'high' # as agreed{end}".encode()
    (tmp_path / "plainwork.toml").write_bytes(before)
    assert command("waive", *FINDING, *TERMS, "--argument", "encrypted", "--path", "live/**").exit_code == 0
    entry = [
        "",
        "[[waivers]]",
        'policy = "efs-unencrypted"',
        'address = "aws_efs_file_system.files"',
        'argument = "encrypted"',
        'path = "live/**"',
        'reason = "holds public data"',
        'owner = "platform"',
        f"expires = {NEXT_YEAR}",
        "",
    ]
    assert (tmp_path / "plainwork.toml").read_bytes() == before + end.join(entry).encode()


def test_a_pyproject_with_settings_gets_the_waiver(command, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.plainwork]\nfail_on = "high"')
    assert command("waive", *FINDING, *TERMS).exit_code == 0
    text = (tmp_path / "pyproject.toml").read_text()
    assert text.startswith('[tool.plainwork]\nfail_on = "high"\n\n[[tool.plainwork.waivers]]\n')


@pytest.mark.parametrize(
    ("settings", "arguments", "error"),
    [
        ("", ("efs-unencryptd", "x", *TERMS), "did you mean `efs-unencrypted`"),
        ("", (*FINDING, *TERMS[:-1], "2020-01-01"), "`expires` is 2020-01-01, which is before today"),
        ("", (*FINDING, *TERMS[:-1], "soon"), "must be a date such as 2027-03-31: got 'soon'"),
        ("", (*FINDING, "--reason", "legacy", *TERMS[2:]), "`reason` is 'legacy'; state in a sentence"),
        (
            "forbid_waivers = ['high']",
            (*FINDING, *TERMS),
            "`forbid_waivers` does not allow a waiver of efs-un",
        ),
        ("waivers = []", (*FINDING, *TERMS), "write each waiver as [[waivers]]"),
    ],
)
def test_an_invalid_waiver_is_not_written(command, tmp_path, settings, arguments, error):
    (tmp_path / "plainwork.toml").write_text(settings)
    done = command("waive", *arguments)
    assert done.exit_code == 2
    assert error in done.output
    assert (tmp_path / "plainwork.toml").read_text() == settings


def test_a_finding_is_waived_once(command):
    assert command("waive", *FINDING, *TERMS).exit_code == 0
    done = command("waive", *FINDING, *TERMS)
    assert done.exit_code == 2
    assert "plainwork.toml: has a waiver of efs-unencrypted at aws_efs_file_system.files; change its" in done.output
