"""The Python of the page: each block without an omission creates its canaries."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork import Provider, Resource, synthesize
from tests.support.canaries import BALANCER, NETWORK, ROLE, target_group

if TYPE_CHECKING:
    from plainwork import Stack

PAGE = Path(__file__).parents[2] / "docs" / "weighted-canary.md"
BLOCKS = [block for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL) if "(...," not in block]
ACTION = {"type": "fixed-response", "fixed_response": {"content_type": "text/plain", "status_code": "404"}}


def names(stack: Stack) -> dict[str, Any]:
    """What the blocks use without creating it."""
    balancers = {
        name: Resource(stack, "aws_lb", name, name=name, subnets=["subnet-0a1b2c3d4e5f60001"])
        for name in ("old", "new")
    }
    return {
        "stack": stack,
        "Resource": Resource,
        "topic": Resource(stack, "aws_sns_topic", "pager", name="pager"),
        "listener": Resource(
            stack, "aws_lb_listener", "web", load_balancer_arn=BALANCER, port=80, protocol="HTTP", default_action=ACTION
        ),
        "nlb": NETWORK,
        "zone": Resource(stack, "aws_route53_zone", "shop", name="example.com"),
        "old_balancer": balancers["old"],
        "new_balancer": balancers["new"],
        **{name: target_group(stack, name) for name in ("blue", "green", "red")},
        **{name: target_group(stack, name, protocol="TCP") for name in ("old_broker", "new_broker")},
        "role": ROLE,
        "cluster": Resource(stack, "aws_ecs_cluster", "shop", name="shop"),
        "task": Resource(stack, "aws_ecs_task_definition", "shop", family="shop", container_definitions="[]"),
    }


def test_the_blocks_of_the_page_are_valid(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1")
    scope = names(stack)
    for block in BLOCKS:
        exec(block, scope)
    resources = synthesize(stack)["resource"]
    assert len(BLOCKS) == 3
    assert set(resources["aws_lb_listener_rule"]) == {"rollout", "shop"}
    assert "broker" in resources["aws_lb_listener"]
    assert set(resources["aws_route53_record"]) == {"api_stable_a", "api_canary_a"}
    assert set(resources["aws_cloudwatch_composite_alarm"]) == {"rollout", "broker", "api", "shop"}
    assert "deployment_configuration" in resources["aws_ecs_service"]["shop"]
