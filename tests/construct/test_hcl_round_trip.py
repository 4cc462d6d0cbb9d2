"""What is written parses back to what was given, by a reader that shares no code with the writer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plainwork import synthesize
from plainwork_core.hcl import write as hcl
from plainwork_core.schema import BlockSchema, load
from plainwork_core.schema.model import Mode
from stacks.app import build
from tests.support.documents import keys, strings, unescaped, values
from tests.support.hcl_values import normal, read

references = st.sampled_from(
    ["${aws_s3_bucket.state.arn}", "${var.names[0]}", "a ${var.name} b", "$${kept}", "%%{kept}"]
)


@settings(max_examples=150)
@given(values(st.one_of(unescaped, references)))
def test_a_value_parses_back_equal(value: Any) -> None:
    assert read(hcl.render({"locals": {"value": value}}))["locals"] == [{"value": normal(value)}]


@settings(max_examples=100)
@given(strings)
@example("%{ if")
def test_a_literal_value_parses_back_as_a_string_without_templates(text: str) -> None:
    """python-hcl2 requires the closing brace of an escaped template, unlike Terraform."""
    text = text.replace("{", "{}")
    escaped = text.replace("${", "$${").replace("%{", "%%{")
    assert read(hcl.render({"variable": {"x": {"default": text}}}))["variable"] == [{"x": {"default": normal(escaped)}}]


@settings(max_examples=50)
@given(st.dictionaries(keys, unescaped, max_size=5))
def test_the_keys_of_a_map_parse_back_equal(tags: dict[str, str]) -> None:
    document = {"resource": {"aws_s3_bucket": {"state": {"tags": tags}}}}
    assert read(hcl.render(document))["resource"] == [{"aws_s3_bucket": {"state": {"tags": normal(tags)}}}]


@pytest.mark.parametrize("name", ["state", "network", "checkout"])
@pytest.mark.parametrize("mode", ["resource", "data"])
def test_a_stack_of_this_repository_parses_back_equal(name: str, mode: Mode, tmp_path: Path) -> None:
    document = synthesize(build(str(tmp_path)).node.find_child(name))
    given = [{type_: {label: body}} for type_, named in document.get(mode, {}).items() for label, body in named.items()]
    written = read(hcl.render(document)).get(mode, [])
    expected = [unspaced(in_blocks(mode, block)) for block in given]
    assert sorted(map(unspaced, written), key=name_of) == sorted(expected, key=name_of)


def unspaced(value: Any) -> Any:
    """A value without the spaces inside the braces of expressions, which python-hcl2 takes away."""
    if isinstance(value, dict):
        return {name: unspaced(each) for name, each in value.items()}
    if isinstance(value, list):
        return [unspaced(member) for member in value]
    return value.replace("{ ", "{").replace(" }", "}") if isinstance(value, str) else value


def name_of(declared: dict[str, Any]) -> tuple[str, ...]:
    ((type_, named),) = declared.items()
    return (type_, *named)


def in_blocks(mode: Mode, given: dict[str, Any]) -> dict[str, Any]:
    """A resource of a document in the form in which `read` gives it back."""
    ((type_, named),) = given.items()
    ((label, body),) = named.items()
    schema = load().block(mode, type_)
    assert schema
    return {type_: {label: _body(body, schema)}}


def _body(body: dict[str, Any], schema: BlockSchema) -> dict[str, Any]:
    return {name: _argument(name, value, schema) for name, value in body.items() if name != "//"}


def _argument(name: str, value: Any, schema: BlockSchema) -> Any:
    if name == "depends_on":
        return [f"${{{address}}}" for address in value]
    if name == "lifecycle":
        return [normal(value)]
    if nested := schema.blocks.get(name):
        return [_body(member, nested.block) for member in (value if isinstance(value, list) else [value])]
    return normal(value)
