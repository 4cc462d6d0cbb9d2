"""The report for people. What a terminal shows is this text in colors."""

import io
from dataclasses import replace

import pytest

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import fail, not_evaluated
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.report.as_text import write
from tests.policy.small_policies import UNKNOWN, a_policy, yields

HCL = 'provider "aws" {}\n\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'


NOWHERE = Location("main.tf")


@pytest.fixture(autouse=True)
def _no_colours_of_the_machine(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(HCL)
    return Location("main.tf", 4)


def report(*findings, location=NOWHERE, count=1, stream=None, policies=()):
    names = ["q", *(f"q{number}" for number in range(1, count))]
    queues = [
        Resource(f"aws_sqs_queue.{name}", "managed", "aws_sqs_queue", name, "aws", {}, location) for name in names
    ]
    stack = Stack("web", "hcl", resources=tuple(queues))
    policies = policies or (a_policy(yields(*findings)),)
    text = stream or io.StringIO()
    write(RunResult((StackResult(stack, tuple(evaluate(stack, policies, Settings()))),), policies=policies), text)
    text.seek(0)
    return text.read()


WRONG = fail("name", "has the name `q`", value=["q"], remedy="name it by what it carries")


def test_a_failure_has_message_location_and_remedy(source):
    assert report(WRONG, location=source) == (
        "web  HCL, 1 resource\n"
        "\n"
        "  HIGH           a-test  PLW_TEST_001  main.tf:4\n"
        "                 aws_sqs_queue.q: has the name `q`\n"
        '                      3 | resource "aws_sqs_queue" "q" {\n'
        '                 >    4 |   name = "q"\n'
        "                      5 | }\n"
        "  remedy         name it by what it carries\n"
        "\n"
        "Checked 1 resource in 1 stack with 1 policy: 1 failed.\n"
    )


def test_a_message_of_several_resources_is_printed_once():
    text = report(WRONG, count=12).splitlines()
    assert [line.strip() for line in text if "has the name" in line] == ["has the name `q`"]
    assert text[-4:-2] == [
        "                 - and 4 more; --format json lists all",
        "  remedy         name it by what it carries",
    ]


def test_a_value_that_adds_nothing_is_omitted():
    assert "value" not in report(replace(WRONG, value=["q", Unknown("")]))
    assert '  value          ["p"]' in report(replace(WRONG, value=["p"]))


def test_not_evaluated_findings_follow_the_failures(source):
    text = report(UNKNOWN, WRONG, location=source).splitlines()
    assert text[-4:-2] == [
        "  NOT EVALUATED  a-test  PLW_TEST_001  main.tf:4",
        "                 aws_sqs_queue.q: `var.tags` has no default",
    ]


def unevaluated(count, reason="`var.tags` has no default; check a plan"):
    found = not_evaluated("tags", reason)
    return [line.strip() for line in report(found, location=Location("main.tf", 4), count=count).splitlines()]


def test_reasons_that_a_plan_decides_are_listed_for_few_resources():
    lines = unevaluated(8)
    assert "NOT EVALUATED  a-test  PLW_TEST_001" in lines
    assert sum(line.startswith("- aws_sqs_queue.") for line in lines) == 8


def test_reasons_that_a_plan_decides_are_numbers_for_many_resources():
    assert unevaluated(9)[2:-2] == [
        "NOT EVALUATED  9 results of 1 policy",
        "The configuration does not determine the values; check a plan.",
        "- 9 blocks: `var.tags` has no default, such as aws_sqs_queue.q  main.tf:4",
        "policies       a-test (9)",
    ]


def test_reasons_that_no_plan_decides_are_listed_for_many_resources():
    lines = unevaluated(9, "`vpc:DescribeSubnets` is not in the reference")
    assert "NOT EVALUATED  a-test  PLW_TEST_001" in lines
    assert "- and 1 more; --format json lists all" in lines


def test_the_advice_to_check_a_plan_is_printed_once():
    lines = unevaluated(1, "`var.a` has no default; check a plan; `each.key` differs between instances; check a plan")
    assert "".join(lines).count("check a plan") == 1


def test_a_subject_that_the_reason_begins_with_is_named_once():
    assert "aws_sqs_queue.q has no `name`" in unevaluated(1, "aws_sqs_queue.q has no `name`")


def test_a_reason_of_several_policies_is_printed_once(source):
    policies = tuple(a_policy(yields(UNKNOWN), number=number, slug=f"a-test-{number}") for number in (1, 2))
    text = report(location=source, policies=policies)
    assert text.count("has no default") == 1
    assert text.splitlines()[2:5] == [
        "  NOT EVALUATED  2 policies  main.tf:4",
        "                 aws_sqs_queue.q: `var.tags` has no default",
        "  policies       a-test-1, a-test-2",
    ]


def test_failures_of_several_policies_are_printed_separately(source):
    policies = tuple(a_policy(yields(WRONG), number=number, slug=f"a-test-{number}") for number in (1, 2))
    assert report(location=source, policies=policies).count("has the name `q`") == 2


def test_escape_sequences_are_escaped():
    text = report(replace(WRONG, message="is \x1b[2Jgone", value="\x1b[2J", remedy="a\nb"))
    assert "\x1b" not in text
    assert r"aws_sqs_queue.q: is \x1b[2Jgone" in text
    assert r"remedy         a\nb" in text


def test_the_name_of_a_file_is_escaped():
    text = report(WRONG, location=Location("a\x1b[2Jb.tf", 1))
    assert r"  a\x1b[2Jb.tf:1" in text


def test_characters_outside_the_encoding_are_escaped():
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert r"has the name `\xe9`" in report(replace(WRONG, message="has the name `é`"), stream=ascii_only)


def test_brackets_are_not_markup():
    assert "has [bold]no[/bold] name" in report(replace(WRONG, message="has [bold]no[/bold] name"))


def test_a_long_value_is_truncated():
    assert f'"{"x" * 90}' in report(replace(WRONG, value="x" * 1000))
    assert "..." in report(replace(WRONG, value="x" * 1000))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('secret_key = "hunter2"', "secret_key = (sensitive)"),
        ('"access_key": "hunter2",', '"access_key": (sensitive)'),
        ('creation_token = "files"', 'creation_token = "files"'),
        ("password = var.password", "password = var.password"),
        ('actions = ["secretsmanager:GetSecretValue"]', '"secretsmanager:GetSecretValue"]'),
    ],
)
def test_a_secret_beside_the_line_is_omitted(tmp_path, written, shown):
    file = tmp_path / "main.tf"
    file.write_text(HCL.replace("\n}\n", f"\n  {written}\n}}\n"))
    text = report(WRONG, location=Location(str(file), 4))
    assert shown in text
    assert "hunter2" not in text


def test_a_line_outside_the_file_is_omitted(source):
    assert "|" not in report(WRONG, location=replace(source, line=99))


def test_a_terminal_has_colors_unless_no_color_is_set(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31mHIGH" in report(WRONG)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;31mHIGH" not in report(WRONG)
