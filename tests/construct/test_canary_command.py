from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from plainwork.canary import percent_variable
from plainwork_cli.main import main
from tests.support.canaries import BALANCER, BLUE, BLUE_ALIAS, GREEN, GREEN_ALIAS, LIMITS, dns_canary, rule_canary

if TYPE_CHECKING:
    from plainwork import App, Stack

RULE = "aws_lb_listener_rule.checkout"
RECORDS = ("aws_route53_record.api_stable_a", "aws_route53_record.api_canary_a")
ALARM = "aws_cloudwatch_metric_alarm.checkout_canary_latency"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["canary", *map(str, arguments)])
    return result.exit_code, result.output


def rule(percent: float, *, turned: bool = False, **others: Any) -> dict[str, Any]:
    """A rule as a plan has it; target groups come in any order."""
    groups = [{"arn": BLUE, "weight": 100 - percent}, {"arn": GREEN, "weight": percent}]
    forward = [{"stickiness": [], "target_group": groups[::-1] if turned else groups}]
    return {"priority": 10, "action": [{"type": "forward", "forward": forward}], **others}


def record(weight: int, **others: Any) -> dict[str, Any]:
    return {"name": "api.example.com", "type": "A", "weighted_routing_policy": [{"weight": weight}], **others}


def written(values: dict[str, Any]) -> dict[str, Any]:
    """The expressions that the configuration has for a rule: its target groups in the order of their sides."""
    if "action" not in values:
        return {}
    groups = [{"arn": {"constant_value": arn}} for arn in (BLUE, GREEN)]
    return {"action": [{"forward": [{"target_group": groups}]}]}


def plan(folder: Path, changes: dict[str, tuple[Any, Any]], actions: list[str] | None = None) -> Path:
    """A plan that changes each address from one thing to another, or makes or removes it where one is None."""
    resources, changed, blocks = [], [], []
    for address, (before, after) in changes.items():
        type_, _, name = address.rpartition(".")
        common = {"address": address, "mode": "managed", "type": type_, "name": name, "provider_name": "aws"}
        verbs = actions or (
            ["create"]
            if before is None
            else ["delete"]
            if after is None
            else ["no-op" if before == after else "update"]
        )
        change = {"actions": verbs, "before": before, "after": after, "after_unknown": {}}
        changed.append({**common, "change": change})
        if after is not None:
            resources.append({**common, "schema_version": 0, "values": after, "sensitive_values": {}})
            blocks.append({**common, "provider_config_key": "aws", "expressions": written(after)})
    document = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": resources}},
        "resource_changes": changed,
        "configuration": {"provider_config": {"aws": {"name": "aws"}}, "root_module": {"resources": blocks}},
    }
    file = folder / "plan.json"
    file.write_text(json.dumps(document))
    return file


def records(before: int, after: int) -> dict[str, tuple[Any, Any]]:
    return {
        RECORDS[0]: (record(100 - before), record(100 - after)),
        RECORDS[1]: (record(before), record(after)),
    }


MOVES = {
    "the next step": ({RULE: (rule(5), rule(25))}, 0, "STEP      checkout  5 % -> 25 %, the next step"),
    "the next step of records": (records(25, 50), 0, "STEP      api  25 % -> 50 %, the next step"),
    "target groups in another order": ({RULE: (rule(5), rule(25, turned=True))}, 0, "5 % -> 25 %, the next step"),
    "the last step": ({RULE: (rule(50), rule(100))}, 0, "50 % -> 100 %, the next step"),
    "the rollback": ({RULE: (rule(100), rule(0))}, 0, "BACK      checkout  100 % -> 0 %, the rollback"),
    "a way back": ({RULE: (rule(50), rule(5))}, 0, "BACK      checkout  50 % -> 5 %, a way back"),
    "nothing": ({RULE: (rule(5), rule(5))}, 0, "STAYS     checkout  at 5 %"),
    "a start": ({RULE: (None, rule(5))}, 0, "NEW       checkout  is made at 5 %"),
    "a start that is too high": ({RULE: (None, rule(25))}, 1, "SKIP      checkout  is made at 25 %: begin with 5 %"),
    "an end": ({RULE: (rule(100), None)}, 0, "REMOVED   checkout  is removed"),
    "a step left out": ({RULE: (rule(5), rule(50))}, 1, "SKIP      checkout  5 % -> 50 % leaves out 25 %"),
    "no step": ({RULE: (rule(5), rule(7))}, 1, "OFF       checkout  7 % is none of the steps"),
    "from beside the steps": ({RULE: (rule(7), rule(25))}, 0, "STEP      checkout  7 % -> 25 %, the next step"),
    "both sides without weight": (
        {RECORDS[0]: (record(95), record(0)), RECORDS[1]: (record(5), record(0))},
        1,
        "api  5 % -> 50 % leaves out 25 %",
    ),
    "a side of another target": (
        {RULE: (rule(5), rule(25, priority=11))},
        1,
        "MIXED     checkout  5 % -> 25 %, the next step, and more than weights: take the step alone",
    ),
    "an alarm with it": (
        {RULE: (rule(5), rule(25)), ALARM: ({"threshold": 0.5}, {"threshold": 2})},
        1,
        "also      aws_cloudwatch_metric_alarm.checkout_canary_latency: threshold",
    ),
    "an alarm alone": (
        {RULE: (rule(5), rule(5)), ALARM: ({"threshold": 0.5}, {"threshold": 2})},
        0,
        "also      aws_cloudwatch_metric_alarm.checkout_canary_latency: threshold",
    ),
    "an alarm less": (
        {RULE: (rule(5), rule(25)), ALARM: ({"threshold": 0.5}, None)},
        1,
        "also      aws_cloudwatch_metric_alarm.checkout_canary_latency is removed",
    ),
    "another's alarm": (
        {
            RULE: (rule(5), rule(25)),
            "aws_cloudwatch_metric_alarm.basket_canary_latency": ({"threshold": 1}, {"threshold": 2}),
        },
        0,
        "STEP      checkout  5 % -> 25 %, the next step",
    ),
    "a promotion": (
        {
            RECORDS[0]: (record(0, records=["192.0.2.1"]), record(100, records=["192.0.2.2"])),
            RECORDS[1]: (record(100, records=["192.0.2.2"]), record(0, records=["192.0.2.1"])),
        },
        0,
        "PROMOTED  api  what was the canary becomes the stable side",
    ),
    "a rollback to something else": (
        {
            RECORDS[0]: (record(0, records=["192.0.2.1"]), record(100, records=["192.0.2.3"])),
            RECORDS[1]: (record(100, records=["192.0.2.2"]), record(0, records=["192.0.2.2"])),
        },
        1,
        "also      aws_route53_record.api_stable_a: records",
    ),
    "two types that differ": (
        records(5, 25)
        | {"aws_route53_record.api_stable_aaaa": (record(95), record(95))}
        | {"aws_route53_record.api_canary_aaaa": (record(5), record(5))},
        1,
        "MIXED     api  its records do not go together",
    ),
}


@pytest.mark.parametrize("case", MOVES)
def test_a_plan_is_named_for_what_it_does(tmp_path: Path, case: str) -> None:
    changes, code, line = MOVES[case]
    done, text = run(plan(tmp_path, changes))
    assert (done, line in text) == (code, True), text


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_plan_shows_the_step_that_it_takes_among_the_others(tmp_path: Path) -> None:
    _, text = run(plan(tmp_path, {RULE: (rule(5), rule(25))}))
    assert "5 % stable 95 canary 5 now" in lines(text)
    assert "25 % stable 75 canary 25 this plan" in lines(text)
    assert "50 % stable 50 canary 50" in lines(text)


def test_what_a_plan_makes_is_not_there_now(tmp_path: Path) -> None:
    _, text = run(plan(tmp_path, {RULE: (None, rule(5))}))
    assert "5 % stable 95 canary 5 this plan" in lines(text)


def test_target_groups_that_change_sides_are_a_promotion_without_a_change(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(100), rule(100))})
    document = json.loads(file.read_text())
    (block,) = document["configuration"]["root_module"]["resources"]
    block["expressions"]["action"][0]["forward"][0]["target_group"].reverse()
    file.write_text(json.dumps(document))
    code, text = run(file)
    assert (code, "STAYS     checkout  at 0 %" in text) == (0, True)


def test_a_replacement_is_said(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(5), rule(25))}, ["delete", "create"])
    code, text = run(file)
    assert (code, "also      aws_lb_listener_rule.checkout is replaced" in text) == (1, True)


def test_other_steps_may_be_given(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(1), rule(10))})
    assert run(file, "--steps", "1,10,50")[0] == 0
    assert run(file)[0] == 1


@pytest.mark.parametrize("steps", ["1;2", "1,101", "-1,50", ""])
def test_steps_that_are_none_are_refused(tmp_path: Path, steps: str) -> None:
    code, text = run(plan(tmp_path, {RULE: (rule(5), rule(25))}), "--steps", steps)
    assert (code, "--steps" in text) == (2, True)


def test_what_is_synthesised_stands_somewhere_and_has_a_next_step(app: App, stack: Stack) -> None:
    rule_canary(stack, percent=25).gate(name="prod-checkout", load_balancer_arn=BALANCER, **LIMITS)
    dns_canary(stack, types=("A", "AAAA"), stable=BLUE_ALIAS, canary=GREEN_ALIAS)
    app.synth()
    code, text = run(app.outdir)
    assert code == 0
    assert "STANDS checkout at 25 %" in lines(text)
    assert "aws_lb_listener_rule.checkout: stable 75, canary 25" in lines(text)
    gate = "aws_cloudwatch_composite_alarm.checkout"
    assert f"watch prod-checkout-canary {gate}: take a step only while it is OK" in lines(text)
    assert "25 % stable 75 canary 25 now" in lines(text)
    assert "50 % stable 50 canary 50 next" in lines(text)
    assert "STANDS api at 5 %" in lines(text)
    assert "watch no alarm: make one with gate(...), or watch both sides yourself" in lines(text)


def test_a_percentage_that_only_a_plan_knows_cannot_be_judged(app: App, stack: Stack) -> None:
    rule_canary(stack, percent=percent_variable(stack, "percent"))
    app.synth()
    code, text = run(app.outdir)
    assert (code, "UNKNOWN   checkout  not known: " in text and "var.percent" in text) == (2, True)


def test_a_side_that_cannot_be_told_from_the_other_cannot_be_judged(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(5), rule(25))})
    document = json.loads(file.read_text())
    document["configuration"]["root_module"]["resources"] = []
    file.write_text(json.dumps(document))
    code, text = run(file)
    assert (code, "which target group of aws_lb_listener_rule.checkout is the canary side" in text) == (2, True)


def test_weights_that_are_left_to_aws_cannot_be_judged(tmp_path: Path) -> None:
    group = "target_group {{\n arn = {}\n }}"
    groups = "\n".join(group.format(json.dumps(arn)) for arn in (BLUE, GREEN))
    text = f'resource "aws_lb_listener_rule" "checkout" {{\n action {{\n forward {{\n{groups}\n}}\n}}\n}}\n'
    (tmp_path / "main.tf").write_text(text)
    code, said = run(tmp_path)
    assert (code, "not known: a side has no weight of its own" in said) == (2, True)


def test_what_has_no_canary_cannot_be_judged(tmp_path: Path) -> None:
    code, text = run(plan(tmp_path, {"aws_s3_bucket.logs": (None, {"bucket": "logs"})}))
    assert (code, "has no canary: no aws_lb_listener_rule with two target groups" in text) == (2, True)


def test_a_rule_to_one_target_group_is_no_canary(tmp_path: Path) -> None:
    one = {"action": [{"type": "forward", "forward": [{"target_group": [{"arn": BLUE, "weight": 1}]}]}]}
    assert run(plan(tmp_path, {RULE: (None, one)}))[0] == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nothing.json", None, "does not exist"),
        ("empty.json", "", "is empty"),
        ("half.json", '{"planned_values": {', "is no JSON, or was cut short"),
        ("state.json", '{"lineage": "x", "serial": 1}', "is a state"),
        ("plan.json", '{"format_version": "1.2", "planned_values": {}, "errored": true}', "could not finish"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    code, text = run(tmp_path / name)
    assert code == 2
    assert message in text
    assert "Traceback" not in text


def test_the_command_starts_no_node() -> None:
    program = "import sys, plainwork_cli.canary; sys.exit('jsii' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
