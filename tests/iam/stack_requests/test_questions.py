"""Questions: tags and condition keys of the request, organization and endpoint policies, and explanations."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from tests.iam.stack_requests.conftest import ROLE, inline, reading

ON = "arn:aws:s3:::data/a.csv"
TAGGED = inline(
    'Sid = "Tagged", Effect = "Allow", Action = "sqs:CreateQueue", Resource = "*", '
    'Condition = { StringEquals = { "aws:RequestTag/Owner" = "ann" } }'
)
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:jobs"


def organization(type_, statement):
    document = f'jsonencode({{ Version = "2012-10-17", Statement = [{{ {statement} }}] }})'
    return f'resource "aws_organizations_policy" "p" {{\n  name = "p"\n  type = "{type_}"\n  content = {document}\n}}\n'


def test_a_tag_that_the_request_does_not_set_is_absent(ask):
    role = ask(ROLE + TAGGED)

    role.can("sqs:CreateQueue", on=QUEUE, request_tags={"Owner": "ann"})
    role.cannot("sqs:CreateQueue", on=QUEUE, request_tags={"Owner": "bob"})
    role.cannot("sqs:CreateQueue", on=QUEUE)


def test_the_keys_of_the_tags_are_those_of_the_request(ask):
    role = ask(
        ROLE
        + inline(
            'Effect = "Allow", Action = "sqs:CreateQueue", Resource = "*", '
            'Condition = { "ForAllValues:StringEquals" = { "aws:TagKeys" = ["Owner"] } }'
        )
    )

    role.can("sqs:CreateQueue", on=QUEUE, request_tags={"Owner": "ann"})
    role.cannot("sqs:CreateQueue", on=QUEUE, request_tags={"Owner": "ann", "Stage": "dev"})


def test_a_condition_key_that_is_not_given_is_unknown(ask):
    role = ask(
        ROLE
        + inline(
            'Effect = "Allow", Action = "s3:GetObject", Resource = "*", '
            'Condition = { IpAddress = { "aws:SourceIp" = "10.0.0.0/8" } }'
        )
    )

    (answer,) = role.answers("s3:GetObject", on=ON)
    assert answer.decision.reason == "the request's value of `aws:SourceIp` is not given"
    role.can("s3:GetObject", on=ON, context={"aws:SourceIp": "10.1.2.3"})
    role.cannot("s3:GetObject", on=ON, context={"aws:SourceIp": "192.0.2.1"})


def test_a_condition_key_with_one_value_is_not_given_several(ask):
    role = ask(ROLE + inline('Effect = "Allow", Action = "s3:GetObject", Resource = "*"'))

    role.can("s3:GetObject", on=ON, context={"aws:CalledVia": ("athena.amazonaws.com", "dynamodb.amazonaws.com")})
    with pytest.raises(InputError, match="`aws:SourceIp` has 2 values; a request has one value"):
        role.can("s3:GetObject", on=ON, context={"aws:SourceIp": ("10.1.2.3", "10.1.2.4")})


def test_the_region_of_a_request_is_that_of_the_resource(ask):
    queue = 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n'
    condition = 'Condition = { StringEquals = { "aws:RequestedRegion" = "%s" } }'
    send = 'Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", '

    ask(ROLE + queue + inline(send + condition % "eu-west-1")).can("sqs:SendMessage", on="aws_sqs_queue.jobs")
    ask(ROLE + queue + inline(send + condition % "us-east-1")).cannot("sqs:SendMessage", on="aws_sqs_queue.jobs")


def test_a_service_control_policy_that_is_named_applies(ask):
    deny = organization("SERVICE_CONTROL_POLICY", 'Effect = "Deny", Action = "s3:*", Resource = "*"')
    hcl = reading('"*"') + deny

    ask(hcl).can("s3:GetObject", on=ON)
    ask(hcl, organization=["aws_organizations_policy.p"]).cannot("s3:GetObject", on=ON)
    with pytest.raises(
        InputError, match=r"`aws_organizations_policy.q` is no `aws_organizations_policy` of this stack"
    ):
        ask(hcl, organization=["aws_organizations_policy.q"])


def test_an_endpoint_policy_that_is_named_applies(ask):
    endpoint = (
        'resource "aws_vpc_endpoint" "s3" {\n  vpc_id = "vpc-1"\n  service_name = "com.amazonaws.eu-west-1.s3"\n'
        '  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", '
        'Action = "s3:*", Resource = "arn:aws:s3:::other/*" }] })\n}\n'
    )
    hcl = reading('"*"') + endpoint

    ask(hcl).can("s3:GetObject", on=ON)
    ask(hcl, endpoint="aws_vpc_endpoint.s3").cannot("s3:GetObject", on=ON)
    ask(hcl, endpoint="aws_vpc_endpoint.s3").can("s3:GetObject", on="arn:aws:s3:::other/a")


def test_an_endpoint_without_a_policy_allows_everything(ask):
    endpoint = (
        'resource "aws_vpc_endpoint" "s3" {\n  vpc_id = "vpc-1"\n  service_name = "com.amazonaws.eu-west-1.s3"\n}\n'
    )

    ask(reading('"*"') + endpoint, endpoint="aws_vpc_endpoint.s3").can("s3:GetObject", on=ON)


def test_the_failure_shows_the_nearest_statement_and_the_missing_key(ask):
    with pytest.raises(AssertionError) as failure:
        ask(ROLE + TAGGED).can("sqs:CreateQueue", on=QUEUE)

    lines = str(failure.value).splitlines()
    assert lines[:3] == [
        "expected: allowed",
        f"denied: aws_iam_role.ci sqs:CreateQueue on {QUEUE}",
        "  no identity-based policy allows it, and no resource-based policy does",
    ]
    assert lines[3].startswith('  nearest: Allow "Tagged" of aws_iam_role_policy.ci (')
    assert lines[3].endswith("/main.tf:16)")
    assert lines[4:] == [
        "    Condition StringEquals aws:RequestTag/Owner = `ann`: the request has no `aws:RequestTag/Owner`"
    ]


def test_an_unknown_answer_fails_both(ask):
    role = ask('variable "name" {}\n' + reading('"arn:aws:s3:::${var.name}/*"'))

    for assertion in (role.can, role.cannot):
        with pytest.raises(AssertionError, match=r"unknown: .*\n  `var.name` has no default"):
            assertion("s3:GetObject", on=ON)
