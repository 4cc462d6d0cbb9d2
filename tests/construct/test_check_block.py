from __future__ import annotations

from typing import Any

import pytest
from constructs import Construct

from plainwork import Check, DataSource, Output, Provider, Resource, Stack, render, synthesize
from plainwork.errors import AddressError, ArgumentsError, MissingSchemaWarning, UndefinedReferenceError

ASSERT = {"condition": '${aws_s3_bucket.b.bucket != ""}', "error_message": "No name."}
DATA = {"aws_s3_bucket": {"state": {"bucket": "state"}}}
OF_DATA = {"condition": '${data.aws_s3_bucket.state.region == "eu-west-1"}', "error_message": "Another Region."}


def test_a_check_is_written(stack: Stack) -> None:
    replica = Provider(stack, "aws", alias="replica", region="eu-central-1")
    found = Check(
        stack, "region", data={"aws_s3_bucket": {"state": {"bucket": "a", "provider": replica}}}, assert_=OF_DATA
    )
    assert found.address == "check.region"
    assert render(synthesize(stack)).endswith(
        'check "region" {\n'
        '  data "aws_s3_bucket" "state" {\n'
        "    provider = aws.replica\n"
        "\n"
        '    bucket = "a"\n'
        "  }\n"
        "\n"
        "  assert {\n"
        '    condition     = data.aws_s3_bucket.state.region == "eu-west-1"\n'
        '    error_message = "Another Region."\n'
        "  }\n"
        "}\n"
    )


def test_a_check_inside_a_construct_is_named_after_it(stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b")
    Check(Construct(stack, "web"), "health", assert_=[ASSERT, ASSERT])
    assert synthesize(stack)["check"] == {"web_health": {"assert": [ASSERT, ASSERT]}}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"assert_": []}, "`assert` has 0 blocks; the minimum is 1"),
        ({"assert_": {"condition": "${true}"}}, r"`assert\[0\].error_message` is required"),
        ({"assert_": OF_DATA, "data": {"aws_s3_bucket": {"s": {}}}}, "`data.aws_s3_bucket.s.bucket` is required"),
        ({"assert_": OF_DATA, "data": {"aws_s3_bucket": {"s": {"bucket": "a", "count": 1}}}}, "unsupported argument"),
        ({"assert_": OF_DATA, "data": {**DATA, "aws_region": {"here": {}}}}, "`data` has 2 data sources; the maximum"),
    ],
)
def test_invalid_arguments_are_rejected(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match=f"check.it: invalid arguments:\n.*{problem}"):
        Check(stack, "it", **arguments)


def test_an_attribute_that_the_data_source_does_not_have_is_an_error(stack: Stack) -> None:
    Check(stack, "it", data=DATA, assert_={**OF_DATA, "condition": "${data.aws_s3_bucket.state.regoin == 1}"})
    with pytest.raises(
        UndefinedReferenceError, match=r"check.it refers to .*: no attribute `regoin`; did you mean `reg"
    ):
        synthesize(stack)


def test_a_data_source_of_another_check_is_not_in_scope(stack: Stack) -> None:
    Check(stack, "it", data=DATA, assert_=OF_DATA)
    Output(stack, "region", value="${data.aws_s3_bucket.state.region}")
    with pytest.raises(
        UndefinedReferenceError, match=r"output.region refers to data.aws_s3_bucket.state.region, which only check.it"
    ):
        synthesize(stack)


def test_a_resource_that_is_not_declared_is_an_error(stack: Stack) -> None:
    Check(stack, "it", assert_=ASSERT)
    with pytest.raises(UndefinedReferenceError, match=r"check.it refers to aws_s3_bucket.b, which no stack"):
        synthesize(stack)


def test_a_duplicate_check_or_data_source_is_rejected(stack: Stack) -> None:
    Check(stack, "it", data=DATA, assert_=OF_DATA)
    with pytest.raises(AddressError, match=r"duplicate check.it in stack 'demo'"):
        Check(stack, "it", assert_=OF_DATA)
    with pytest.raises(AddressError, match=r"duplicate data source data.aws_s3_bucket.state in stack"):
        DataSource(stack, "aws_s3_bucket", "state", bucket="a")


def test_a_data_source_without_schema_is_not_checked(stack: Stack) -> None:
    with pytest.warns(MissingSchemaWarning, match=r"no schema for data.http"):
        Check(
            stack,
            "site",
            data={"http": {"site": {"url": "https://example.com"}}},
            assert_={**ASSERT, "condition": "${data.http.site.status_code == 200}"},
        )
    assert synthesize(stack)["check"]["site"]["data"] == {"http": {"site": {"url": "https://example.com"}}}
