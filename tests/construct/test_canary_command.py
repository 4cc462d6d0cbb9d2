from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from plainwork.canary import canary_percent_variable
from plainwork_cli.main import main
from tests.support.canaries import BLUE, BLUE_ALIAS, GREEN, GREEN_ALIAS, LIMITS, dns_canary, rule_canary

if TYPE_CHECKING:
    from plainwork import App, Stack

RULE = "aws_lb_listener_rule.checkout"
RECORDS = ("aws_route53_record.api_stable_a", "aws_route53_record.api_canary_a")
ALARM = "aws_cloudwatch_metric_alarm.checkout_canary_latency"


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit code, and the report with single spaces."""
    result = CliRunner().invoke(main, ["canary", *map(str, arguments)])
    return result.exit_code, "\n".join(" ".join(line.split()) for line in result.output.splitlines())


def rule(percent: float, *, reverse: bool = False, **others: Any) -> dict[str, Any]:
    """The values of a rule in a plan, which has target groups in any order."""
    groups = [{"arn": BLUE, "weight": 100 - percent}, {"arn": GREEN, "weight": percent}]
    forward = [{"stickiness": [], "target_group": groups[::-1] if reverse else groups}]
    return {"priority": 10, "action": [{"type": "forward", "forward": forward}], **others}


def record(weight: int, **others: Any) -> dict[str, Any]:
    return {"name": "api.example.com", "type": "A", "weighted_routing_policy": [{"weight": weight}], **others}


def configured(values: dict[str, Any]) -> dict[str, Any]:
    """The expressions of a rule in the configuration: the stable target group before the canary target group."""
    groups = [{"arn": {"constant_value": arn}} for arn in (BLUE, GREEN)]
    arguments = {"action", "default_action"} & values.keys()
    return {argument: [{"forward": [{"target_group": groups}]}] for argument in arguments}


def plan(directory: Path, changes: dict[str, tuple[Any, Any]], actions: list[str] | None = None) -> Path:
    """A plan that changes the values of each address; None is a resource that is created or deleted."""
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
            blocks.append({**common, "provider_config_key": "aws", "expressions": configured(after)})
    document = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": resources}},
        "resource_changes": changed,
        "configuration": {"provider_config": {"aws": {"name": "aws"}}, "root_module": {"resources": blocks}},
    }
    file = directory / "plan.json"
    file.write_text(json.dumps(document))
    return file


def records(before: int, after: int) -> dict[str, tuple[Any, Any]]:
    return {
        RECORDS[0]: (record(100 - before), record(100 - after)),
        RECORDS[1]: (record(before), record(after)),
    }


MOVES = {
    "the next step": ({RULE: (rule(5), rule(25))}, 0, "NEXT STEP checkout 5 % -> 25 %"),
    "the next step of records": (records(25, 50), 0, "NEXT STEP api 25 % -> 50 %"),
    "target groups in another order": ({RULE: (rule(5), rule(25, reverse=True))}, 0, "NEXT STEP checkout 5 % -> 25 %"),
    "the last step": ({RULE: (rule(50), rule(100))}, 0, "NEXT STEP checkout 50 % -> 100 %"),
    "a full rollback": ({RULE: (rule(100), rule(0))}, 0, "ROLLBACK checkout 100 % -> 0 %"),
    "a partial rollback": ({RULE: (rule(50), rule(5))}, 0, "ROLLBACK checkout 50 % -> 5 %"),
    "no change": ({RULE: (rule(5), rule(5))}, 0, "UNCHANGED checkout at 5 %"),
    "a start": ({RULE: (None, rule(5))}, 0, "NEW checkout is created at 5 %"),
    "a start that is too high": ({RULE: (None, rule(25))}, 1, "SKIPPED STEP checkout is created at 25 %; start at 5 %"),
    "an end": ({RULE: (rule(100), None)}, 0, "REMOVED checkout is deleted"),
    "a step left out": ({RULE: (rule(5), rule(50))}, 1, "SKIPPED STEP checkout 5 % -> 50 % skips 25 %"),
    "no step": ({RULE: (rule(5), rule(7))}, 1, "INVALID STEP checkout 7 % is not one of the steps"),
    "from an invalid step": ({RULE: (rule(7), rule(25))}, 0, "NEXT STEP checkout 7 % -> 25 %"),
    "both variants without weight": (
        {RECORDS[0]: (record(95), record(0)), RECORDS[1]: (record(5), record(0))},
        1,
        "api 5 % -> 50 % skips 25 %",
    ),
    "another argument with it": (
        {RULE: (rule(5), rule(25, priority=11))},
        1,
        "MIXED checkout 5 % -> 25 %, and the plan changes more than weights",
    ),
    "an alarm with it": (
        {RULE: (rule(5), rule(25)), ALARM: ({"threshold": 0.5}, {"threshold": 2})},
        1,
        "also aws_cloudwatch_metric_alarm.checkout_canary_latency: threshold",
    ),
    "an alarm alone": (
        {RULE: (rule(5), rule(5)), ALARM: ({"threshold": 0.5}, {"threshold": 2})},
        0,
        "also aws_cloudwatch_metric_alarm.checkout_canary_latency: threshold",
    ),
    "an alarm deleted with it": (
        {RULE: (rule(5), rule(25)), ALARM: ({"threshold": 0.5}, None)},
        1,
        "also aws_cloudwatch_metric_alarm.checkout_canary_latency is deleted",
    ),
    "an alarm of another canary": (
        {
            RULE: (rule(5), rule(25)),
            "aws_cloudwatch_metric_alarm.basket_canary_latency": ({"threshold": 1}, {"threshold": 2}),
        },
        0,
        "NEXT STEP checkout 5 % -> 25 %",
    ),
    "a promotion": (
        {
            RECORDS[0]: (record(0, records=["192.0.2.1"]), record(100, records=["192.0.2.2"])),
            RECORDS[1]: (record(100, records=["192.0.2.2"]), record(0, records=["192.0.2.1"])),
        },
        0,
        "PROMOTED api the canary variant becomes the stable variant",
    ),
    "a rollback to another target": (
        {
            RECORDS[0]: (record(0, records=["192.0.2.1"]), record(100, records=["192.0.2.3"])),
            RECORDS[1]: (record(100, records=["192.0.2.2"]), record(0, records=["192.0.2.2"])),
        },
        1,
        "also aws_route53_record.api_stable_a: records",
    ),
    "two types that differ": (
        records(5, 25)
        | {"aws_route53_record.api_stable_aaaa": (record(95), record(95))}
        | {"aws_route53_record.api_canary_aaaa": (record(5), record(5))},
        1,
        "MIXED api the records disagree",
    ),
}


@pytest.mark.parametrize("case", MOVES)
def test_the_status_of_a_plan(tmp_path: Path, case: str) -> None:
    changes, code, line = MOVES[case]
    done, text = run(plan(tmp_path, changes))
    assert (done, line in text) == (code, True), text


def test_the_report_shows_current_and_planned_step(tmp_path: Path) -> None:
    _, text = run(plan(tmp_path, {RULE: (rule(5), rule(25))}))
    assert "5 % stable 95 canary 5 current" in text.splitlines()
    assert "25 % stable 75 canary 25 this plan" in text.splitlines()
    assert "50 % stable 50 canary 50" in text.splitlines()


def test_a_new_canary_has_no_current_step(tmp_path: Path) -> None:
    _, text = run(plan(tmp_path, {RULE: (None, rule(5))}))
    assert "5 % stable 95 canary 5 this plan" in text.splitlines()


def test_a_promotion_of_target_groups_is_unchanged(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(100), rule(100))})
    document = json.loads(file.read_text())
    (block,) = document["configuration"]["root_module"]["resources"]
    block["expressions"]["action"][0]["forward"][0]["target_group"].reverse()
    file.write_text(json.dumps(document))
    code, text = run(file)
    assert (code, "UNCHANGED checkout at 0 %" in text) == (0, True)


def test_a_replacement_is_reported(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(5), rule(25))}, ["delete", "create"])
    code, text = run(file)
    assert (code, "also aws_lb_listener_rule.checkout is replaced" in text) == (1, True)


def test_other_steps_are_accepted(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(1), rule(10))})
    assert run(file, "--steps", "1,10,50")[0] == 0
    assert run(file)[0] == 1


@pytest.mark.parametrize("steps", ["1;2", "1,101", "-1,50", ""])
def test_invalid_steps_are_rejected(tmp_path: Path, steps: str) -> None:
    code, text = run(plan(tmp_path, {RULE: (rule(5), rule(25))}), "--steps", steps)
    assert (code, "--steps" in text) == (2, True)


def test_cdktf_output_has_a_current_and_a_next_step(app: App, stack: Stack) -> None:
    rule_canary(stack, percent=25).gate(name="prod-checkout", **LIMITS)
    dns_canary(stack, types=("A", "AAAA"), stable=BLUE_ALIAS, canary=GREEN_ALIAS)
    app.synth()
    code, text = run(app.outdir)
    assert code == 0
    assert "UNCHANGED checkout at 25 %" in text.splitlines()
    assert "aws_lb_listener_rule.checkout: stable 75, canary 25" in text.splitlines()
    gate = "aws_cloudwatch_composite_alarm.checkout"
    assert f"alarm prod-checkout-canary {gate}: take the next step only while it is OK" in text.splitlines()
    assert "25 % stable 75 canary 25 current" in text.splitlines()
    assert "50 % stable 50 canary 50 next" in text.splitlines()
    assert "UNCHANGED api at 5 %" in text.splitlines()
    assert "alarm none; add one with gate(...), or monitor both variants yourself" in text.splitlines()


def test_the_default_action_of_a_listener_is_a_canary(tmp_path: Path) -> None:
    before, after = ({"default_action": rule(percent)["action"], "port": 443} for percent in (5, 25))
    code, text = run(plan(tmp_path, {"aws_lb_listener.front": (before, after)}))
    assert (code, "NEXT STEP front 5 % -> 25 %" in text) == (0, True)
    assert "aws_lb_listener.front: stable 95 -> 75, canary 5 -> 25" in text.splitlines()


def test_another_argument_of_a_listener_with_a_step_is_reported(tmp_path: Path) -> None:
    before, after = ({"default_action": rule(5)["action"]}, {"default_action": rule(25)["action"], "port": 443})
    code, text = run(plan(tmp_path, {"aws_lb_listener.front": (before, after)}))
    assert (code, "also aws_lb_listener.front: port" in text.splitlines()) == (1, True)


def test_each_of_several_canary_variants_has_its_own_step(app: App, stack: Stack) -> None:
    rule_canary(stack, canary={"green": GREEN, "red": f"{GREEN}0"}, percent={"green": 25, "red": 5})
    targets = {"green": {"A": "192.0.2.2"}, "red": {"A": "192.0.2.3"}}
    dns_canary(stack, canary=targets, percent={"green": 5, "red": 0})
    app.synth()
    code, text = run(app.outdir)
    assert code == 0
    for line in (
        "UNCHANGED checkout variant 2 at 25 %",
        "UNCHANGED checkout variant 3 at 5 %",
        "aws_lb_listener_rule.checkout: stable 70, canary 25",
        "UNCHANGED api green at 5 %",
        "UNCHANGED api red at 0 %",
        "steps 0 % canary 0 current, rollback: no traffic to this variant",
    ):
        assert line in text.splitlines()


def test_a_plan_adds_a_third_variant_to_a_rule(tmp_path: Path) -> None:
    before, after = rule(25), rule(25)
    red = {"arn": f"{GREEN}0", "weight": 5}
    (forward,) = after["action"][0]["forward"]
    forward["target_group"] = [{"arn": BLUE, "weight": 70}, {"arn": GREEN, "weight": 25}, red]
    file = plan(tmp_path, {RULE: (before, after)})
    document = json.loads(file.read_text())
    (block,) = document["configuration"]["root_module"]["resources"]
    block["expressions"]["action"][0]["forward"][0]["target_group"].append({"arn": {"constant_value": red["arn"]}})
    file.write_text(json.dumps(document))
    code, text = run(file)
    assert code == 0
    assert "UNCHANGED checkout variant 2 at 25 %" in text.splitlines()
    assert "NEW checkout variant 3 is created at 5 %" in text.splitlines()


def test_a_weighted_record_with_another_identifier_is_not_a_variant(tmp_path: Path) -> None:
    other = record(100, set_identifier="eu-west-1")
    code, text = run(plan(tmp_path, records(5, 25) | {"aws_route53_record.api_europe_a": (None, other)}))
    assert (code, "europe" in text, "NEXT STEP api 5 % -> 25 %" in text) == (0, False, True)


def test_a_percentage_that_is_an_unknown_value_is_not_evaluated(app: App, stack: Stack) -> None:
    rule_canary(stack, percent=canary_percent_variable(stack, "percent"))
    app.synth()
    code, text = run(app.outdir)
    assert code == 2
    assert "NOT EVALUATED checkout" in text
    assert "`var.percent`" in text
    assert "check a plan" in text


def test_a_plan_without_the_configuration_of_the_rule_is_not_evaluated(tmp_path: Path) -> None:
    file = plan(tmp_path, {RULE: (rule(5), rule(25))})
    document = json.loads(file.read_text())
    document["configuration"]["root_module"]["resources"] = []
    file.write_text(json.dumps(document))
    code, text = run(file)
    assert code == 2
    assert "does not contain all target groups of aws_lb_listener_rule.checkout" in " ".join(text.split())


def test_target_groups_without_weights_are_not_evaluated(tmp_path: Path) -> None:
    group = "target_group {{\n arn = {}\n }}"
    groups = "\n".join(group.format(json.dumps(arn)) for arn in (BLUE, GREEN))
    text = f'resource "aws_lb_listener_rule" "checkout" {{\n action {{\n forward {{\n{groups}\n}}\n}}\n}}\n'
    (tmp_path / "main.tf").write_text(text)
    code, report = run(tmp_path)
    assert (code, "NOT EVALUATED checkout a variant has no weight; check a plan" in report) == (2, True)


def test_an_input_without_a_canary_is_an_error(tmp_path: Path) -> None:
    code, text = run(plan(tmp_path, {"aws_s3_bucket.logs": (None, {"bucket": "logs"})}))
    assert (code, "no canary found: no aws_lb_listener_rule or aws_lb_listener with two target groups" in text) == (
        2,
        True,
    )


def test_a_rule_with_one_target_group_is_not_a_canary(tmp_path: Path) -> None:
    one = {"action": [{"type": "forward", "forward": [{"target_group": [{"arn": BLUE, "weight": 1}]}]}]}
    assert run(plan(tmp_path, {RULE: (None, one)}))[0] == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nothing.json", None, "does not exist"),
        ("empty.json", "", "empty file"),
        ("half.json", '{"planned_values": {', "half.json:1: invalid JSON"),
        ("state.json", '{"lineage": "x", "serial": 1}', "a state describes"),
        ("plan.json", '{"format_version": "1.2", "planned_values": {}, "errored": true}', "`errored` is true"),
    ],
)
def test_an_invalid_input_is_an_error_without_a_traceback(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    code, text = run(tmp_path / name)
    assert code == 2
    assert message in text
    assert "Traceback" not in text


def test_the_command_does_not_start_node() -> None:
    program = "import sys, plainwork_cli.canary; sys.exit('jsii' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
