import pytest

from plainwork_policies.privileges.route53_query_logs_exposed import route53_query_logs_exposed

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = %s%s }] })
}
"""
ZONE = 'resource "aws_route53_query_log" "zone" {\n  cloudwatch_log_group_arn = aws_cloudwatch_log_group.dns.arn\n}\n'
RESOLVER = 'resource "aws_route53_resolver_query_log_config" "vpc" {\n  destination_arn = %s\n}\n'
BUCKET = RESOLVER % '"arn:aws:s3:::acme-dns"'
READ = '"logs:GetLogEvents"'


@pytest.fixture
def verdict(statuses):
    return lambda logging, *arguments: statuses(route53_query_logs_exposed, logging + POLICY % arguments)[
        "aws_iam_policy.p"
    ]


@pytest.mark.parametrize("logging", [ZONE, RESOLVER % '"arn:aws:logs:eu-west-1:111122223333:log-group:/dns"'])
@pytest.mark.parametrize("resource", ['"*"', '"arn:aws:logs:*:*:*"', '"arn:aws:logs:*:111122223333:log-group:*"'])
def test_who_reads_every_log_group_reads_the_queries(logging, resource, verdict):
    assert verdict(logging, READ, resource, "") == "failed"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        (READ, '"arn:aws:logs:*:*:log-group:/app/*"'),
        (READ, '"arn:aws:logs:*:*:log-group:/dns:*"'),
        (READ, "aws_cloudwatch_log_group.dns.arn"),
        ('["logs:PutLogEvents", "logs:CreateLogStream"]', '"*"'),
        ('"logs:Describe*"', '"*"'),
        ('"logs:*"', '"*"'),
        ('"s3:GetObject"', '"*"'),
    ],
)
def test_who_names_log_groups_or_does_not_read_does_not(action, resource, verdict):
    assert verdict(ZONE, action, resource, "") == "passed"


@pytest.mark.parametrize("resource", ['"*"', '"arn:aws:s3:::*"', '"arn:aws:s3:::*/*"'])
def test_queries_in_a_bucket_are_read_by_who_reads_every_bucket(resource, verdict):
    assert verdict(BUCKET, '"s3:Get*"', resource, "") == "failed"
    assert verdict(BUCKET, READ, resource, "") == "passed"


def test_objects_of_one_bucket_are_not_those_of_every_bucket(verdict):
    assert verdict(BUCKET, '"s3:GetObject"', '"arn:aws:s3:::acme-reports/*"', "") == "passed"


def test_without_a_query_log_nothing_is_judged(statuses):
    firehose = RESOLVER % '"arn:aws:firehose:eu-west-1:111122223333:deliverystream/dns"'
    assert statuses(route53_query_logs_exposed, POLICY % (READ, '"*"', "")) == {}
    assert statuses(route53_query_logs_exposed, firehose + POLICY % (READ, '"*"', "")) == {}


@pytest.mark.parametrize(
    ("action", "resource", "condition"),
    [("var.actions", '"*"', ""), (READ, "var.groups", ""), (READ, '"*"', ", Condition = var.condition")],
)
def test_what_is_not_known_is_not_evaluated(action, resource, condition, verdict):
    assert verdict(ZONE, action, resource, condition) == "not_evaluated"


def test_a_tag_narrows(verdict):
    condition = ', Condition = { StringEquals = { "aws:ResourceTag/Team" = "web" } }'
    assert verdict(ZONE, READ, '"*"', condition) == "passed"


def test_the_finding_names_what_logs_the_queries(messages):
    assert messages(route53_query_logs_exposed, ZONE + POLICY % (READ, '"*"', "")) == [
        "allows reading every log group, that of the DNS queries (`aws_route53_query_log.zone`) included"
    ]
