"""Blocks with the same content under another address, with and without a `moved` block."""

from __future__ import annotations

import pytest

from tests.diff.conftest import Compare

QUEUE = 'resource "aws_sqs_queue" "{}" {{\n  name = "orders"\n}}\n'
MOVED = "moved {{\n  from = {}\n  to   = {}\n}}\n"


def test_a_renamed_resource_without_a_moved_block_is_replaced(compare: Compare) -> None:
    (found,) = compare(QUEUE.format("a"), QUEUE.format("b")).changes
    assert (found.address, found.former, found.verb) == ("aws_sqs_queue.b", "aws_sqs_queue.a", "replace")
    assert "without a `moved` block" in found.notes[0]


def test_a_moved_resource_is_not_changed(compare: Compare) -> None:
    after = QUEUE.format("b") + MOVED.format("aws_sqs_queue.a", "aws_sqs_queue.b")
    moved, _ = sorted(compare(QUEUE.format("a"), after).changes, key=lambda change: change.address)
    assert (moved.address, moved.verb, moved.notes) == ("aws_sqs_queue.b", "none", ("moved from `aws_sqs_queue.a`",))


def test_a_moved_resource_may_change_too(compare: Compare) -> None:
    after = QUEUE.format("b").replace("}", "  delay_seconds = 1\n}") + MOVED.format(
        "aws_sqs_queue.a", "aws_sqs_queue.b"
    )
    moved, _ = sorted(compare(QUEUE.format("a"), after).changes, key=lambda change: change.address)
    assert (moved.verb, [line.argument for line in moved.lines]) == ("update", ["delay_seconds"])


def test_a_resource_that_moves_out_of_a_module_names_its_old_address(compare: Compare) -> None:
    after = QUEUE.format("a") + MOVED.format("module.queues.aws_sqs_queue.a", "aws_sqs_queue.a")
    created = next(change for change in compare("", after).changes if change.kind == "resource")
    assert created.notes == ("moved from `module.queues.aws_sqs_queue.a`",)


def test_another_resource_with_another_content_is_no_rename(compare: Compare) -> None:
    verbs = [change.verb for change in compare(QUEUE.format("a"), QUEUE.format("b").replace("orders", "x")).changes]
    assert sorted(verbs) == ["create", "delete"]


def test_resources_that_refer_to_each_other_are_renamed_together(compare: Compare) -> None:
    pair = (
        'resource "aws_vpc" "{0}" {{\n cidr_block = "10.0.0.0/16"\n}}\n'
        'resource "aws_subnet" "{0}" {{\n vpc_id = aws_vpc.{0}.id\n}}\n'
    )
    found = {change.address: change.former for change in compare(pair.format("a"), pair.format("b")).changes}
    assert found == {"aws_vpc.b": "aws_vpc.a", "aws_subnet.b": "aws_subnet.a"}


def test_equal_resources_are_paired_by_the_likeness_of_their_names(compare: Compare) -> None:
    before, after = (
        "".join(QUEUE.format(f"{name}_{end}") for name in ("dead", "live")) for end in ("letters", "letter")
    )
    found = {change.address: change.former for change in compare(before, after).changes}
    assert found == {
        "aws_sqs_queue.dead_letter": "aws_sqs_queue.dead_letters",
        "aws_sqs_queue.live_letter": "aws_sqs_queue.live_letters",
    }


def test_a_reference_to_a_moved_block_says_so(compare: Compare) -> None:
    moved = MOVED.format("aws_sqs_queue.a", "aws_sqs_queue.b")
    assert note_of_reference(compare, moved, "b") == "the same block under its new address"


@pytest.mark.parametrize(("moved", "name"), [("", "b"), (MOVED.format("aws_sqs_queue.a", "aws_sqs_queue.b"), "c")])
def test_a_reference_to_another_block_does_not(compare: Compare, moved: str, name: str) -> None:
    assert note_of_reference(compare, moved, name) == ""


def note_of_reference(compare: Compare, moved: str, name: str) -> str:
    """Return the note on an output that referred to the queue `a`, which is now `b`, and refers to *name*."""
    output = 'output "id" {{\n  value = aws_sqs_queue.{}.id\n}}\n'
    after = QUEUE.format("b") + output.format(name) + moved
    changes = compare(QUEUE.format("a") + output.format("a"), after).changes
    (line,) = next(change for change in changes if change.kind == "output").lines
    return line.note


def test_a_renamed_variable_is_not_replaced(compare: Compare) -> None:
    (found,) = compare('variable "a" {\n default = 1\n}\n', 'variable "b" {\n default = 1\n}\n').changes
    assert (found.verb, found.notes) == ("none", ("renamed from `var.a`",))
