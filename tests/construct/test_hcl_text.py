"""The text that is written, kind by kind."""

from __future__ import annotations

import re
from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest

from plainwork_core.hcl import write as hcl
from plainwork_core.hcl.syntax.nodes import Literal
from plainwork_core.hcl.syntax.parser import parse


def value(given: Any) -> str:
    """The right side of `value = `."""
    text = hcl.render({"locals": {"value": given}})
    return dedent(text.removeprefix("locals {\n").removesuffix("}\n")).removeprefix("value = ").rstrip("\n")


def block(**body: Any) -> str:
    """The body of a bucket policy."""
    text = hcl.render({"resource": {"aws_s3_bucket_policy": {"x": body}}})
    return dedent("\n".join(text.splitlines()[1:-1]))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("plain", '"plain"'),
        ('say "hi" \\', r'"say \"hi\" \\"'),
        ("tab\t nul\0 nbsp\xa0", r'"tab\t nul\u0000 nbsp\u00a0"'),
        ("$${kept} and %%{kept}", '"$${kept} and %%{kept}"'),
        (r"\$${kept} and \%%{kept}", r'"\\$${kept} and \\%%{kept}"'),
        ("${aws_s3_bucket.state.arn}", "aws_s3_bucket.state.arn"),
        ("${aws_s3_bucket.state.arn}/*", '"${aws_s3_bucket.state.arn}/*"'),
        ("${ var.x+1 }", "var.x + 1"),
        ('${"${var.x}"}', "var.x"),
        ("%{ if var.x }a%{ else }b%{ endif }", '"%{if var.x}a%{else}b%{endif}"'),
        ('${var.x?f("a",-1):null}', 'var.x ? f("a", -1) : null'),
        ("${[for k,v in var.m:v if v!=null]}", "[for k, v in var.m : v if v != null]"),
        ("${var.list[*].id}", "var.list[*].id"),
        ('${merge(var.a,{"Name"="x","a:b"=1})}', 'merge(var.a, { Name = "x", "a:b" = 1 })'),
        (1.0, "1"),
        (1e21, "1e21"),
        (0.1, "0.1"),
        (Decimal("0.1234567890123456789012345678901234567"), "0.1234567890123456789012345678901234567"),
        (10**25, "1" + "0" * 25),
        (True, "true"),
        (None, "null"),
        ([], "[]"),
        ({}, "{}"),
        (["a", 1, "${var.x}"], '["a", 1, var.x]'),
    ],
)
def test_a_value_is_written_as_a_person_would(given: Any, written: str) -> None:
    assert value(given) == written


def test_text_of_several_lines_is_a_heredoc() -> None:
    assert value('#!/bin/sh\necho "${var.x}"\n') == '<<-EOT\n  #!/bin/sh\n  echo "${var.x}"\nEOT'


@pytest.mark.parametrize("given", ["a\nb", "one line\n", "  all\n  indented\n", "a\n \nb\n", "bell \a\nx\n"])
def test_text_that_a_heredoc_would_change_or_hide_is_quoted(given: str) -> None:
    assert value(given).startswith('"')


def test_a_heredoc_ends_with_a_marker_that_is_not_in_it() -> None:
    assert value("EOT\nx\n").startswith("<<-EOT2\n")


def test_keys_are_bare_where_they_are_names_and_in_parentheses_where_they_are_expressions() -> None:
    lines = value({"Name": 1, "a b": 2, "for": 3, "${var.x}": 4, "x-${var.x}": 5}).splitlines()[1:-1]
    assert [line.partition("=")[0].strip() for line in lines] == ["Name", '"a b"', '"for"', "(var.x)", '"x-${var.x}"']


@pytest.mark.parametrize("before", ["", "😀", "\r", "\u200b", "é"])
@pytest.mark.parametrize("escaped", ["$${local.secret}", "%%{if}"])
def test_a_key_with_the_text_of_a_template_stays_text(before: str, escaped: str) -> None:
    written = hcl.render({"locals": {"value": {f"{before}{escaped}": "x"}}})
    (block,) = parse(written).blocks
    value = block.body.attribute("value")
    assert [member.key for member in value.members] == [Literal(before + escaped.replace("$$", "$").replace("%%", "%"))]


def test_a_short_list_has_one_line_and_a_long_list_one_line_per_item() -> None:
    actions = [f"s3:GetObjectVersion{number}" for number in range(5)]
    assert len(value(actions[:2]).splitlines()) == 1
    assert value(actions).splitlines() == ["[", *(f'  "{action}",' for action in actions), "]"]


def test_jsonencode_is_laid_out_over_lines() -> None:
    assert value('${jsonencode({"Version"="2012-10-17","Statement"=[{"Effect"="Allow"}]})}') == dedent("""\
        jsonencode({
          Version = "2012-10-17"
          Statement = [
            {
              Effect = "Allow"
            },
          ]
        })""")


def test_a_call_that_is_too_long_is_broken_at_its_last_argument() -> None:
    tags = '${merge(var.common_tags,var.more_of_the_tags,{"Name"="a rather long name","Environment"=var.environment})}'
    assert value(tags).splitlines()[0] == "merge(var.common_tags, var.more_of_the_tags, {"


def test_meta_arguments_are_first_and_last() -> None:
    lifecycle = {"prevent_destroy": True}
    lines = block(depends_on=["aws_s3_bucket.a"], policy="{}", lifecycle=lifecycle, bucket="a", count=2).splitlines()
    first_words = [line.split()[0] for line in lines if line and line[0] != " "]
    assert first_words == ["count", "bucket", "policy", "lifecycle", "}", "depends_on"]


def test_references_without_a_template_are_bare() -> None:
    text = block(provider="aws.other", lifecycle={"ignore_changes": ['tags["a"]'], "replace_triggered_by": ["a.b"]})
    assert "provider = aws.other" in text
    assert 'ignore_changes       = [tags["a"]]' in text


def test_a_list_of_objects_that_the_provider_takes_as_argument_is_written_as_blocks() -> None:
    rule = {"from_port": 443, "to_port": 443, "protocol": "tcp", "description": None}
    text = hcl.render({"resource": {"aws_security_group": {"x": {"ingress": [rule], "egress": []}}}})
    assert "egress = []" in text
    assert '  ingress {\n    from_port = 443\n    to_port   = 443\n    protocol  = "tcp"\n  }' in text


def test_resources_are_in_creation_order_under_the_name_of_their_construct() -> None:
    def made(position: int, **construct: str) -> dict[str, Any]:
        return {"//": {"plainwork": {"position": position, **construct}}}

    document = {
        "resource": {
            "aws_s3_bucket": {"b": made(2, construct="Store one"), "d": made(5)},
            "aws_sns_topic": {"a": made(1), "c": made(4, construct="Store one")},
        },
        "data": {"aws_region": {"e": made(3)}},
    }
    headers = [line.rstrip(" {}") for line in hcl.render(document).splitlines() if line]
    assert headers == [
        'resource "aws_sns_topic" "a"',
        "# Store one",
        'resource "aws_s3_bucket" "b"',
        'resource "aws_sns_topic" "c"',
        "# Directly in the stack",
        'data "aws_region" "e"',
        'resource "aws_s3_bucket" "d"',
    ]


def test_the_constructs_of_a_plain_cdktf_document_are_told_by_their_paths() -> None:
    body = {"//": {"metadata": {"path": "stack/reports/bucket", "uniqueId": "reports_bucket_1"}}, "bucket": "a"}
    assert hcl.render({"resource": {"aws_s3_bucket": {"b": body}}}).startswith("# reports\n\nresource")


def test_a_type_without_schema_has_the_blocks_that_its_metadata_names() -> None:
    metadata = {"plainwork": {"position": 1, "blocks": ["rule"]}}
    body = {"rule": [{"port": 1, "match": {"a": 1}}], "labels": [{"a": 1}], "//": metadata}
    text = hcl.render({"resource": {"acme_site": {"www": body}}})
    assert "  rule {" in text
    assert "    match = {" in text
    assert "  labels = [" in text


def test_a_list_of_objects_of_an_unknown_type_is_blocks() -> None:
    text = hcl.render({"resource": {"acme_site": {"www": {"rule": [{"port": 1}], "labels": {"a": "b"}}}}})
    assert "  rule {" in text
    assert "  labels = {" in text


@pytest.mark.parametrize("comment", ["made with plainwork", ["plainwork"], {"plainwork": None}, {"metadata": None}])
def test_what_a_person_writes_as_comment_says_nothing_about_blocks(comment: Any) -> None:
    text = hcl.render({"resource": {"acme_site": {"www": {"//": comment, "rule": [{"port": 1}]}}}})
    assert "  rule {" in text


def test_an_empty_block_of_a_provider_without_schema_is_a_block() -> None:
    assert hcl.render({"provider": {"azurerm": [{"features": [{}]}]}}) == 'provider "azurerm" {\n  features {}\n}\n'


def test_a_data_source_in_a_check_is_written_by_its_schema() -> None:
    data = {"aws_iam_policy_document": {"x": {"statement": {"actions": ["s3:*"]}}}}
    assert "    statement {" in hcl.render({"check": {"health": {"data": data}}})


def test_a_construct_whose_name_has_two_lines_is_still_a_comment() -> None:
    body = {"//": {"metadata": {"path": "stack/two\nlines/bucket"}}}
    assert hcl.render({"resource": {"aws_s3_bucket": {"b": body}}}).startswith("# two\n# lines\n\nresource")


def test_comments_that_are_text_are_kept_and_metadata_is_not_shown() -> None:
    text = hcl.render({"locals": {"//": "one\ntwo", "a": 1}, "//": {"metadata": {"version": "0.21.0"}}})
    assert text == "# one\n# two\nlocals {\n  a = 1\n}\n"


def test_an_empty_document_is_an_empty_file() -> None:
    assert hcl.render({}) == ""


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"resources": {}}, "unknown block type `resources`; did you mean `resource`?"),
        ({"resource": {"aws_s3_bucket": "x"}}, "resource.aws_s3_bucket is 'x'; a block must be an object"),
        ({"locals": {"a": "${var.x"}}, "locals.a: '${var.x' is not a valid expression"),
        ({"locals": {"a": "${f(1}"}}, "locals.a: '${f(1}' is not a valid expression"),
        ({"locals": {"a": "${aws:username}"}}, "locals.a: '${aws:username}' is not a valid expression"),
        ({"locals": {"a": "arn:${VAR:-x}"}}, "locals.a: 'arn:${VAR:-x}' is not a valid expression"),
        ({"locals": {"a": "%{http_code}"}}, "locals.a: '%{http_code}' is not a valid expression"),
        ({"locals": {"a": "${}"}}, "locals.a: '${}' is not a valid expression"),
        ({"locals": {"a b": 1}}, "locals.a b: invalid name of an argument 'a b'"),
        ({"locals": {"a": float("inf")}}, "locals.a: inf is not a number"),
        ({"locals": {"a": "\ud800"}}, "half a surrogate pair"),
        ({"locals": {"a": object}}, "is not a value of JSON"),
        ({"locals": {"//": 1}}, 'locals."//" is 1; a comment must be text'),
    ],
)
def test_what_has_no_form_in_hcl_is_an_error_that_names_it(document: dict[str, Any], problem: str) -> None:
    with pytest.raises(hcl.RenderError, match=re.escape(problem)):
        hcl.render(document)
