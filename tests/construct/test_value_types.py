from __future__ import annotations

from typing import Any

import pytest
from cdktf import TerraformVariable  # noqa: TID251  as users do

from plainwork import Stack
from plainwork.arguments.values import convert
from tests.support.conversions import ACCEPTED, JSON_TYPES, REJECTED


def problems(value: Any, type_: Any, path: str) -> list[str]:
    found: list[str] = []
    convert(value, type_, path, found)
    return found


NAME = ["object", {"name": "string", "size": "number"}, ["size"]]


@pytest.mark.parametrize(("type_", "value"), ACCEPTED, ids=str)
def test_what_terraform_converts_is_accepted(type_: str, value: Any) -> None:
    assert problems(value, JSON_TYPES[type_], "argument") == []


@pytest.mark.parametrize(("type_", "value"), REJECTED, ids=str)
def test_what_terraform_does_not_convert_is_rejected(type_: str, value: Any) -> None:
    assert problems(value, JSON_TYPES[type_], "argument") != []


@pytest.mark.parametrize(
    "type_", ["string", "number", "bool", ["list", "string"], ["map", "string"], NAME, "dynamic"], ids=str
)
@pytest.mark.parametrize("value", ["${local.it}", '${jsonencode({"a" = "} ${local.it}"})}'])
def test_a_whole_expression_can_have_any_type(type_: Any, value: str) -> None:
    assert problems(value, type_, "argument") == []


def test_text_with_an_expression_inside_is_a_string() -> None:
    assert problems("arn:${local.it}", "string", "argument") == []
    [problem] = problems("${local.a}${local.b}", ["list", "string"], "argument")
    assert problem.startswith("`argument` must be of type list(string); text with an expression in it is a string")


def test_an_escaped_expression_is_literal_text() -> None:
    assert problems("$${aws:username}", "string", "argument") == []
    assert problems("$${local.it}", "number", "argument") != []


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
    assert problem.startswith(f"`argument` is {text!r}")
    assert literal in problem


@pytest.mark.parametrize(
    "text", ["${ /* } */ var.ids }", '${f("}")}', "${upper(${TfToken[TOKEN.1]})}-${TfToken[a.b.2]}", "${~ var.ids ~}"]
)
def test_braces_in_comments_and_strings_and_tokens_in_code_are_read(text: str) -> None:
    assert problems(text, "string", "argument") == []


@pytest.mark.parametrize(
    ("value", "type_", "problem"),
    [
        ({"a": {"b": ["c"]}}, ["map", ["map", "string"]], "`argument.a.b` must be of type string (value ['c'])"),
        ([1, "x"], ["list", "number"], "`argument[1]` must be of type number (value 'x')"),
        ([None], ["list", "string"], "`argument[0]` must not be None; omit the element"),
        ({1: "a"}, ["map", "string"], "`argument` has the key 1; keys must be strings"),
        (
            {"nmae": "a", "name": "b"},
            NAME,
            "unsupported argument `argument.nmae` (value 'a'); did you mean `name`?",
        ),
        ({"size": 1}, NAME, "`argument.name` is required"),
        (
            {"b"},
            ["set", "string"],
            "`argument` must be of type set(string), as a list: a Python set has no stable order (value {'b'})",
        ),
        (
            2**53 + 1,
            "number",
            f"`argument` is {2**53 + 1}; JSON numbers above 2**53 are not exact; use the string '{2**53 + 1}'",
        ),
        (float("nan"), "number", "`argument` must be of type number (value nan)"),
    ],
)
def test_a_problem_names_path_rule_and_value(value: Any, type_: Any, problem: str) -> None:
    assert problems(value, type_, "argument") == [problem]


def test_tokens_are_accepted_where_they_can_resolve(stack: Stack) -> None:
    variable = TerraformVariable(stack, "it", type="any")
    assert problems(variable.string_value, ["map", "string"], "argument") == []
    assert problems(variable.number_value, "number", "argument") == []
    assert problems(variable.list_value, ["list", "string"], "argument") == []
    assert problems(f"arn:{variable.string_value}", ["list", "string"], "argument") != []
