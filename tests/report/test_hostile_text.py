"""Text of an input stays text in each format, and a secret of an input is in none."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from rich.text import Text

from plainwork_core.terminal import console
from plainwork_policies.report.formats import FORMATS
from plainwork_policies.report.markdown import code, inline

HOSTILE = "a\n::error::b\r##[group]c | `d` <img src=x> @team [e](http://f) ]]> \x1b[31m \u202e {0} %0A \x00"
SECRET = "correct-horse-battery-staple"
PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "planned_values": {"root_module": {"resources": []}},
    "resource_changes": [],
    "configuration": {"root_module": {}},
}


def plan(**values):
    """A plan with one file system whose address has the hostile text as its key."""
    address = f"aws_efs_file_system.files[{json.dumps(HOSTILE)}]"
    resource = {
        "address": address,
        "mode": "managed",
        "type": "aws_efs_file_system",
        "name": "files",
        "index": HOSTILE,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "schema_version": 0,
        "values": {"encrypted": False, **values},
        "sensitive_values": {},
    }
    change = {**resource, "change": {"actions": ["create"], "before": None, "after": resource["values"]}}
    planned = {"planned_values": {"root_module": {"resources": [resource]}}, "resource_changes": [change]}
    return PLAN | planned


@pytest.fixture
def hostile(check, tmp_path):
    """`hostile(format)`: the report on a plan with hostile text in an address."""

    def hostile(name):
        (tmp_path / "plan.json").write_text(json.dumps(plan()))
        return check("", "plan.json", "--format", name).stdout

    return hostile


def test_text_has_no_control_character_and_no_line_of_the_input(hostile):
    report = hostile("text")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", report)
    assert not any(line.startswith(("::", "##[")) for line in report.splitlines())


@pytest.mark.parametrize("text", ["::error::a", "  ::error::a", "a ##[group]b"])
def test_printed_text_is_no_command_of_github_actions(monkeypatch, text):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    stream = io.StringIO()
    with console(stream) as out:
        out.print(Text(text))
    assert not re.match(r"\s*::|.*##\[", stream.getvalue())
    assert stream.getvalue().replace("\u200b", "") == f"{text}\n"


def test_json_has_the_text_unchanged(hostile):
    (finding,) = json.loads(hostile("json"))["findings"]
    assert HOSTILE in json.loads(f'"{finding["address"].partition(chr(34))[2].rpartition(chr(34))[0]}"')


@pytest.mark.parametrize("name", ["sarif", "sarif-failed"])
def test_a_sarif_message_has_one_line_without_link_and_placeholder(hostile, name):
    (result,) = json.loads(hostile(name))["runs"][0]["results"]
    text = result["message"]["text"]
    assert "\n" not in text
    assert "\x1b" not in text
    assert r"\[e](http://f)" in text
    assert "{{0}}" in text


def test_junit_is_well_formed_and_has_the_text(hostile):
    root = ET.fromstring(hostile("junit"))
    (case,) = root.iter("testcase")
    assert "<img src=x>" in case.get("name")
    assert "]]>" in case.get("name")
    assert [child.tag for child in case] == ["failure"]


def test_github_has_one_command_on_each_line(hostile):
    lines = hostile("github").splitlines()
    assert len(lines) == 2
    assert all(re.match(r"::(error|notice) title=[^:,]*(,file=[^:,]*)?(,line=\d+)?::", line) for line in lines)
    assert "%250A" in lines[0], "a percent sign of the input is escaped"


def test_gitlab_has_one_line_of_text(hostile):
    (entry,) = json.loads(hostile("gitlab"))
    assert "\n" not in entry["description"]
    assert "\x1b" not in entry["description"]


def test_markdown_shows_the_address_as_code(hostile):
    report = hostile("markdown")
    address = next(line for line in report.splitlines() if "aws_efs_file_system.files" in line)
    assert address.startswith("``aws_efs_file_system.files[")
    assert address.endswith("`` in `plan.json`")
    assert address.count("``") == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`a` is `b`; c", "`a` is `b`; c"),
        ("<b> @team | *x* _y_ # z", r"\<b\> @" + "\u200b" + r"team \| \*x\* \_y\_ \# z"),
        ("an odd ` backtick", r"an odd \` backtick"),
        ("[a](http://b)", r"\[a\]\(http\://b\)"),
        ("two\nlines", r"two\\nlines"),
        ("1. no list", r"1\. no list"),
    ],
)
def test_markdown_has_code_for_backticks_and_escapes_the_rest(text, shown):
    assert inline(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("a", "`a`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a``b", "```a``b```")]
)
def test_code_has_more_backticks_around_than_inside(text, shown):
    assert code(text) == shown


@pytest.mark.parametrize("name", FORMATS)
def test_a_secret_is_in_no_format(check, name):
    hcl = (
        f'provider "aws" {{\n  region = "eu-west-1"\n  secret_key = "{SECRET}"\n}}\n'
        f'resource "aws_db_instance" "db" {{\n  password = "{SECRET}"\n}}\n'
    )
    done = check(hcl, "--format", name, policy="*")
    assert done.exit_code == 1
    assert "sensitive" in done.stdout or "password" in done.stdout
    assert SECRET not in done.stdout
