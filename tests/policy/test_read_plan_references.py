"""What the configuration in a plan refers to."""

from __future__ import annotations

from typing import Any

import pytest

from plainwork_core.model.values import Unknown
from plainwork_core.read.plan_configuration import Configuration

ARN = {"references": ["aws_lb_target_group.web.arn", "aws_lb_target_group.web"]}


def configuration(expressions: dict[str, Any], **modules: Any) -> Configuration:
    rule = {
        "address": "aws_lb_listener_rule.web",
        "type": "aws_lb_listener_rule",
        "name": "web",
        "expressions": expressions,
    }
    document = {"address": "data.aws_iam_policy_document.web", "expressions": {"source": ARN}}
    root = {"resources": [rule, document], "module_calls": modules}
    return Configuration.of({"configuration": {"root_module": root}}, "plan.json")


def test_a_template_in_json_syntax_is_not_constant() -> None:
    """Terraform writes the text of a template in a `.tf.json` file as `constant_value`."""
    made = configuration({"arn": {"constant_value": "${aws_lb_target_group.web.arn}", **ARN}})
    arn = made.arguments("aws_lb_listener_rule.web")["arn"]
    assert isinstance(arn, Unknown)
    assert arn.references == ("aws_lb_target_group.web.arn",)


def test_a_constant_is_constant() -> None:
    made = configuration({"priority": {"constant_value": 10}})
    assert made.arguments("aws_lb_listener_rule.web") == {"priority": 10}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (ARN, ("aws_lb_target_group.web",)),
        ({"references": ["data.aws_iam_policy_document.web.json"]}, ("aws_lb_target_group.web",)),
        ({"references": ["module.net.id"]}, ("module.net.aws_vpc.main",)),
        ({"references": ["var.name", "local.name", "each.key"]}, ()),
        ({"references": ["aws_lb_listener_rule.web.id"]}, ()),
    ],
)
def test_the_references_of_a_block_lead_through_data_sources_and_modules(
    expression: Any, expected: tuple[str, ...]
) -> None:
    outputs = {"id": {"expression": {"references": ["aws_vpc.main[0].id", "aws_vpc.main[0]", "aws_vpc.main"]}}}
    made = configuration({"a": expression}, net={"module": {"outputs": outputs}})
    assert made.references("aws_lb_listener_rule.web") == expected
