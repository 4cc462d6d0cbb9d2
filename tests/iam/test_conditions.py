"""Condition operators and policy variables.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import pytest

from tests.iam.requests import QUEUE, USER, allow, ask, policy

CASES = [
    # operator, values of the policy, value of the request (`None`: absent), result
    ("StringEquals", "a", "a", True),
    ("StringEquals", ["a", "b"], "b", True),
    ("StringEquals", "a", "A", False),
    ("StringEquals", "*", "a", False),
    ("StringEquals", "*", "*", True),
    ("StringEquals", "a", None, False),
    ("StringEqualsIfExists", "a", None, True),
    ("StringNotEquals", ["a", "b"], "c", True),
    ("StringNotEquals", ["a", "b"], "a", False),
    ("StringNotEquals", "a", None, True),
    ("StringEqualsIgnoreCase", "A", "a", True),
    ("StringNotEqualsIgnoreCase", "A", "a", False),
    ("StringLike", "team-?", "team-a", True),
    ("StringLike", "team-*", "org", False),
    ("StringLike", "${*}", "*", True),
    ("StringLike", "${*}", "a", False),
    ("StringNotLike", "team-*", "org", True),
    ("NumericLessThan", "10", "9", True),
    ("NumericLessThan", "10", "10", False),
    ("NumericLessThanEquals", "10", "10", True),
    ("NumericGreaterThan", "10", "ten", False),
    ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", True),
    ("DateLessThan", "2026-01-01T00:00:00Z", "1800000000", False),
    ("Bool", "true", "true", True),
    ("Bool", "false", "true", False),
    ("BoolIfExists", "true", None, True),
    ("IpAddress", "10.0.0.0/8", "10.1.2.3", True),
    ("IpAddress", "10.0.0.0/8", "2001:db8::1", False),
    ("NotIpAddress", "10.0.0.0/8", "192.0.2.1", True),
    ("ArnLike", "arn:aws:sns:*:111122223333:*", "arn:aws:sns:eu-west-1:111122223333:jobs", True),
    ("ArnEquals", "arn:aws:sns:*:*:jobs-?", "arn:aws:sns:eu-west-1:111122223333:jobs-1", True),
    ("ArnLike", "arn:aws:s3:::data*", "data", False),
    ("ArnNotLike", "arn:aws:sns:*:*:*", "arn:aws:sqs:eu-west-1:111122223333:jobs", True),
    ("Null", "true", None, True),
    ("Null", "true", "a", False),
    ("Null", "false", "a", True),
    ("Null", "false", None, False),
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), True),
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), False),
    ("ForAllValues:StringEquals", ["a", "b"], None, True),
    ("ForAnyValue:StringEquals", ["a", "b"], ("c", "b"), True),
    ("ForAnyValue:StringEquals", ["a", "b"], ("c",), False),
    ("ForAnyValue:StringEquals", ["a", "b"], None, False),
    ("ForAllValues:StringNotEquals", ["a"], ("b", "c"), True),
    ("ForAllValues:StringNotEquals", ["a"], ("a", "c"), False),
    ("ForAnyValue:StringNotEquals", ["a"], ("a", "c"), True),
    ("ForAnyValue:StringNotLike", ["a*"], ("ab", "ac"), False),
    ("ForAnyValue:StringEqualsIfExists", ["a"], None, False),
    ("ForAllValues:StringEqualsIfExists", ["a"], None, True),
    ("NumericEquals", "10", "1_0", False),
    ("Bool", "${aws:SecureTransport}", "true", False),
]


@pytest.mark.parametrize(("operator", "wanted", "value", "result"), CASES)
def test_a_condition_compares_the_value_of_the_request(operator, wanted, value, result):
    statements = allow("s3:*", Condition={operator: {"aws:RequestTag/Key": wanted}})
    context = {} if value is None else {"aws:requesttag/key": value}

    assert ask("s3:GetObject", identity=statements, context=context).is_allowed is result


def test_all_conditions_of_a_statement_must_be_true():
    both = {"StringEquals": {"aws:RequestTag/A": "1", "aws:RequestTag/B": "2"}}
    statements = allow("s3:*", Condition=both)

    assert ask("s3:GetObject", identity=statements, context={"aws:RequestTag/A": "1"}).is_denied
    full = {"aws:RequestTag/A": "1", "aws:RequestTag/B": "2"}
    assert ask("s3:GetObject", identity=statements, context=full).is_allowed


class TestPolicyVariables:
    HOME = "arn:aws:s3:::data/${aws:username}/*"

    def test_the_value_of_the_request_takes_the_place(self):
        statements = allow("s3:*", self.HOME)

        assert ask("s3:GetObject", "arn:aws:s3:::data/ann/1", principal=USER, identity=statements).is_allowed
        assert ask("s3:GetObject", "arn:aws:s3:::data/bob/1", principal=USER, identity=statements).is_denied

    def test_without_a_value_nothing_matches_unless_there_is_a_default(self):
        with_default = allow("s3:*", "arn:aws:s3:::data/${aws:PrincipalTag/team, 'shared'}/*")

        assert ask("s3:GetObject", "arn:aws:s3:::data/ann/1", identity=allow("s3:*", self.HOME)).is_denied
        assert ask("s3:GetObject", "arn:aws:s3:::data/shared/1", identity=with_default).is_allowed

    def test_a_wildcard_in_the_value_is_literal(self):
        statements = allow("s3:*", "arn:aws:s3:::data/${aws:PrincipalTag/team}/*")
        context = {"aws:PrincipalTag/team": "*"}

        assert ask("s3:GetObject", "arn:aws:s3:::data/ann/1", identity=statements, context=context).is_denied

    def test_a_value_that_is_absent_is_equal_to_no_value(self):
        team = {"aws:RequestTag/team": "${aws:PrincipalTag/team}"}
        context = {"aws:RequestTag/team": "web"}
        equal, other = (
            ask("s3:GetObject", identity=allow("s3:*", Condition={operator: team}), context=context)
            for operator in ("StringEquals", "StringNotEquals")
        )

        assert equal.is_denied
        assert other.is_allowed

    def test_only_the_last_part_of_an_arn_has_variables(self):
        account = allow("sqs:*", "arn:aws:sqs:*:${aws:PrincipalAccount}:jobs")
        name = allow("sqs:*", "arn:aws:sqs:*:*:${aws:RequestTag/queue}")
        context = {"aws:RequestTag/queue": "jobs"}

        assert ask("sqs:SendMessage", QUEUE, identity=account).is_denied
        assert ask("sqs:SendMessage", QUEUE, identity=name, context=context).is_allowed

    def test_documents_of_the_former_version_have_none(self):
        statements = policy(version="2008-10-17", Effect="Allow", Action="s3:*", Resource=self.HOME)

        assert ask("s3:GetObject", "arn:aws:s3:::data/ann/1", principal=USER, identity=statements).is_denied
