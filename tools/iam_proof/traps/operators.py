"""Condition operators: one value of the request, its absence, sets of values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.iam_proof.traps.trap import CONDITION, LOGIC, OPERATORS, SETS, Trap, allow, allowed, ask, denied, deny

STRING, NUMERIC, DATE = (f"{OPERATORS}#Conditions_{name}" for name in ("String", "Numeric", "Date"))
BOOLEAN, BINARY, ADDRESS = (f"{OPERATORS}#Conditions_{name}" for name in ("Boolean", "BinaryEquals", "IPAddress"))
ARN, IF_EXISTS, NULL = (f"{OPERATORS}#Conditions_{name}" for name in ("ARN", "IfExists", "Null"))
TOPIC = "arn:aws:sns:eu-west-1:111122223333:orders"

Row = tuple[str, str, str, Any, Any, bool]
TAG, TAGS = "aws:RequestTag/Owner", "aws:TagKeys"
ROWS: tuple[Row, ...] = (
    # page, operator, key, values of the policy, values of the request (`None`: absent), whether it is true
    (STRING, "StringEquals", TAG, "ana", "ana", True),
    (STRING, "StringEquals", TAG, "ana", "Ana", False),
    (STRING, "StringEquals", TAG, ["ben", "ana"], "ana", True),
    (STRING, "StringEquals", TAG, "*", "ana", False),
    (STRING, "StringEquals", TAG, "*", "*", True),
    (STRING, "StringEquals", TAG, "an?", "ana", False),
    (STRING, "StringEquals", TAG, "", "", True),
    (STRING, "StringEquals", TAG, "ana", None, False),
    (STRING, "StringNotEquals", TAG, "ana", "ben", True),
    (STRING, "StringNotEquals", TAG, "ana", "ana", False),
    (STRING, "StringNotEquals", TAG, "*", "ana", True),
    (OPERATORS, "StringNotEquals", TAG, "ana", None, True),
    (STRING, "StringEqualsIgnoreCase", TAG, "ANA", "ana", True),
    (STRING, "StringEqualsIgnoreCase", TAG, "ANA", "ben", False),
    (STRING, "StringNotEqualsIgnoreCase", TAG, "ANA", "ana", False),
    (STRING, "StringNotEqualsIgnoreCase", TAG, "ANA", "ben", True),
    (STRING, "StringLike", TAG, "*", "ana", True),
    (STRING, "StringLike", TAG, "*", "", True),
    (STRING, "StringLike", TAG, "*", None, False),
    (STRING, "StringLike", TAG, "a?a", "ana", True),
    (STRING, "StringLike", TAG, "a?", "ana", False),
    (STRING, "StringLike", TAG, "A*", "ana", False),
    (STRING, "StringLike", TAG, "*n*", "ana", True),
    (STRING, "StringLike", TAG, "a.a", "ana", False),
    (STRING, "StringNotLike", TAG, "a*", "ana", False),
    (STRING, "StringNotLike", TAG, "b*", "ana", True),
    (OPERATORS, "StringNotLike", TAG, "*", None, True),
    (NUMERIC, "NumericEquals", "s3:max-keys", "10", "10", True),
    (NUMERIC, "NumericEquals", "s3:max-keys", "10", "10.0", True),
    (NUMERIC, "NumericNotEquals", "s3:max-keys", "10", "10", False),
    (NUMERIC, "NumericLessThan", "s3:max-keys", "10", "9", True),
    (NUMERIC, "NumericLessThan", "s3:max-keys", "10", "10", False),
    (NUMERIC, "NumericLessThan", "s3:max-keys", "10", "9.5", True),
    (NUMERIC, "NumericLessThanEquals", "s3:max-keys", "10", "10", True),
    (NUMERIC, "NumericGreaterThan", "s3:max-keys", "9", "10", True),
    (NUMERIC, "NumericGreaterThanEquals", "s3:max-keys", "10", "9", False),
    (NUMERIC, "NumericLessThan", "s3:max-keys", "10", None, False),
    (DATE, "DateEquals", "aws:CurrentTime", "2026-01-15T09:30:00Z", "2026-01-15T09:30:00Z", True),
    (DATE, "DateEquals", "aws:CurrentTime", "2026-01-15T10:30:00+01:00", "2026-01-15T09:30:00Z", True),
    (DATE, "DateNotEquals", "aws:CurrentTime", "2026-01-15T09:30:00Z", "2026-01-15T09:30:01Z", True),
    (DATE, "DateLessThan", "aws:CurrentTime", "2026-02-01T00:00:00Z", "2026-01-15T09:30:00Z", True),
    (DATE, "DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", "2026-01-15T09:30:00Z", False),
    (DATE, "DateLessThanEquals", "aws:CurrentTime", "2026-01-15T09:30:00Z", "2026-01-15T09:30:00Z", True),
    (DATE, "DateGreaterThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", "2026-01-15T09:30:00Z", True),
    (DATE, "DateGreaterThanEquals", "aws:CurrentTime", "2026-02-01", "2026-01-15T09:30:00Z", False),
    (DATE, "DateGreaterThan", "aws:EpochTime", "2026-01-15T09:00:00Z", "1768469400", True),
    (DATE, "DateLessThan", "aws:EpochTime", "1768469401", "1768469400", True),
    (DATE, "DateLessThan", "aws:TokenIssueTime", "2026-02-01T00:00:00Z", None, False),
    (BOOLEAN, "Bool", "aws:SecureTransport", "true", "true", True),
    (BOOLEAN, "Bool", "aws:SecureTransport", "false", "true", False),
    (BOOLEAN, "Bool", "aws:MultiFactorAuthPresent", "true", "true", True),
    (BOOLEAN, "Bool", "aws:MultiFactorAuthPresent", "true", None, False),
    (BOOLEAN, "Bool", "aws:MultiFactorAuthPresent", "false", None, False),
    (IF_EXISTS, "BoolIfExists", "aws:MultiFactorAuthPresent", "false", None, True),
    (IF_EXISTS, "BoolIfExists", "aws:MultiFactorAuthPresent", "false", "true", False),
    (BINARY, "BinaryEquals", "kms:RecipientAttestation:ImageSha384", "QmluYXJ5", "QmluYXJ5", True),
    (BINARY, "BinaryEquals", "kms:RecipientAttestation:ImageSha384", "QmluYXJ5", "qmluyxj5", False),
    (ADDRESS, "IpAddress", "aws:SourceIp", "203.0.113.0/24", "203.0.113.7", True),
    (ADDRESS, "IpAddress", "aws:SourceIp", "203.0.113.0/24", "203.0.114.7", False),
    (ADDRESS, "IpAddress", "aws:SourceIp", "203.0.113.7", "203.0.113.7", True),
    (ADDRESS, "IpAddress", "aws:SourceIp", "0.0.0.0/0", "203.0.113.7", True),
    (ADDRESS, "IpAddress", "aws:SourceIp", "0.0.0.0/0", "2001:db8::1", False),
    (ADDRESS, "IpAddress", "aws:SourceIp", ["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", True),
    (ADDRESS, "IpAddress", "aws:SourceIp", "2001:DB8:0::/48", "2001:db8::1", True),
    (ADDRESS, "NotIpAddress", "aws:SourceIp", "203.0.113.0/24", "203.0.113.7", False),
    (ADDRESS, "NotIpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.0/24"], "203.0.113.7", False),
    (ADDRESS, "NotIpAddress", "aws:SourceIp", "10.0.0.0/8", "2001:db8::1", True),
    (ADDRESS, "NotIpAddress", "aws:SourceIp", "203.0.113.7", "2001:db8::1", True),
    (ARN, "ArnEquals", "aws:SourceArn", TOPIC, TOPIC, True),
    (ARN, "ArnEquals", "aws:SourceArn", "arn:aws:sns:*:111122223333:*", TOPIC, True),
    (ARN, "ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:orders", TOPIC, True),
    (ARN, "ArnLike", "aws:SourceArn", "arn:aws:sns:eu-west-?:111122223333:orders", TOPIC, True),
    (ARN, "ArnLike", "aws:SourceArn", "arn:aws:sns:us-*:111122223333:orders", TOPIC, False),
    (ARN, "ArnLike", "aws:SourceArn", "arn:aws:sns:*:444455556666:*", TOPIC, False),
    (ARN, "ArnNotEquals", "aws:SourceArn", TOPIC, TOPIC, False),
    (ARN, "ArnNotLike", "aws:SourceArn", "arn:aws:sns:*:444455556666:*", TOPIC, True),
    (ARN, "ArnNotLike", "aws:SourceArn", TOPIC, None, True),
    (ARN, "ArnLike", "aws:SourceArn", TOPIC, None, False),
    (STRING, "StringEquals", "aws:SourceArn", "arn:aws:sns:*:111122223333:orders", TOPIC, False),
    (STRING, "StringLike", "aws:SourceArn", "arn:aws:sns:*:orders", TOPIC, True),
    (IF_EXISTS, "StringEqualsIfExists", TAG, "ana", None, True),
    (IF_EXISTS, "StringEqualsIfExists", TAG, "ana", "ben", False),
    (IF_EXISTS, "StringNotEqualsIfExists", TAG, "ana", None, True),
    (IF_EXISTS, "NumericLessThanIfExists", "s3:max-keys", "10", None, True),
    (IF_EXISTS, "IpAddressIfExists", "aws:VpcSourceIp", "10.0.0.0/8", None, True),
    (IF_EXISTS, "ArnLikeIfExists", "aws:SourceArn", TOPIC, None, True),
    (NULL, "Null", TAG, "true", None, True),
    (NULL, "Null", TAG, "true", "ana", False),
    (NULL, "Null", TAG, "false", "ana", True),
    (NULL, "Null", TAG, "false", None, False),
    (NULL, "Null", "aws:TokenIssueTime", "false", "2026-01-15T08:00:00Z", True),
    (SETS, "ForAllValues:StringEquals", TAGS, ["Owner", "Env"], ["Owner"], True),
    (SETS, "ForAllValues:StringEquals", TAGS, ["Owner", "Env"], ["Owner", "Env"], True),
    (SETS, "ForAllValues:StringEquals", TAGS, ["Owner", "Env"], ["Owner", "Cost"], False),
    (SETS, "ForAllValues:StringEquals", TAGS, ["Owner", "Env"], None, True),
    (SETS, "ForAllValues:StringLike", TAGS, ["O*"], ["Owner", "Office"], True),
    (SETS, "ForAllValues:StringNotEquals", TAGS, ["Owner"], ["Env", "Cost"], True),
    (SETS, "ForAllValues:StringNotEquals", TAGS, ["Owner"], ["Env", "Owner"], False),
    (SETS, "ForAnyValue:StringEquals", TAGS, ["Owner", "Env"], ["Cost", "Env"], True),
    (SETS, "ForAnyValue:StringEquals", TAGS, ["Owner", "Env"], ["Cost"], False),
    (SETS, "ForAnyValue:StringEquals", TAGS, ["Owner"], ["owner"], False),
    (SETS, "ForAnyValue:StringEquals", TAGS, ["Owner"], None, False),
    (SETS, "ForAnyValue:StringNotEquals", TAGS, ["Owner"], ["Owner", "Env"], True),
    (SETS, "ForAnyValue:StringNotEquals", TAGS, ["Owner"], ["Owner"], False),
    (SETS, "ForAnyValue:StringNotEquals", TAGS, ["Owner"], None, False),
    (SETS, "ForAnyValue:StringEqualsIfExists", TAGS, ["Owner"], None, False),
    (SETS, "ForAllValues:StringLikeIfExists", TAGS, ["O*"], ["Env"], False),
    (SETS, "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", ["o-a1/r-b2/ou-c3/*"], ["o-a1/r-b2/ou-c3/ou-d4/"], True),
    (SETS, "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", ["o-a1/r-b2/ou-c3/*"], ["o-a1/r-b2/ou-e5/"], False),
    (SETS, "ForAnyValue:StringEquals", "aws:CalledVia", ["athena.amazonaws.com"], ["athena.amazonaws.com"], True),
    (LOGIC, "StringNotEquals", TAG, ["ana", "ben"], "ben", False),
    (LOGIC, "StringNotEquals", TAG, ["ana", "ben"], "cai", True),
    (LOGIC, "StringNotLike", TAG, ["a*", "b*"], "cai", True),
    (LOGIC, "ArnNotLike", "aws:SourceArn", [TOPIC, "arn:aws:sqs:*:*:*"], TOPIC, False),
)


def traps() -> Iterator[Trap]:
    """Yield one trap for each row, and the combinations of conditions."""
    for page, operator, key, wanted, value, result in ROWS:
        policies = allow("s3:PutObject", Condition={operator: {key: wanted}})
        context = {} if value is None else {key: value}
        title = (
            f"{operator} of {wanted!r} is {str(result).lower()} for {key} {'absent' if value is None else repr(value)}"
        )
        yield (allowed if result else denied)(title, page, ask("s3:PutObject", identity=policies, context=context))
    yield from _combined()


def _combined() -> Iterator[Trap]:
    both = {"StringEquals": {"aws:RequestTag/A": "1", "aws:RequestTag/B": "2"}}
    two = {"aws:RequestTag/A": "1", "aws:RequestTag/B": "2"}
    other = {"StringEquals": {"aws:RequestTag/A": "1"}, "StringLike": {"aws:RequestTag/B": "x*"}}
    untagged = {"Null": {"aws:RequestTag/Owner": "true"}}
    yield allowed(
        "All keys of an operator are true",
        LOGIC,
        ask("s3:PutObject", identity=allow("s3:*", Condition=both), context=two),
    )
    yield denied(
        "One key of an operator is absent",
        LOGIC,
        ask("s3:PutObject", identity=allow("s3:*", Condition=both), context={"aws:RequestTag/A": "1"}),
    )
    yield denied(
        "One of two operators is false",
        LOGIC,
        ask("s3:PutObject", identity=allow("s3:*", Condition=other), context=two),
    )
    yield allowed(
        "A Deny applies only if all of its keys are true",
        LOGIC,
        ask("s3:PutObject", identity=deny("s3:*", Condition=both), context={"aws:RequestTag/A": "1"}),
    )
    yield denied(
        "A Deny for requests without a tag", NULL, ask("s3:PutObject", identity=deny("s3:*", Condition=untagged))
    )
    yield allowed(
        "A Deny for requests without a tag, with the tag",
        NULL,
        ask("s3:PutObject", identity=deny("s3:*", Condition=untagged), context={"aws:RequestTag/Owner": "ana"}),
    )
    yield allowed(
        "A Deny with StringNotEquals and Null does not apply without the key",
        NULL,
        ask(
            "s3:PutObject",
            identity=deny(
                "s3:*",
                Condition={
                    "StringNotEquals": {"aws:RequestTag/Owner": "ana"},
                    "Null": {"aws:RequestTag/Owner": "false"},
                },
            ),
        ),
    )
    yield denied(
        "A Deny with StringNotEquals applies without the key",
        OPERATORS,
        ask("s3:PutObject", identity=deny("s3:*", Condition={"StringNotEquals": {"aws:RequestTag/Owner": "ana"}})),
    )
    yield denied(
        "A Deny with BoolIfExists applies without the key",
        IF_EXISTS,
        ask("s3:PutObject", identity=deny("s3:*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})),
    )
    yield allowed(
        "A Deny with Bool does not apply without the key",
        BOOLEAN,
        ask("s3:PutObject", identity=deny("s3:*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}})),
    )
    yield allowed(
        "The name of a condition key ignores case",
        CONDITION,
        ask(
            "s3:PutObject",
            identity=allow("s3:*", Condition={"StringEquals": {"AWS:requestTAG/OWNER": "ana"}}),
            context={"aws:RequestTag/Owner": "ana"},
        ),
    )
