"""Tests of permissions over a stack in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import Provider, Resource, jsonencode
from plainwork.testing.iam import access

if TYPE_CHECKING:
    from plainwork import Stack


@pytest.fixture
def reports(stack: Stack) -> tuple[Resource, Resource]:
    """A role that may read a part of a bucket."""
    Provider(stack, "aws", region="eu-west-1", allowed_account_ids=["111122223333"])
    bucket = Resource(stack, "aws_s3_bucket", "reports", bucket="example-reports")
    role = Resource(stack, "aws_iam_role", "ci", name="ci", assume_role_policy=jsonencode({"Statement": []}))
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{bucket['arn']}/daily/*"}
    document = jsonencode({"Version": "2012-10-17", "Statement": [statement]})
    Resource(stack, "aws_iam_role_policy", "ci", role=role["name"], policy=document)
    return role, bucket


def test_a_stack_in_python_is_tested_as_it_is_synthesized(stack: Stack, reports: tuple[Resource, Resource]) -> None:
    role, bucket = reports
    ci = access(stack, role)

    ci.can("s3:GetObject", on=f"{bucket['arn']}/daily/1.csv")
    ci.cannot("s3:GetObject", on="aws_s3_bucket.reports/weekly/1.csv")
    ci.cannot("s3:Delete*", on=bucket)


def test_the_failure_shows_the_line_of_python(stack: Stack, reports: tuple[Resource, Resource]) -> None:
    role, _ = reports

    with pytest.raises(AssertionError, match=r"Allow of aws_iam_role_policy.ci \(.*test_permissions.py:\d+\)"):
        access(stack, role).cannot("s3:GetObject", on="aws_s3_bucket.reports/daily/1.csv")
