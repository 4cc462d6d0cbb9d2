from __future__ import annotations

from typing import Any

import pytest
from cdktf import TerraformVariable  # noqa: TID251  as users do

from plainwork import Stack
from plainwork.checks.values import problems
from tests.support.conversions import ACCEPTED, JSON_TYPES, REJECTED

NAME = ["object", {"name": "string", "size": "number"}, ["size"]]


@pytest.mark.parametrize(("type_", "value"), ACCEPTED, ids=str)
def test_what_terraform_converts_is_accepted(type_: str, value: Any) -> None:
    assert list(problems(value, JSON_TYPES[type_], "argument")) == []


@pytest.mark.parametrize(("type_", "value"), REJECTED, ids=str)
def test_what_terraform_does_not_convert_is_rejected(type_: str, value: Any) -> None:
    assert list(problems(value, JSON_TYPES[type_], "argument")) != []


@pytest.mark.parametrize(
    "type_", ["string", "number", "bool", ["list", "string"], ["map", "string"], NAME, "dynamic"], ids=str
)
@pytest.mark.parametrize("value", ["${local.it}", '${jsonencode({"a" = "} ${local.it}"})}'])
def test_a_whole_expression_may_have_any_type(type_: Any, value: str) -> None:
    assert list(problems(value, type_, "argument")) == []


def test_text_with_an_expression_inside_is_a_string() -> None:
    assert list(problems("arn:${local.it}", "string", "argument")) == []
    [problem] = problems("${local.a}${local.b}", ["list", "string"], "argument")
    assert problem.startswith(
        "argument must be of type list(string), and text with an expression inside is always a string"
    )


def test_an_escaped_expression_is_literal_text() -> None:
    assert list(problems("$${aws:username}", "string", "argument")) == []
    assert list(problems("$${local.it}", "number", "argument")) != []


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("${local.it", "'$${local.it'"),
        ("arn:aws:s3:::${local.it}/${aws:username}", "'$${aws:username}'"),
        ("${VAR:-x}", "'$${VAR:-x}'"),
        ("${foo bar}", "'$${foo bar}'"),
        ("${aws_s3_bucket.}", "'$${aws_s3_bucket.}'"),
        ("%{http_code}", "'%%{http_code}'"),
    ],
)
def test_an_expression_that_terraform_cannot_read_is_rejected_with_its_literal_form(text: str, literal: str) -> None:
    [problem] = problems(text, "string", "argument")
    assert problem.startswith(f"argument is {text!r}")
    assert literal in problem


@pytest.mark.parametrize(
    "text", ["${ /* } */ var.ids }", '${f("}")}', "${upper(${TfToken[TOKEN.1]})}-${TfToken[a.b.2]}", "${~ var.ids ~}"]
)
def test_braces_in_comments_and_strings_and_tokens_in_code_are_read(text: str) -> None:
    assert list(problems(text, "string", "argument")) == []


@pytest.mark.parametrize(
    ("value", "type_", "problem"),
    [
        ({"a": {"b": ["c"]}}, ["map", ["map", "string"]], "argument.a.b must be of type string (got ['c'])"),
        ([1, "x"], ["list", "number"], "argument[1] must be of type number (got 'x')"),
        ([None], ["list", "string"], "argument[0] must not be None: leave it out"),
        ({1: "a"}, ["map", "string"], "argument has the key 1: keys must be strings"),
        (
            {"nmae": "a", "name": "b"},
            NAME,
            "argument.nmae is no attribute of this object (got 'a'); did you mean `name`?",
        ),
        ({"size": 1}, NAME, "argument.name is required"),
        (
            {"b"},
            ["set", "string"],
            "argument must be of type set(string) in a fixed order: a Python set has none (got {'b'})",
        ),
        (
            2**53 + 1,
            "number",
            f"argument is {2**53 + 1}: JSON keeps no number above 2**53 exactly; write it as the string '{2**53 + 1}'",
        ),
        (float("nan"), "number", "argument must be of type number (got nan)"),
    ],
)
def test_a_problem_names_path_rule_and_value(value: Any, type_: Any, problem: str) -> None:
    assert list(problems(value, type_, "argument")) == [problem]


def test_tokens_pass_where_they_can_resolve(stack: Stack) -> None:
    variable = TerraformVariable(stack, "it", type="any")
    assert list(problems(variable.string_value, ["map", "string"], "argument")) == []
    assert list(problems(variable.number_value, "number", "argument")) == []
    assert list(problems(variable.list_value, ["list", "string"], "argument")) == []
    assert list(problems(f"arn:{variable.string_value}", ["list", "string"], "argument")) != []
