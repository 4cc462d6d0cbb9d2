"""The resource of a request: its policy from all parts of it, its tags, and what an action is about."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from tests.iam.stack_requests.conftest import ROLE, inline, reading

BUCKET = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n'
KEY = 'resource "aws_kms_key" "data" {\n%s}\n'
DECRYPT = inline('Effect = "Allow", Action = "kms:Decrypt", Resource = "*"')
FUNCTION = (
    'resource "aws_lambda_function" "f" {\n  function_name = "f"\n  role = aws_iam_role.ci.arn\n'
    '  handler = "a.b"\n  runtime = "python3.12"\n  filename = "f.zip"\n}\n'
)
SENDING = inline('Effect = "Allow", Action = "sqs:SendMessage", Resource = "*"')


def bucket_policy(effect, principal, bucket="aws_s3_bucket.data.id", condition=""):
    statement = (
        f'Effect = "{effect}", Principal = {principal}, Action = "s3:*", '
        f'Resource = "${{aws_s3_bucket.data.arn}}/*"{condition}'
    )
    document = f'jsonencode({{ Version = "2012-10-17", Statement = [{{ {statement} }}] }})'
    return f'resource "aws_s3_bucket_policy" "data" {{\n  bucket = {bucket}\n  policy = {document}\n}}\n'


@pytest.mark.parametrize("bucket", ["aws_s3_bucket.data.id", "aws_s3_bucket.data.bucket", '"data"'])
def test_a_bucket_policy_grants_and_denies(bucket, ask):
    on = "aws_s3_bucket.data/a.csv"

    granted = ROLE + BUCKET + bucket_policy("Allow", "{ AWS = aws_iam_role.ci.arn }", bucket)
    ask(granted).can("s3:GetObject", on=on)
    denied = reading('"*"') + BUCKET + bucket_policy("Deny", '"*"', bucket)
    ask(denied).cannot("s3:GetObject", on=on)
    other = reading('"*"') + BUCKET + bucket_policy("Deny", '"*"', '"other"')
    ask(other).can("s3:GetObject", on=on)


def test_a_deny_of_requests_without_tls_is_none_of_a_request_with_it(ask):
    condition = ', Condition = { Bool = { "aws:SecureTransport" = "false" } }'
    hcl = reading('"*"') + BUCKET + bucket_policy("Deny", '"*"', condition=condition)

    ask(hcl).can("s3:GetObject", on="aws_s3_bucket.data/a.csv")
    ask(hcl).cannot("s3:GetObject", on="aws_s3_bucket.data/a.csv", context={"aws:SecureTransport": "false"})


def test_requests_without_credentials_are_allowed_by_the_bucket_policy_only(ask):
    ask(BUCKET + bucket_policy("Allow", '"*"'), "*").can("s3:GetObject", on="aws_s3_bucket.data/a.csv")
    ask(BUCKET, "*").cannot("s3:GetObject", on="aws_s3_bucket.data/a.csv")


def test_a_key_without_a_policy_has_the_default_key_policy(ask):
    ask(ROLE + KEY % "" + DECRYPT).can("kms:Decrypt", on="aws_kms_key.data")
    ask(ROLE + KEY % "").cannot("kms:Decrypt", on="aws_kms_key.data")
    empty = KEY % '  policy = jsonencode({ Version = "2012-10-17", Statement = [] })\n'
    ask(ROLE + empty + DECRYPT).cannot("kms:Decrypt", on="aws_kms_key.data")


def test_a_key_outside_of_the_stack_has_an_unknown_policy(ask):
    key = "arn:aws:kms:eu-west-1:111122223333:key/1234"

    assert ask(ROLE + DECRYPT).answers("kms:Decrypt", on=key)[0].decision.is_unknown


def test_a_trust_policy_decides_who_assumes_a_role(ask):
    statement = 'Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" }'
    role = ROLE.replace("Statement = []", f'Version = "2012-10-17", Statement = [{{ {statement} }}]')

    ask(role, "ecs-tasks.amazonaws.com").can("sts:AssumeRole", on="aws_iam_role.ci")
    ask(role, "ec2.amazonaws.com").cannot("sts:AssumeRole", on="aws_iam_role.ci")


def test_a_lambda_permission_is_a_part_of_the_policy_of_the_function(ask):
    permission = (
        'resource "aws_lambda_permission" "p" {\n  function_name = aws_lambda_function.f.%s\n'
        '  action = "lambda:InvokeFunction"\n  principal = "events.amazonaws.com"\n}\n'
    )
    for attribute in ("function_name", "arn"):
        events = ask(ROLE + FUNCTION + permission % attribute, "events.amazonaws.com")
        events.can("lambda:InvokeFunction", on="aws_lambda_function.f")
    ask(ROLE + FUNCTION, "events.amazonaws.com").cannot("lambda:InvokeFunction", on="aws_lambda_function.f")


def test_a_resource_of_another_account_must_grant_too(ask):
    hcl = ROLE + SENDING

    ask(hcl).can("sqs:SendMessage", on="arn:aws:sqs:eu-west-1:111122223333:jobs")
    (answer,) = ask(hcl).answers("sqs:SendMessage", on="arn:aws:sqs:eu-west-1:444455556666:jobs")
    assert answer.decision.is_unknown
    assert "the policy of `arn:aws:sqs:eu-west-1:444455556666:jobs` is not in this stack" in answer.decision.reason
    ask(ROLE).cannot("sqs:SendMessage", on="arn:aws:sqs:eu-west-1:444455556666:jobs")


def test_tags_of_a_resource_are_its_own_and_the_default_tags(ask):
    queue = 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n  tags = { Stage = "dev" }\n}\n'
    condition = 'Condition = { StringEquals = { "aws:ResourceTag/%s" = "%s" } }'
    send = 'Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", '

    ask(ROLE + queue + inline(send + condition % ("Stage", "dev"))).can("sqs:SendMessage", on="aws_sqs_queue.jobs")
    ask(ROLE + queue + inline(send + condition % ("Team", "data"))).can("sqs:SendMessage", on="aws_sqs_queue.jobs")
    other = ask(ROLE + queue + inline(send + condition % ("Stage", "prod")))
    other.cannot("sqs:SendMessage", on="aws_sqs_queue.jobs")
    other.can("sqs:SendMessage", on="aws_sqs_queue.jobs", resource_tags={"Stage": "prod"})


def test_the_resource_of_an_action_on_a_part_of_it_is_a_part_of_any_name(ask):
    ask(BUCKET + reading('"${aws_s3_bucket.data.arn}/*"')).can("s3:GetObject", on="aws_s3_bucket.data")
    ask(BUCKET + reading('"${aws_s3_bucket.data.arn}"')).cannot("s3:GetObject", on="aws_s3_bucket.data")
    some = ask(BUCKET + reading('"${aws_s3_bucket.data.arn}/a/*"'))
    assert some.answers("s3:GetObject", on="aws_s3_bucket.data")[0].decision.reason == (
        "the name of the object is not given"
    )


def test_a_pattern_of_actions_is_about_those_of_the_resource(ask):
    hcl = BUCKET + ROLE + inline('Effect = "Allow", Action = "s3:Delete*", Resource = "${aws_s3_bucket.data.arn}*"')

    names = {answer.request.action for answer in ask(hcl).can("s3:Delete*", on="aws_s3_bucket.data")}
    assert {"s3:DeleteBucket", "s3:DeleteObject"} <= names
    assert "s3:DeleteAccessPoint" not in names
    with pytest.raises(AssertionError, match=r"allowed: aws_iam_role.ci s3:DeleteBucket on arn:aws:s3:::data"):
        ask(hcl).cannot("s3:Delete*", on="aws_s3_bucket.data")


@pytest.mark.parametrize(
    ("action", "on", "message"),
    [
        ("s3:GetObjct", "aws_s3_bucket.data", r"`s3:GetObjct` is no action .*; did you mean `s3:GetObject`\?"),
        ("sqss:GetObject", "aws_s3_bucket.data", r"`sqss:GetObject` is no action .*; did you mean `sqs`\?"),
        ("GetObject", "aws_s3_bucket.data", r"write the service before it, such as `s3:GetObject`"),
        (
            "s3:GetObject",
            "aws_s3_bucket.date",
            r"`aws_s3_bucket.date` is not in this stack; did you mean `aws_s3_bucket",
        ),
        (
            "s3:GetObject",
            "data",
            r"`data` is no resource; use an address such as `aws_s3_bucket.data`, an ARN, or `\*`",
        ),
        ("s3:GetObject", "${aws_s3_bucket.date.arn}/a", r"`aws_s3_bucket.date` is not in this stack"),
        (
            "sqs:SendMessage",
            "aws_s3_bucket.data",
            r"`sqs:SendMessage` is not about `aws_s3_bucket.data`; it is about `arn",
        ),
        ("sqs:*", "aws_s3_bucket.data", r"is not about `aws_s3_bucket.data`"),
        ("s3:GetObject", "arn:aws:s3:::data", r"`s3:GetObject` is not about `arn:aws:s3:::data`; .*ObjectName"),
        ("s3:GetObject", "*", r"`s3:GetObject` is about a resource; name it by address or ARN, such as `arn:"),
        ("s3:*", "*", r"is about a resource; name it by address or ARN"),
        ("ec2:DescribeInstances", "aws_s3_bucket.data", r"is not about single resources; use `\*` as the resource"),
    ],
)
def test_a_mistake_in_a_question_is_an_error_with_its_correction(action, on, message, ask):
    with pytest.raises(InputError, match=message):
        ask(BUCKET + ROLE).can(action, on=on)
