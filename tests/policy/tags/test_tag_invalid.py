import pytest

from plainwork_policies.tags.tag_invalid import tag_invalid

BUCKET = 'resource "aws_s3_bucket" "x" {\n  tags = %s\n}\n'
OBJECT = 'resource "aws_s3_object" "x" {\n  tags = %s\n  %s\n}\n'
DEFAULTS = 'provider "aws" {\n  default_tags {\n    tags = %s\n  }\n}\n'


def many(number, prefix="k"):
    return "{" + ", ".join(f'{prefix}{index} = "v"' for index in range(number)) + "}"


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ('{ "aws:owner" = "a" }', "tag key `aws:owner` begins with `aws:`"),
        ('{ "AWS:owner" = "a" }', "tag key `AWS:owner` begins with `aws:`"),
        ('{ "" = "a" }', "tag key `` is empty"),
        (f'{{ Owner = "{"a" * 257}" }}', "value of tag `Owner` has 257 characters; the maximum is 256"),
        (f'{{ {"k" * 129} = "v" }}', f"tag key `{'k' * 129}` has 129 characters; the maximum is 128"),
        (many(51), "resource has 51 tags including default tags; the maximum is 50"),
    ],
)
def test_a_tag_that_aws_rejects_fails(tags, message, messages):
    (found,) = messages(tag_invalid, BUCKET % tags)
    assert found.startswith(message)


@pytest.mark.parametrize(
    "tags",
    [
        "{}",
        many(50),
        f'{{ "{"k" * 128}" = "{"v" * 256}" }}',
        '{ "awsome" = "a" }',
        '{ Owner = "" }',
        "{ Owner = var.x }",
    ],
)
def test_a_tag_within_the_limits_passes(tags, statuses):
    assert statuses(tag_invalid, 'variable "x" {}\n' + BUCKET % tags) == {"aws_s3_bucket.x": "passed"}


@pytest.mark.parametrize(
    ("defaults", "own", "override", "status"),
    [
        (many(6), many(5, "o"), "", "failed"),
        (many(6), many(4, "o"), "", "passed"),
        (many(6), many(6), "", "passed"),
        (many(6), many(5, "o"), "override_provider {\n default_tags {\n tags = {}\n}\n}", "passed"),
        (many(6), many(11, "o"), "override_provider {\n default_tags {\n tags = {}\n}\n}", "failed"),
    ],
)
def test_an_s3_object_has_at_most_ten_tags_including_default_tags(defaults, own, override, status, statuses):
    hcl = DEFAULTS % defaults + OBJECT % (own, override)
    assert statuses(tag_invalid, hcl) == {"provider.aws": "passed", "aws_s3_object.x": status}


def test_unknown_tags_are_not_evaluated(statuses):
    assert statuses(tag_invalid, 'variable "x" {}\n' + BUCKET % "var.x") == {"aws_s3_bucket.x": "not_evaluated"}


def test_a_type_without_tags_is_not_checked(statuses):
    assert statuses(tag_invalid, 'resource "aws_s3_bucket_versioning" "x" {\n}\n') == {}
