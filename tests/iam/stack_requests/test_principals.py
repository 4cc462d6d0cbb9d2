"""The policies of a principal: inline, attached, of AWS, of its groups, and its permissions boundary."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from tests.iam.stack_requests.conftest import ROLE, inline, reading

ALLOW = 'Effect = "Allow", Action = "s3:GetObject", Resource = "*"'
DOCUMENT = f'jsonencode({{ Version = "2012-10-17", Statement = [{{ {ALLOW} }}] }})'
POLICY = f'resource "aws_iam_policy" "read" {{\n  name = "read"\n  policy = {DOCUMENT}\n}}\n'
USER = 'resource "aws_iam_user" "ann" {\n  name = "ann"\n}\n'
GROUP = 'resource "aws_iam_group" "staff" {\n  name = "staff"\n}\n'
GROUP_POLICY = f'resource "aws_iam_group_policy" "p" {{\n  group = "staff"\n  policy = {DOCUMENT}\n}}\n'
OBJECT = "arn:aws:s3:::data/a.csv"


def attached(policy, role="aws_iam_role.ci.name"):
    return f'resource "aws_iam_role_policy_attachment" "a" {{\n  role = {role}\n  policy_arn = {policy}\n}}\n'


@pytest.mark.parametrize(
    "policy",
    [
        inline(ALLOW),
        inline(ALLOW, '"ci"'),
        POLICY + attached("aws_iam_policy.read.arn"),
        POLICY + attached('"arn:aws:iam::111122223333:policy/read"'),
        attached('"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"'),
        'data "aws_iam_policy" "s3" {\n  name = "AmazonS3ReadOnlyAccess"\n}\n' + attached("data.aws_iam_policy.s3.arn"),
        POLICY + 'resource "aws_iam_policy_attachment" "a" {\n  name = "a"\n  roles = [aws_iam_role.ci.name]\n'
        "  policy_arn = aws_iam_policy.read.arn\n}\n",
    ],
)
def test_each_form_of_a_policy_grants(policy, ask):
    ask(ROLE + policy).can("s3:GetObject", on=OBJECT)


def test_without_a_policy_nothing_is_allowed(ask):
    ask(ROLE).cannot("s3:GetObject", on=OBJECT)
    ask(ROLE + POLICY).cannot("s3:GetObject", on=OBJECT)


def test_a_policy_whose_document_is_elsewhere_is_unknown(ask):
    role = ask(ROLE + attached('"arn:aws:iam::111122223333:policy/base"'))

    (answer,) = role.answers("s3:GetObject", on=OBJECT)
    assert answer.decision.reason == (
        "the document of `arn:aws:iam::111122223333:policy/base` is not defined in this stack"
    )


def test_a_policy_of_a_role_whose_name_is_unknown_may_grant_and_does_not_deny(ask):
    hcl = 'variable "role" {}\n' + inline(ALLOW, "var.role")

    assert ask(ROLE + hcl).answers("s3:GetObject", on=OBJECT)[0].decision.is_unknown
    ask(ROLE + hcl + POLICY + attached("aws_iam_policy.read.arn")).can("s3:GetObject", on=OBJECT)


def test_a_directory_that_may_be_a_module_does_not_have_all_policies_of_its_role(ask):
    assert ask(ROLE, provider="").answers("s3:GetObject", on=OBJECT)[0].decision.is_unknown
    ask(reading(f'"{OBJECT}"'), provider="").can("s3:GetObject", on=OBJECT)


@pytest.mark.parametrize(
    "membership",
    [
        (
            'resource "aws_iam_user_group_membership" "m" {\n  user = aws_iam_user.ann.name\n'
            "  groups = [aws_iam_group.staff.name]\n}\n"
        ),
        'resource "aws_iam_group_membership" "m" {\n  name = "m"\n  group = "staff"\n  users = ["ann"]\n}\n',
    ],
)
def test_a_user_has_the_policies_of_its_groups(membership, ask):
    hcl = USER + GROUP + GROUP_POLICY

    ask(hcl + membership, "aws_iam_user.ann").can("s3:GetObject", on=OBJECT)
    ask(hcl, "aws_iam_user.ann").cannot("s3:GetObject", on=OBJECT)


@pytest.mark.parametrize(
    ("boundary", "answer"),
    [
        ("aws_iam_policy.read.arn", "allowed"),
        ('"arn:aws:iam::111122223333:policy/read"', "allowed"),
        ('"arn:aws:iam::aws:policy/AmazonSQSFullAccess"', "denied"),
        ('"arn:aws:iam::111122223333:policy/base"', "unknown"),
    ],
)
def test_a_permissions_boundary_limits_the_policies(boundary, answer, ask):
    role = ROLE.replace('name = "ci"', f'name = "ci"\n  permissions_boundary = {boundary}')

    assert ask(role + POLICY + inline(ALLOW)).answers("s3:GetObject", on=OBJECT)[0].decision.answer == answer


def test_tags_of_a_principal_include_the_default_tags(ask):
    condition = 'Condition = { StringEquals = { "aws:PrincipalTag/%s" = "%s" } }'
    role = ROLE.replace('name = "ci"', 'name = "ci"\n  tags = { Owner = "ann" }')

    ask(role + inline(f"{ALLOW}, {condition % ('Team', 'data')}")).can("s3:GetObject", on=OBJECT)
    ask(role + inline(f"{ALLOW}, {condition % ('Owner', 'ann')}")).can("s3:GetObject", on=OBJECT)
    ask(role + inline(f"{ALLOW}, {condition % ('Stage', 'dev')}")).cannot("s3:GetObject", on=OBJECT)


@pytest.mark.parametrize("name", ["aws_iam_role.ci", "ci", "arn:aws:iam::111122223333:role/ci"])
def test_a_role_is_named_by_address_name_or_arn(name, ask):
    ask(ROLE + inline(ALLOW), name).can("s3:GetObject", on=OBJECT)


def test_a_role_outside_of_the_stack_has_unknown_policies(ask):
    name = "arn:aws:iam::444455556666:role/other"

    assert (
        ask(ROLE, name).answers("sqs:SendMessage", on="arn:aws:sqs:eu-west-1:444455556666:jobs")[0].decision.is_unknown
    )


def test_an_unknown_principal_is_an_error_with_the_most_similar_name(ask):
    with pytest.raises(InputError, match=r"`aws_iam_role.cj` is no role or user.*did you mean `aws_iam_role.ci`\?"):
        ask(ROLE, "aws_iam_role.cj")
    with pytest.raises(InputError, match=r"`deploy` is no role or user of this stack .*; it has no roles and users"):
        ask("", "deploy")


def test_a_name_of_two_principals_is_an_error(ask):
    with pytest.raises(
        InputError, match=r"`ci` is the name of 2 principals; use `aws_iam_role.ci` or `aws_iam_user.ci`"
    ):
        ask(ROLE + USER.replace("ann", "ci"), "ci")
