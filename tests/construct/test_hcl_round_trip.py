"""What is written parses back to what was given, by a reader that shares no code with the writer."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plainwork import hcl
from tests.support.documents import keys, strings, unescaped, values
from tests.support.hcl_values import normal, read

references = st.sampled_from(
    ["${aws_s3_bucket.state.arn}", "${var.names[0]}", "a ${var.name} b", "$${kept}", "%%{kept}"]
)


@settings(max_examples=150, deadline=None)
@given(values(st.one_of(unescaped, references)))
def test_a_value_parses_back_equal(value: Any) -> None:
    assert read(hcl.render({"locals": {"value": value}}))["locals"] == [{"value": normal(value)}]


@settings(max_examples=100, deadline=None)
@given(strings)
def test_a_literal_value_parses_back_as_a_string_without_templates(text: str) -> None:
    escaped = text.replace("${", "$${").replace("%{", "%%{")
    assert read(hcl.render({"variable": {"x": {"default": text}}}))["variable"] == [{"x": {"default": normal(escaped)}}]


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(keys, unescaped, max_size=5))
def test_the_keys_of_a_map_parse_back_equal(tags: dict[str, str]) -> None:
    document = {"resource": {"aws_s3_bucket": {"state": {"tags": tags}}}}
    assert read(hcl.render(document))["resource"] == [{"aws_s3_bucket": {"state": {"tags": normal(tags)}}}]
