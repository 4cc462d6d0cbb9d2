"""Constructs of CDKTF and those of this library in one app, which are all constructs of CDKTF then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cdktf  # noqa: TID251  as users do
import jsii
import pytest
from constructs import Construct as ConstructOfCdktf

from plainwork import App, Construct, Output, Resource, Stack, synthesize

if TYPE_CHECKING:
    from pathlib import Path


@jsii.implements(cdktf.IAspect)
class Owned:
    """An aspect of a user: a tag on every resource with tags."""

    def __init__(self) -> None:
        self.visited: list[Any] = []

    def visit(self, node: Any) -> None:
        self.visited.append(node)
        if isinstance(node, cdktf.TerraformResource) and isinstance(node, Resource):
            node.add_override("tags.Owner", "platform")


def test_an_aspect_visits_and_changes_the_constructs_of_this_library(app: App, stack: Stack) -> None:
    group = Construct(stack, "group")
    queue = Resource(group, "aws_sqs_queue", "orders", tags={"Name": "orders"})
    aspect = Owned()
    cdktf.Aspects.of(app).add(aspect)
    cdktf.Aspects.of(stack).add(aspect)
    assert synthesize(stack)["resource"]["aws_sqs_queue"]["group_orders"]["tags"] == {
        "Name": "orders",
        "Owner": "platform",
    }
    assert [node for node in aspect.visited if node in (stack, group, queue)] == [stack, group, queue]


def test_constructs_of_both_refer_to_each_other(stack: Stack) -> None:
    queue = Resource(stack, "aws_sqs_queue", "orders")
    cdktf.TerraformOutput(stack, "queue", value=queue["arn"])
    variable = cdktf.TerraformVariable(stack, "owner", type="string")
    Resource(stack, "aws_sns_topic", "orders", tags={"Owner": variable.string_value})
    module = cdktf.TerraformHclModule(stack, "dns", source="acme/dns/aws", variables={"queue": queue["url"]})
    Output(stack, "zone", value=module.get_string("zone_id"))
    config = synthesize(stack)
    assert config["output"] == {
        "queue": {"value": "${aws_sqs_queue.orders.arn}"},
        "zone": {"value": "${module.dns.zone_id}"},
    }
    assert config["resource"]["aws_sns_topic"]["orders"]["tags"] == {"Owner": "${var.owner}"}
    assert config["module"]["dns"]["queue"] == "${aws_sqs_queue.orders.url}"


def test_a_construct_of_cdktf_contains_constructs_of_this_library(stack: Stack) -> None:
    class Service(ConstructOfCdktf):
        def __init__(self, scope: ConstructOfCdktf, id_: str) -> None:
            super().__init__(scope, id_)
            Resource(self, "aws_sqs_queue", tags={"Name": id_})

    Service(stack, "orders")
    assert list(synthesize(stack)["resource"]["aws_sqs_queue"]) == ["orders"]


def test_cdktf_tests_see_the_resources_of_this_library(tmp_path: Path) -> None:
    stack = Stack(cdktf.Testing.app(outdir=str(tmp_path)), "web")
    Resource(stack, "aws_sqs_queue", "orders", delay_seconds=5)
    assert cdktf.Testing.to_have_resource_with_properties(
        cdktf.Testing.synth(stack), "aws_sqs_queue", {"delay_seconds": 5}
    )


def test_a_construct_with_a_metaclass_of_its_own_works(stack: Stack) -> None:
    from abc import ABC, abstractmethod  # noqa: PLC0415  of this test alone

    class Base(Construct, ABC):
        @abstractmethod
        def name(self) -> str: ...

    class Named(Base):
        def name(self) -> str:
            return "orders"

    with pytest.raises(TypeError, match="abstract"):
        Base(stack, "base")  # type: ignore[abstract]  # the mistake that is tested
    named = Named(stack, "named")
    assert (named.name(), isinstance(named, ConstructOfCdktf)) == ("orders", True)
