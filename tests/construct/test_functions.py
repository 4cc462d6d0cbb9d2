from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource
from plainwork.functions import jsonencode
from plainwork_core.hcl.write import RenderError

if TYPE_CHECKING:
    from plainwork import Stack

VALUES: dict[str, tuple[Any, str]] = {
    "plain data": ([{"a": 1, "b": [True, None]}], "[{ a = 1, b = [true, null] }]"),
    "a reference": ({"arn": "${aws_s3_bucket.b.arn}"}, "{ arn = aws_s3_bucket.b.arn }"),
    "a reference in text": ("${aws_s3_bucket.b.arn}/*", '"${aws_s3_bucket.b.arn}/*"'),
    "a reference with quotes": ('${aws_s3_bucket.b["x"].arn}', 'aws_s3_bucket.b["x"].arn'),
    "text with quotes": ('say "yes"', r'"say \"yes\""'),
    "text that is no reference": ("$${literally}", '"$${literally}"'),
    "a key that is no name": ({"awslogs-group": "web"}, '{ "awslogs-group" = "web" }'),
}


@pytest.mark.parametrize("case", VALUES)
def test_jsonencode_is_written_as_terraform_reads_it(case: str) -> None:
    value, code = VALUES[case]
    assert jsonencode(value) == f"${{jsonencode({code})}}"


def test_a_reference_of_the_stack_stays_one(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    assert jsonencode({"arn": bucket["arn"]}) == "${jsonencode({ arn = aws_s3_bucket.b.arn })}"


def test_a_value_that_json_does_not_have_is_rejected() -> None:
    with pytest.raises(RenderError, match="is not a value of JSON"):
        jsonencode({"when": object()})


@pytest.mark.parametrize(("text", "problem"), [("${aws_s3_bucket", "is not closed"), ("${aws:username}", "`:`")])
def test_a_template_that_terraform_cannot_read_is_rejected(text: str, problem: str) -> None:
    with pytest.raises(RenderError) as error:
        jsonencode({"arn": text})
    assert f"jsonencode of {{'arn': {text!r}}}" in str(error.value)
    assert problem in str(error.value)
