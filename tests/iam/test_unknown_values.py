"""Values that are unknown: the answer is unknown only where they decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plainwork_core.iam.evaluation import RequestPrincipal, RequestResource, unread_policy
from plainwork_core.iam.statement import Principal
from plainwork_core.model.values import PartialString, Unknown
from tests.iam.requests import ACCOUNT, QUEUE, ROLE, allow, ask, deny, grant

DATA = Unknown("`aws_s3_bucket.data.arn` is known only after apply", ("aws_s3_bucket.data.arn",))
LOGS = Unknown("`aws_s3_bucket.logs.arn` is known only after apply", ("aws_s3_bucket.logs.arn",))


def _path(bucket: Unknown, key: str) -> PartialString:
    return PartialString(bucket.reason, bucket.references, parts=(bucket, key))


def _reading(bucket: Unknown, keys: str):
    (statement,) = allow("s3:GetObject")
    return (replace(statement, resources=(_path(bucket, keys),)),)


def _object(bucket: Unknown, key: str) -> RequestResource:
    return RequestResource(_path(bucket, key), ACCOUNT)


@pytest.mark.parametrize(("arn", "kind"), [("sns.amazonaws.com", "service"), ("*", "anonymous"), (ROLE.arn, "role")])
def test_an_aws_principal_that_is_unknown_may_be_every_principal(arn, kind):
    (statement,) = grant({"AWS": "x"}, "sqs:SendMessage")
    unknown, role = (
        (replace(statement, principals=(Principal("AWS", value),)),)
        for value in (Unknown("`var.caller` has no default"), DATA)
    )

    assert ask("sqs:SendMessage", QUEUE, principal=RequestPrincipal(arn, kind), resource=unknown).is_unknown
    assert ask("sqs:SendMessage", QUEUE, principal=RequestPrincipal(arn, kind), resource=role).is_unknown is (
        kind == "role"
    )


def test_a_role_whose_arn_is_unknown_has_a_trust_policy():
    target = Unknown("`aws_iam_role.target.arn` is known only after apply", ("aws_iam_role.target.arn",))

    decision = ask("sts:AssumeRole", target, identity=allow("sts:*"))

    assert (decision.answer, decision.reason) == ("unknown", "the trust policy is not given")


def test_the_same_reference_is_the_same_arn():
    assert ask("s3:GetObject", _object(DATA, "/reports/1"), identity=_reading(DATA, "/reports/*")).is_allowed
    assert ask("s3:GetObject", _object(DATA, "/other/1"), identity=_reading(DATA, "/reports/*")).is_denied


def test_two_resources_of_the_stack_do_not_have_the_same_arn():
    assert ask("s3:GetObject", _object(DATA, "/reports/1"), identity=_reading(LOGS, "/reports/*")).is_denied


@pytest.mark.parametrize(
    "reference", ["data.aws_s3_bucket.logs.arn", "var.arn", "aws_s3_bucket.data[0].arn", "aws_s3_bucket.logs.id"]
)
def test_two_other_references_may_be_the_same_arn(reference):
    other = Unknown(f"`{reference}` is unknown", (reference,))

    assert ask("s3:GetObject", _object(DATA, "/reports/1"), identity=_reading(other, "/reports/*")).is_unknown
    assert ask("s3:GetObject", _object(DATA, "/reports/1"), identity=_reading(other, "/reports/2")).is_denied


def test_an_account_that_is_not_known_is_the_same_account_as_itself():
    account = Unknown("the account of `provider.aws` is not known", ("account",))
    role = RequestPrincipal("arn:aws:iam::${account}:role/ci", account=account)
    queue = "arn:aws:sqs:eu-west-1:${account}:jobs"

    assert ask("sqs:SendMessage", RequestResource(queue, account), principal=role, identity=allow("sqs:*")).is_allowed
    assert ask("sqs:SendMessage", RequestResource(queue, ACCOUNT), principal=role, identity=allow("sqs:*")).is_unknown


def test_a_wildcard_includes_an_unknown_part():
    name = Unknown("`var.name` has no default", ("var.name",))
    target = RequestResource(PartialString(name.reason, name.references, parts=("arn:aws:s3:::", name, "/x")), ACCOUNT)

    assert ask("s3:GetObject", target, identity=allow("s3:*", "arn:aws:s3:::*")).is_allowed
    assert ask("s3:GetObject", target, identity=allow("s3:*", "arn:aws:s3:::data/*")).is_unknown
    assert ask("s3:GetObject", target, identity=allow("s3:*", "arn:aws:sqs:*:*:*")).is_denied


def test_a_star_in_the_arn_of_the_request_is_a_part_that_is_not_given():
    assert ask("s3:GetObject", "arn:aws:s3:::data/*", identity=allow("s3:*", "arn:aws:s3:::data/*")).is_allowed
    assert ask("s3:GetObject", "arn:aws:s3:::data/*", identity=allow("s3:*", "arn:aws:s3:::data/a*")).is_unknown
    assert ask("s3:ListAllMyBuckets", "*", identity=allow("s3:*", "arn:aws:s3:::data")).is_denied


@pytest.mark.parametrize("kind", ["identity", "boundary", "session"])
def test_a_policy_that_cannot_be_read_is_unknown_with_its_reason(kind):
    policies = {"identity": allow("s3:*")} | {kind: unread_policy("`var.policy` has no default")}

    assert ask("s3:GetObject", **policies).reason == "`var.policy` has no default"
    assert ask("s3:GetObject", scp=(deny("*"),), **policies).is_denied


def test_a_key_that_is_not_given_is_absent_from_a_complete_request_and_unknown_otherwise():
    statements = allow("s3:*", Condition={"StringEquals": {"aws:RequestTag/Owner": "ann"}})

    assert ask("s3:GetObject", identity=statements).is_denied
    assert ask("s3:GetObject", identity=statements, complete=False).is_unknown


def test_a_key_of_every_request_is_unknown_if_it_is_not_given():
    statements = allow("s3:*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})

    assert ask("s3:GetObject", identity=statements).reason == "the request's value of `aws:SourceIp` is not given"
    assert ask("s3:GetObject", identity=statements, context={"aws:SourceIp": "10.1.2.3"}).is_allowed


def test_tags_of_the_resource_are_unknown_if_they_are_not_given():
    statements = allow("s3:*", Condition={"StringEquals": {"aws:ResourceTag/Team": "data"}})
    tagged = RequestResource("arn:aws:s3:::data", ACCOUNT, {"team": "data"})

    assert ask("s3:ListBucket", "arn:aws:s3:::data", identity=statements).is_unknown
    assert ask("s3:ListBucket", tagged, identity=statements).is_allowed
