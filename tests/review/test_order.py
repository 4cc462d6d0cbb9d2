"""The order of a review: the decision, risks, access, findings, canaries, changes, folded changes, and the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from tests.support.plan_documents import change, plan

Command = Callable[..., Result]
PUBLIC = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}


def rule(canary: int) -> dict[str, Any]:
    arn = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/{}/1"
    groups = [{"arn": arn.format(name), "weight": weight} for name, weight in (("a", 100 - canary), ("b", canary))]
    return {"action": [{"type": "forward", "forward": [{"target_group": groups}]}]}


def document() -> dict[str, Any]:
    open_rule = {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}
    block = {"address": "aws_lb_listener_rule.r", "mode": "managed", "type": "aws_lb_listener_rule", "name": "r"}
    groups = [{"arn": {"constant_value": group["arn"]}} for group in rule(5)["action"][0]["forward"][0]["target_group"]]
    expressions = {"action": [{"forward": [{"target_group": groups}]}]}
    configured = {"resources": [{**block, "provider_config_key": "aws", "expressions": expressions}]}
    return plan(
        change("update", "aws_sqs_queue.tagged", {"tags": {"a": "b"}}, {"tags": {"a": "c"}}),
        change("update", "aws_lb_listener_rule.r", rule(5), rule(25)),
        change("update", "aws_security_group.web", {"ingress": []}, {"ingress": [open_rule]}),
        change("replace", "aws_dynamodb_table.t", {"hash_key": "id"}, {"hash_key": "pk"}, forced_by=("hash_key",)),
        change("delete", "aws_nat_gateway.n"),
        change("create", "aws_sqs_queue_policy.p", None, {"queue_url": "q", "policy": json.dumps(PUBLIC)}),
        configuration={"root_module": configured},
        output_changes={"url": {"actions": ["update"], "before": "a", "after": "b"}},
    )


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        (
            "text",
            (
                "Approve the loss",
                "DATA LOSS",
                "OPEN TO ALL",
                "resource-policy-public-access",
                "NEXT STEP",
                "root module",
                "Tags only",
                "billed",
                "  output  ",
                "SHA-256",
            ),
        ),
        (
            "markdown",
            (
                "## 🔴 Approve",
                "### Data",
                "### Access",
                "### Findings",
                "### Canary",
                "### Changes",
                "Tags only",
                "Billed",
                "Outputs",
                "SHA-256",
            ),
        ),
        (
            "html",
            (
                "<h1>",
                'id="risks"',
                'id="access"',
                'id="findings"',
                'id="canary"',
                'id="changes"',
                'id="folded"',
                "Billed",
                "Outputs (",
                "SHA-256 <code>",
            ),
        ),
    ],
)
def test_each_form_has_the_same_order(command: Command, form: str, parts: tuple[str, ...]) -> None:
    done = command(document(), "--format", form)
    assert done.exit_code == 0, done.output
    places = [done.output.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_what_is_not_evaluated_is_among_the_findings(command: Command) -> None:
    unknown = change("update", "aws_security_group.a", {"tags": {"a": "b"}}, {"tags": "z"})
    page = command(plan(unknown), "--format", "html").output
    (findings,) = re.findall(r'<section id="findings">.*?</section>', page, re.DOTALL)
    assert "Not evaluated (" in findings


def test_the_address_of_a_risk_leads_to_its_change(command: Command) -> None:
    page = command(plan(change("delete", "aws_nat_gateway.n")), "--format", "html").output
    (risks,) = re.findall(r'<section id="risks">.*?</section>', page, re.DOTALL)
    (target,) = re.findall(r'href="#(change-\w+)"', risks)
    assert f'id="{target}"' in page
