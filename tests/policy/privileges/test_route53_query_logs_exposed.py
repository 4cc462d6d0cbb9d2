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
def status(statuses):
    return lambda logging, *arguments: statuses(route53_query_logs_exposed, logging + POLICY % arguments)[
        "aws_iam_policy.p"
    ]


@pytest.mark.parametrize("logging", [ZONE, RESOLVER % '"arn:aws:logs:eu-west-1:111122223333:log-group:/dns"'])
@pytest.mark.parametrize("resource", ['"*"', '"arn:aws:logs:*:*:*"', '"arn:aws:logs:*:111122223333:log-group:*"'])
def test_reading_all_log_groups_fails(logging, resource, status):
    assert status(logging, READ, resource, "") == "failed"


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
def test_listed_log_groups_and_other_actions_pass(action, resource, status):
    assert status(ZONE, action, resource, "") == "passed"


@pytest.mark.parametrize("resource", ['"*"', '"arn:aws:s3:::*"', '"arn:aws:s3:::*/*"'])
def test_reading_all_buckets_fails_if_a_bucket_has_the_query_log(resource, status):
    assert status(BUCKET, '"s3:Get*"', resource, "") == "failed"
    assert status(BUCKET, READ, resource, "") == "passed"


def test_reading_the_objects_of_one_bucket_passes(status):
    assert status(BUCKET, '"s3:GetObject"', '"arn:aws:s3:::acme-reports/*"', "") == "passed"


def test_a_stack_without_a_query_log_has_no_subjects(statuses):
    firehose = RESOLVER % '"arn:aws:firehose:eu-west-1:111122223333:deliverystream/dns"'
    assert statuses(route53_query_logs_exposed, POLICY % (READ, '"*"', "")) == {}
    assert statuses(route53_query_logs_exposed, firehose + POLICY % (READ, '"*"', "")) == {}


@pytest.mark.parametrize(
    ("action", "resource", "condition"),
    [("var.actions", '"*"', ""), (READ, "var.groups", ""), (READ, '"*"', ", Condition = var.condition")],
)
def test_an_unknown_value_is_not_evaluated(action, resource, condition, status):
    assert status(ZONE, action, resource, condition) == "not_evaluated"


@pytest.mark.parametrize("action", [READ, '"s3:GetObject"'])
def test_an_unknown_destination_of_the_query_log_is_not_evaluated(action, status):
    assert status(RESOLVER % "var.destination", action, '"*"', "") == "not_evaluated"
    assert status(ZONE + RESOLVER % "var.destination", READ, '"*"', "") == "failed"


def test_a_delivery_stream_is_not_a_log_group_or_a_bucket(statuses):
    stream = 'resource "aws_kinesis_firehose_delivery_stream" "s" {\n  name = "s"\n}\n'
    logging = RESOLVER % "aws_kinesis_firehose_delivery_stream.s.arn"
    assert statuses(route53_query_logs_exposed, stream + logging + POLICY % (READ, '"*"', "")) == {}


def test_a_condition_on_a_tag_passes(status):
    condition = ', Condition = { StringEquals = { "aws:ResourceTag/Team" = "web" } }'
    assert status(ZONE, READ, '"*"', condition) == "passed"


def test_the_message_has_the_address_of_the_query_log(messages):
    (message,) = messages(route53_query_logs_exposed, ZONE + POLICY % (READ, '"*"', ""))
    assert message.endswith("all log groups, which includes the query logs of `aws_route53_query_log.zone`")
