"""`plainwork access`: listings, comparisons, formats and errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.access.conftest import ROLE, policy
from tests.compare.conftest import commit, repository, write

__all__ = ["commit", "repository", "write"]
ROOT = Path(__file__).parents[2]
PLANS = ROOT / "tests" / "generated" / "policies" / "changes" / "new_access"
ONE, ALL = ROLE + policy(("sqs:SendMessage", "*")), ROLE + policy(("sqs:*", "*"))


def access(*arguments, exit_code=0):
    done = CliRunner().invoke(main, ["access", *map(str, arguments)])
    assert done.exit_code == exit_code, done.output
    return done.stdout if exit_code == 0 else done.stderr


@pytest.mark.parametrize(
    "command", ["access examples/access/after --against examples/access/before", "access examples/access/after"]
)
def test_the_page_has_the_output(command, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "access.md").read_text()
    assert f"$ plainwork {command}\n{access(*command.split()[1:])}" in page


def test_a_revision_is_compared_with_the_files(commit, write):
    commit({"live": ONE})
    assert access("live", "--against", "main") == "No change of access in comparison with main.\n"
    write({"live": ALL})
    report = json.loads(access("live", "--against", "main", "--format", "json"))
    assert report["summary"] == {"gained": 1, "lost": 0, "unknown": 0}
    (change,) = report["changes"]
    assert change["text"] == "`aws_iam_role.app` may `sqs:* except sqs:SendMessage` on `*`"
    assert change["location"] == {"file": "live/main.tf", "line": change["location"]["line"]}


def test_a_lost_permission_is_in_a_file_of_the_repository(commit, write):
    commit({"live": ALL})
    write({"live": ONE})
    (change,) = json.loads(access(".", "--against", "HEAD", "--format", "json"))["changes"]
    assert (change["change"], change["location"]["file"]) == ("lost", "live/main.tf")


def test_a_plan_is_compared_with_its_state():
    report = json.loads(access(PLANS / "bad" / "plan.json", "--against", "state", "--format", "json"))
    assert report["summary"] == {"gained": 1, "lost": 0, "unknown": 0}
    unknown = json.loads(access(PLANS / "unknown" / "plan.json", "--against", "state", "--format", "json"))
    assert unknown["summary"] == {"gained": 0, "lost": 0, "unknown": 1}


def test_only_a_plan_has_a_state(write):
    write({"live": ONE})
    assert "only a plan has a state, and live is none" in access("live", "--against", "state", exit_code=2)


def test_a_base_that_does_not_exist_is_an_error(commit):
    commit({"live": ONE})
    assert "neither a file nor a directory, nor a Git revision" in access("live", "--against", "nothing", exit_code=2)


def test_markdown_is_a_diff(commit, write, tmp_path):
    commit({"live": ONE})
    write({"live": ALL})
    access("live", "--against", "main", "--format", f"markdown={tmp_path / 'access.md'}")
    assert (tmp_path / "access.md").read_text().splitlines() == [
        "## plainwork access: 1 gained, 0 lost, 0 not known, in comparison with main.",
        "",
        "### `live`",
        "",
        "```diff",
        "+ aws_iam_role.app: sqs:* except sqs:SendMessage on *  live/main.tf:15",
        "```",
    ]


def test_text_of_an_input_has_no_effect_in_markdown(write):
    write({"live": ROLE + policy(("sqs:*", "arn:aws:sqs:*:*:<b>[x](y)"))})
    assert "<b>" not in access("live", "--format", "markdown")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "main.tf").write_text("resource {")
    assert "main.tf" in access(tmp_path, exit_code=2)
