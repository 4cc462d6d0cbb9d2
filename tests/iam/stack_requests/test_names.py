"""A reference to a resource, its name in a string and its ARN are the same resource."""

from __future__ import annotations

import pytest

from plainwork_core.aws.iam_actions import resource_types
from plainwork_core.iam.stack_requests.arn_formats import TYPES, arn_parts
from tests.iam.stack_requests.conftest import ROLE, inline, reading

DATA = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n'
LOGS = 'resource "aws_s3_bucket" "logs" {\n}\n'
THE_OBJECT = ["aws_s3_bucket.data/a.csv", "arn:aws:s3:::data/a.csv", "${aws_s3_bucket.data.arn}/a.csv"]


@pytest.mark.parametrize(
    "resource",
    [
        '"${aws_s3_bucket.data.arn}/*"',
        '"arn:aws:s3:::${aws_s3_bucket.data.id}/*"',
        '"arn:aws:s3:::${aws_s3_bucket.data.bucket}/*"',
        '"arn:aws:s3:::data/*"',
        'format("%s/*", aws_s3_bucket.data.arn)',
    ],
)
def test_each_form_of_a_resource_is_the_same_resource(resource, answers):
    assert set(answers(DATA + reading(resource), "s3:GetObject", THE_OBJECT).values()) == {"allowed"}
    assert answers(DATA + LOGS + reading(resource), "s3:GetObject", ["aws_s3_bucket.logs/a.csv"]) == {
        "aws_s3_bucket.logs/a.csv": "unknown"  # AWS names it at apply
    }


def test_a_resource_that_aws_names_is_no_other_resource_of_the_stack(answers):
    hcl = LOGS + LOGS.replace('"logs"', '"archive"') + reading('"${aws_s3_bucket.logs.arn}/*"')

    assert answers(hcl, "s3:GetObject", ["aws_s3_bucket.logs/a", "aws_s3_bucket.archive/a"]) == {
        "aws_s3_bucket.logs/a": "allowed",
        "aws_s3_bucket.archive/a": "denied",
    }


def test_the_beginning_of_a_name_is_known(answers):
    logs = 'resource "aws_s3_bucket" "logs" {\n  bucket_prefix = "logs-"\n}\n'
    on = ["aws_s3_bucket.logs/a"]

    assert answers(logs + reading('"arn:aws:s3:::logs-*/*"'), "s3:GetObject", on) == {on[0]: "allowed"}
    assert answers(logs + reading('"arn:aws:s3:::data-*/*"'), "s3:GetObject", on) == {on[0]: "denied"}
    assert answers(logs + reading('"arn:aws:s3:::logs-a*/*"'), "s3:GetObject", on) == {on[0]: "unknown"}


def test_a_part_of_an_arn_is_that_of_the_provider(answers):
    queue = 'data "aws_caller_identity" "me" {}\nresource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n'
    role = ROLE + inline(
        'Effect = "Allow", Action = "sqs:SendMessage", '
        'Resource = "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.me.account_id}:jobs"'
    )
    without_account = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
    on = ["aws_sqs_queue.jobs", "arn:aws:sqs:eu-west-1:111122223333:jobs", "arn:aws:sqs:us-east-1:111122223333:jobs"]

    assert list(answers(queue + role, "sqs:SendMessage", on).values()) == ["allowed", "allowed", "denied"]
    unknown = answers(queue + role, "sqs:SendMessage", on, provider=without_account)
    assert list(unknown.values()) == ["allowed", "unknown", "denied"]
    given = answers(queue + role, "sqs:SendMessage", on, provider=without_account, account="111122223333")
    assert list(given.values()) == ["allowed", "allowed", "denied"]


def test_a_path_of_a_role_is_a_part_of_its_arn(answers):
    worker = ROLE.replace('"ci"', '"worker"').replace("{", '{\n  path = "/app/"', 1)
    role = ROLE + inline('Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/app/*"')

    assert answers(worker + role, "iam:PassRole", ["aws_iam_role.worker", "aws_iam_role.ci"]) == {
        "aws_iam_role.worker": "allowed",
        "aws_iam_role.ci": "denied",
    }


def test_arguments_that_refer_to_each_other_are_unknown(answers):
    buckets = (
        'resource "aws_s3_bucket" "data" {\n  bucket = aws_s3_bucket.logs.bucket\n}\n'
        'resource "aws_s3_bucket" "logs" {\n  bucket = aws_s3_bucket.data.bucket\n}\n'
    )

    assert answers(buckets + reading('"arn:aws:s3:::data/*"'), "s3:GetObject", ["aws_s3_bucket.data/a"]) == {
        "aws_s3_bucket.data/a": "unknown"
    }


@pytest.mark.parametrize("type_", TYPES)
def test_each_format_is_in_the_reference_and_has_one_name(type_):
    source = TYPES[type_]

    assert source.resource in resource_types(source.service)
    assert [variable for _, variable in arn_parts(type_)].count("") == 1
