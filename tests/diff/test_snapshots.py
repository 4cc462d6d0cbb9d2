"""A snapshot test that fails shows its difference by block and argument."""

from __future__ import annotations

from plainwork.testing import difference

QUEUE = 'resource "aws_sqs_queue" "orders" {\n  name = "orders"\n}\n'


def test_the_difference_is_that_of_the_command() -> None:
    found = difference(QUEUE, QUEUE.replace('= "orders"', '= "others"'))
    assert "~ name: orders -> others  # forces the replacement" in found


def test_a_long_difference_is_whole() -> None:
    before = "".join(QUEUE.replace("orders", f"orders{number}") for number in range(300))
    found = difference(before, before.replace("= ", "= 1 + "))
    assert all(f"aws_sqs_queue.orders{number} " in f"{found} " for number in range(300))


def test_a_text_that_is_not_hcl_is_compared_by_line() -> None:
    assert difference("one\ntwo\n", "one\nthree\n").splitlines()[-2:] == ["-two", "+three"]


def test_another_layout_is_compared_by_line() -> None:
    assert "+# a comment" in difference(QUEUE, f"# a comment\n{QUEUE}")
