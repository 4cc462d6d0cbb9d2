"""The picture of a stack: what changes, what it refers to, and where each box is."""

from __future__ import annotations

from typing import Any

from plainwork_policies.review.layout import layers
from plainwork_policies.review.picture_model import Picture
from tests.review.conftest import MakeReview
from tests.support.plan_documents import change


def configuration(**references: list[str]) -> dict[str, Any]:
    """A configuration in which the queue of each name refers to other blocks."""
    blocks = [
        {
            "address": f"aws_sqs_queue.{name}",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": name,
            "provider_config_key": "aws",
            "expressions": {"policy": {"references": found}},
        }
        for name, found in references.items()
    ]
    return {"root_module": {"resources": blocks}}


def columns(picture: Picture) -> dict[str, int]:
    return {node.key: node.column for node in picture.nodes}


def test_a_resource_is_right_of_what_it_refers_to(make_review: MakeReview) -> None:
    made = configuration(a=[], b=["aws_sqs_queue.a.arn"], c=["aws_sqs_queue.b.arn", "aws_kms_key.k.arn"])
    picture = make_review(*(change("create", f"aws_sqs_queue.{name}") for name in "abc"), configuration=made).picture
    assert columns(picture) == {"aws_sqs_queue.a": 0, "aws_sqs_queue.b": 1, "aws_sqs_queue.c": 2, "aws_kms_key.k": 0}
    assert set(picture.edges) == {
        ("aws_sqs_queue.a", "aws_sqs_queue.b"),
        ("aws_sqs_queue.b", "aws_sqs_queue.c"),
        ("aws_kms_key.k", "aws_sqs_queue.c"),
    }
    assert {node.key: node.verb for node in picture.nodes}["aws_kms_key.k"] == "none"


def test_an_arrow_along_which_another_way_leads_is_omitted(make_review: MakeReview) -> None:
    made = configuration(a=[], b=["aws_sqs_queue.a"], c=["aws_sqs_queue.a", "aws_sqs_queue.b"])
    picture = make_review(*(change("create", f"aws_sqs_queue.{name}") for name in "abc"), configuration=made).picture
    assert ("aws_sqs_queue.a", "aws_sqs_queue.c") not in picture.edges
    assert len(picture.edges) == 2


def test_the_instances_of_a_block_are_one_box(make_review: MakeReview) -> None:
    changes = (change("create", f"aws_sqs_queue.a[{number}]") for number in range(3))
    (node,) = make_review(*changes, configuration=configuration(a=[])).picture.nodes
    assert (node.label, node.caption) == ("a x 3", "SQS queue")


def test_many_changes_have_a_box_for_each_group(make_review: MakeReview) -> None:
    changes = [change("create", f"module.m{number % 3}.aws_sqs_queue.q{number}") for number in range(60)]
    picture = make_review(*changes).picture
    assert [(node.key, node.caption) for node in picture.nodes] == [
        (f"module.m{number}", "20 changes") for number in range(3)
    ]


def test_a_circle_ends() -> None:
    places = layers({"a": ["b"], "b": ["a"], "c": []})
    assert set(places) == {"a", "b", "c"}


def test_no_two_boxes_have_one_place() -> None:
    edges = {f"n{number}": [f"n{number // 2}"] if number else [] for number in range(40)} | {
        f"alone{number}": [] for number in range(9)
    }
    edges["n0"] = []
    edges["n1"] = ["n0"]
    places = layers(edges)
    assert len(set(places.values())) == len(edges)
