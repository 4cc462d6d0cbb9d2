import pytest

from plainwork_policies.arguments.s3_bucket_name_invalid import s3_bucket_name_invalid

BUCKET = 'resource "aws_s3_bucket" "x" {\n  bucket = %s\n}\n'


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ('"example-reports"', "passed"),
        ('"reports.example.com"', "passed"),
        ('"a1b"', "passed"),
        (f'"{"a" * 63}"', "passed"),
        ('"Example"', "failed"),
        ('"example_reports"', "failed"),
        ('"ab"', "failed"),
        (f'"{"a" * 64}"', "failed"),
        ('"-example"', "failed"),
        ('"example-"', "failed"),
        ('"a..b"', "failed"),
        ('"192.168.5.4"', "failed"),
        ('"xn--example"', "failed"),
        ('"example-s3alias"', "failed"),
        ('"example.mrap"', "failed"),
        ('"${var.prefix}-reports"', "not_evaluated"),
        ('"${var.prefix}_reports"', "failed"),
        ("var.name", "not_evaluated"),
        ("aws_s3_bucket.other.id", "not_evaluated"),
    ],
)
def test_the_name_of_a_bucket_meets_the_naming_rules(name, status, statuses):
    assert statuses(s3_bucket_name_invalid, BUCKET % name) == {"aws_s3_bucket.x": status}


def test_a_bucket_with_a_generated_name_is_not_checked(statuses):
    assert statuses(s3_bucket_name_invalid, BUCKET % "null") == {}


def test_the_message_names_the_rule(messages):
    assert messages(s3_bucket_name_invalid, BUCKET % '"example_reports"') == [
        "`bucket` is `example_reports`, which contains `_`; use lowercase letters, digits, hyphens and periods"
    ]
