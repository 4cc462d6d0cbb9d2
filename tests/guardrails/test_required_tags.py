"""The service control policies and the IAM policies of `[tags]`, decided for every covered API call."""

from __future__ import annotations

from typing import Any

import pytest

from plainwork_core.aws.organizations import MANAGED_POLICY_CHARACTERS, SCP_CHARACTERS
from plainwork_core.guardrails.documents import documents, encoded
from plainwork_core.guardrails.tag_statements import Scope, tag_statements
from plainwork_core.iam.evaluation import (
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)
from plainwork_policies.tags.settings import TagSettings
from tests.guardrails.calls import ACCOUNT, CALLS, EVERYTHING, ROLE, Tags, is_allowed

EVERY_LAUNCH, EVERY = ("instance", "volume", "task"), ("ALL", "s3")
SETTINGS = TagSettings(
    required=("Owner", "Environment"),
    allowed_values={"Environment": ("dev", "prod")},
    value_patterns={"CostCenter": "cc-.+"},
    propagate_to=EVERY_LAUNCH,
)
TAGS = {"Owner": "team", "Environment": "prod"}
WRONG: list[Tags] = [
    {},
    {"Owner": "team"},
    {"Environment": "prod"},
    {"Name": "x"},
    {**TAGS, "Environment": "production"},
    {**TAGS, "Environment": ""},
    {**TAGS, "CostCenter": "7"},
    {**TAGS, "CostCenter": "cc-"},
]
BREAK_GLASS = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:role/break-glass")


def guardrail(
    settings: TagSettings = SETTINGS, *, characters: int = SCP_CHARACTERS, **scope: Any
) -> list[dict[str, Any]]:
    return documents(tag_statements(settings, Scope(**{"services": EVERY, **scope})), characters)


GUARDRAIL = guardrail(exempt_principals=("arn:aws:iam::*:role/break-glass",))
IAM = guardrail(characters=MANAGED_POLICY_CHARACTERS)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("identity", [False, True], ids=["SCP", "IAM"])
class TestEachCall:
    def test_is_allowed_with_all_tags(self, call: str, *, identity: bool) -> None:
        assert is_allowed(call, IAM if identity else GUARDRAIL, TAGS, identity=identity)

    def test_is_allowed_with_further_tags(self, call: str, *, identity: bool) -> None:
        tags = {**TAGS, "CostCenter": "cc-7", "Name": "x"}
        assert is_allowed(call, IAM if identity else GUARDRAIL, tags, identity=identity)

    def test_is_denied_without_a_required_tag_and_with_a_wrong_value(self, call: str, *, identity: bool) -> None:
        documents_ = IAM if identity else GUARDRAIL
        assert [tags for tags in WRONG if is_allowed(call, documents_, tags, identity=identity)] == []


@pytest.mark.parametrize("call", CALLS)
def test_an_exempt_principal_may_create_without_tags(call: str) -> None:
    assert is_allowed(call, GUARDRAIL, {}, principal=BREAK_GLASS)


@pytest.mark.parametrize("call", CALLS)
def test_a_service_may_create_without_tags_for_the_caller_unless_the_guardrail_includes_services(call: str) -> None:
    context = {"aws:ViaAWSService": "true"}
    assert is_allowed(call, GUARDRAIL, {}, context=context)
    assert not is_allowed(call, guardrail(through_services=True), {}, context=context)


@pytest.mark.parametrize("call", CALLS)
def test_several_keys_in_one_null_condition_would_allow_a_request_with_one_of_them(call: str) -> None:
    null = {f"aws:RequestTag/{key}": "true" for key in TAGS}
    mistake = {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Null": null}}]}
    tagged = policy_statements(mistake)
    request = Request(ROLE, call, RequestResource("*", ACCOUNT), {"aws:RequestTag/Owner": ("team",)})
    assert decide(request, Policies(EVERYTHING, scp=(EVERYTHING + tagged,))).is_allowed


def test_a_launch_with_an_existing_network_interface_is_allowed() -> None:
    interface = RequestResource(f"arn:aws:ec2:eu-west-1:{ACCOUNT}:network-interface/eni-1", ACCOUNT)
    statements = tuple(one for document in GUARDRAIL for one in policy_statements(document))
    policies = Policies(EVERYTHING, scp=(EVERYTHING + statements,))
    assert decide(Request(ROLE, "ec2:RunInstances", interface), policies).is_allowed


def test_what_a_launch_must_tag_is_propagate_to() -> None:
    instance_only = guardrail(TagSettings(required=("Owner",), propagate_to=("instance",)), services=("ec2", "ecs"))
    assert "volume/*" not in str([one for one in instance_only[0]["Statement"] if "ec2:RunInstances" in one["Action"]])
    assert is_allowed("ecs:RunTask", instance_only, {})
    assert not is_allowed("ec2:RunInstances", instance_only, {})


@pytest.mark.parametrize(
    ("action", "tags", "allowed"),
    [
        ("ec2:CreateTags", {"Environment": "prod"}, True),
        ("ec2:CreateTags", {"Name": "x"}, True),
        ("ec2:CreateTags", {"Environment": "production"}, False),
        ("ec2:CreateTags", {"CostCenter": "7"}, False),
        ("rds:AddTagsToResource", {"Environment": "production"}, False),
        ("ec2:DeleteTags", {"Name": "x"}, True),
        ("ec2:DeleteTags", {"Owner": "team"}, False),
        ("ec2:DeleteTags", {"Name": "x", "Owner": "team"}, False),
        ("ec2:DeleteTags", {}, False),
        ("sqs:UntagQueue", {"Name": ""}, True),
        ("sqs:UntagQueue", {"Environment": ""}, False),
    ],
)
def test_tags_of_an_existing_resource(action: str, tags: Tags, *, allowed: bool) -> None:
    keys = {f"aws:RequestTag/{key}": (value,) for key, value in tags.items()}
    request = Request(
        ROLE, action, RequestResource("*", ACCOUNT), keys | ({"aws:TagKeys": tuple(tags)} if tags else {})
    )
    statements = tuple(one for document in GUARDRAIL for one in policy_statements(document))
    decision = decide(request, Policies(EVERYTHING, scp=(EVERYTHING + statements,)))
    assert decision.is_allowed is allowed
    assert decision.is_denied is not allowed


@pytest.mark.parametrize("characters", [SCP_CHARACTERS, MANAGED_POLICY_CHARACTERS, 2_000])
def test_no_document_is_larger_than_the_quota_and_all_of_them_decide_as_one(characters: int) -> None:
    divided = guardrail(characters=characters)
    assert max(len(encoded(document)) for document in divided) <= characters
    for call in CALLS:
        assert is_allowed(call, divided, TAGS)
        assert not is_allowed(call, divided, {"Owner": "team"})


def test_statements_of_one_document_have_different_ids() -> None:
    for document in guardrail(TagSettings(required=("Cost Center", "CostCenter", "Größe"))):
        sids = [statement["Sid"] for statement in document["Statement"]]
        assert len(set(sids)) == len(sids)
        assert all(sid.isascii() and sid.isalnum() for sid in sids)


def test_the_case_of_a_key_is_ignored_as_iam_does() -> None:
    assert is_allowed("sqs:CreateQueue", GUARDRAIL, {"owner": "team", "Environment": "prod"})


def test_a_request_without_the_key_on_services_is_one_of_the_caller() -> None:
    statements = tuple(one for document in GUARDRAIL for one in policy_statements(document))
    queue = RequestResource("*", ACCOUNT)
    request = Request(ROLE, "sqs:CreateQueue", queue, {"aws:ViaAWSService": ()})
    assert decide(request, Policies(EVERYTHING, scp=(EVERYTHING + statements,))).is_denied
