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
        ('{ "aws:owner" = "a" }', "has a tag `aws:owner`, and AWS keeps keys that begin with `aws:` for itself"),
        ('{ "AWS:owner" = "a" }', "has a tag `AWS:owner`, and AWS keeps keys that begin with `aws:` for itself"),
        ('{ "" = "a" }', "has a tag ``, and a key has 1 to 128 characters, not 0"),
        (f'{{ Owner = "{"a" * 257}" }}', "has a tag `Owner`, whose value has 257 characters: AWS takes 256"),
        (many(51), "has 51 tags, its default ones included: AWS takes 50"),
    ],
)
def test_what_aws_refuses_fails(tags, message, messages):
    assert messages(tag_invalid, BUCKET % tags) == [message]


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
def test_what_is_within_the_limits_is_fine(tags, statuses):
    assert statuses(tag_invalid, 'variable "x" {}\n' + BUCKET % tags) == {"aws_s3_bucket.x": "passed"}


@pytest.mark.parametrize(
    ("defaults", "own", "override", "verdict"),
    [
        (many(6), many(5, "o"), "", "failed"),
        (many(6), many(4, "o"), "", "passed"),
        (many(6), many(6), "", "passed"),
        (many(6), many(5, "o"), "override_provider {\n default_tags {\n tags = {}\n}\n}", "passed"),
        (many(6), many(11, "o"), "override_provider {\n default_tags {\n tags = {}\n}\n}", "failed"),
    ],
)
def test_an_object_of_s3_has_ten_tags_default_ones_included(defaults, own, override, verdict, statuses):
    hcl = DEFAULTS % defaults + OBJECT % (own, override)
    assert statuses(tag_invalid, hcl) == {"provider.aws": "passed", "aws_s3_object.x": verdict}


def test_what_is_not_known_is_not_evaluated(statuses):
    assert statuses(tag_invalid, 'variable "x" {}\n' + BUCKET % "var.x") == {"aws_s3_bucket.x": "not_evaluated"}


def test_what_takes_no_tags_is_not_judged(statuses):
    assert statuses(tag_invalid, 'resource "aws_s3_bucket_versioning" "x" {\n}\n') == {}
