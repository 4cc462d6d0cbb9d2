"""What AWS authorizes for one call of its API, and how the provider creates a resource."""

from __future__ import annotations

import json
import re

import pytest

from plainwork_core.aws.creating_calls import creating_calls, creations
from plainwork_core.aws.iam_actions import expand, key_type, resource_types
from plainwork_core.data_files import FOLDER
from plainwork_core.iam.api_calls import Authorization, authorizations, creation
from plainwork_core.iam.authorization_reference import has_request_tags
from plainwork_core.schema.store import load

PAGE = re.compile(
    r"https://(docs\.aws\.amazon\.com/\S+\.html|servicereference\.us-east-1\.amazonaws\.com/v1/\S+\.json)"
)
CALLS = sorted(creating_calls())


def asked(call: str, *, tags: bool, tagged: tuple[str, ...] = ()) -> dict[tuple[str, str], Authorization]:
    """The required authorizations of *call*, by action and resource type."""
    found = authorizations(call, tags=tags, tagged_types=tagged)
    return {(one.action, one.resource_type): one for one in found if one.required}


def test_an_instance_is_authorized_on_each_resource_and_its_tags_by_a_second_action() -> None:
    run = asked("ec2:RunInstances", tags=True)
    types = {type_ for action, type_ in run if action == "ec2:RunInstances"}
    assert types == {"image", "instance", "network-interface", "security-group", "subnet", "volume"}
    tagging = run["ec2:CreateTags", "instance"]
    assert tagging.context == {"ec2:CreateAction": "RunInstances"}
    assert tagging.arn_format == "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}"


def test_only_the_tagged_resource_of_an_instance_has_the_tags_in_its_context() -> None:
    run = asked("ec2:RunInstances", tags=True)
    assert [pair for pair, one in run.items() if one.has_request_tags] == [
        ("ec2:RunInstances", "instance"),
        ("ec2:CreateTags", "instance"),
    ]


def test_the_volumes_of_an_instance_may_have_tags_as_well() -> None:
    run = asked("ec2:RunInstances", tags=True, tagged=("instance", "volume"))
    assert run["ec2:RunInstances", "volume"].has_request_tags
    assert ("ec2:CreateTags", "volume") in run


def test_a_request_without_tags_asks_for_no_tagging_action() -> None:
    for call in CALLS:
        tagging = {*creating_calls()[call].tagging}
        assert not [one for one in authorizations(call, tags=False) if one.action in tagging or one.has_request_tags]


@pytest.mark.parametrize(
    ("call", "tagging", "type_", "context"),
    [
        ("ecs:CreateCluster", "ecs:TagResource", "cluster", {"ecs:CreateAction": "CreateCluster"}),
        ("ecs:RunTask", "ecs:TagResource", "task", {"ecs:CreateAction": "RunTask"}),
        (
            "elasticfilesystem:CreateAccessPoint",
            "elasticfilesystem:TagResource",
            "access-point",
            {"elasticfilesystem:CreateAction": "CreateAccessPoint"},
        ),
        (
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:AddTags",
            "targetgroup",
            {"elasticloadbalancing:CreateAction": "CreateTargetGroup"},
        ),
        ("elasticache:CreateReplicationGroup", "elasticache:AddTagsToResource", "replicationgroup", {}),
        ("iam:CreateRole", "iam:TagRole", "role", {}),
        ("s3:CreateBucket", "s3:TagResource", "bucket", {}),
        ("s3:PutObject", "s3:PutObjectTagging", "object", {}),
        ("dynamodb:CreateTable", "dynamodb:TagResource", "table", {}),
        ("autoscaling:CreateAutoScalingGroup", "autoscaling:CreateOrUpdateTags", "autoScalingGroup", {}),
    ],
)
def test_creation_with_tags_asks_for_the_tagging_action_on_the_created_resource(call, tagging, type_, context) -> None:
    assert asked(call, tags=True)[tagging, type_].context == context


def test_one_of_two_tagging_actions_is_enough_for_a_log_group() -> None:
    found = asked("logs:CreateLogGroup", tags=True)["logs:TagLogGroup", "log-group"]
    assert found.alternatives == ("logs:TagResource",)


def test_a_function_passes_its_role_and_an_instance_only_with_an_instance_profile() -> None:
    passed = asked("lambda:CreateFunction", tags=False)["iam:PassRole", "role"]
    assert passed.context == {"iam:PassedToService": "lambda.amazonaws.com"}
    (profile,) = (one for one in authorizations("ec2:RunInstances", tags=False) if one.action == "iam:PassRole")
    assert (profile.required, profile.note) == (False, "the request has an instance profile")


def test_a_request_names_a_resource_of_one_of_several_types() -> None:
    (rule,) = (one for one in authorizations("elasticloadbalancing:CreateRule", tags=False) if one.required)
    assert rule.resource_types == ("listener/app", "listener/net")
    assert rule.arn_format == "arn:${Partition}:elasticloadbalancing:${Region}:${Account}:listener/${Resource}"


def test_a_tagging_call_asks_for_its_action_on_the_tagged_type_only() -> None:
    assert {*asked("route53:ChangeTagsForResource", tags=True, tagged=("hostedzone",))} == {
        ("route53:ChangeTagsForResource", "hostedzone")
    }
    assert {*asked("dynamodb:TagResource", tags=True)} == {("dynamodb:TagResource", "stream or table")}


def test_each_call_of_the_table_has_a_required_authorization() -> None:
    assert not [call for call in CALLS if not any(one.required for one in authorizations(call, tags=False))]


def test_a_hosted_zone_has_no_tags_in_the_request() -> None:
    assert [(one.action, one.has_request_tags) for one in authorizations("route53:CreateHostedZone", tags=True)] == [
        ("route53:CreateHostedZone", False),
        ("ec2:DescribeVpcs", False),
    ]


def test_a_call_outside_the_table_has_the_authorizations_of_the_reference() -> None:
    found = asked("ec2:CreateImage", tags=True)
    assert {type_ for action, type_ in found if action == "ec2:CreateImage"} == {"image", "instance", "snapshot"}
    assert found["ec2:CreateTags", "image"].context == {"ec2:CreateAction": "CreateImage"}
    (read,) = authorizations("s3:GetObject", tags=False)[:1]
    assert (read.action, read.has_request_tags) == ("s3:GetObject", False)


def test_an_unknown_action_has_no_authorizations() -> None:
    assert authorizations("ec2:NoSuchThing", tags=True) == ()
    assert authorizations("nosuchservice:Create", tags=True) == ()


@pytest.mark.parametrize(
    ("type_", "call", "tagging_call"),
    [
        ("aws_instance", "ec2:RunInstances", "ec2:RunInstances"),
        ("aws_efs_file_system", "elasticfilesystem:CreateFileSystem", "elasticfilesystem:CreateFileSystem"),
        ("aws_s3_bucket", "s3:CreateBucket", "s3:PutBucketTagging"),
        ("aws_route53_zone", "route53:CreateHostedZone", "route53:ChangeTagsForResource"),
        ("aws_efs_mount_target", "elasticfilesystem:CreateMountTarget", None),
    ],
)
def test_the_provider_tags_in_the_creating_call_or_in_a_later_one(type_, call, tagging_call) -> None:
    found = creation(type_)
    assert found is not None
    assert (found.call, found.tagging_call) == (call, tagging_call)
    assert found.has_tags_on_create == (call == tagging_call)


@pytest.mark.parametrize(
    ("provider", "tagging_call"),
    [
        ("", "s3:PutBucketTagging"),
        ("5.100.0", "s3:PutBucketTagging"),
        ("~> 5.100", "s3:PutBucketTagging"),
        ("6.23.0", "s3:CreateBucket"),
        ("~> 6.30", "s3:CreateBucket"),
        (">= 5.0", "s3:CreateBucket"),
    ],
)
def test_a_newer_provider_tags_a_bucket_in_the_creating_call(provider: str, tagging_call: str) -> None:
    found = creation("aws_s3_bucket", provider)
    assert found is not None
    assert found.tagging_call == tagging_call


def test_a_type_outside_the_table_has_no_creation() -> None:
    assert creation("aws_nosuch") is None


def test_each_authorization_agrees_with_the_reference_and_cites_a_page() -> None:
    for call in CALLS:
        for one in authorizations(call, tags=True):
            for name in (one.action, *one.alternatives):
                (action,) = expand(name)
                assert {*one.resource_types} <= action.on.keys() or not any(action.on), (call, one)
            assert {*one.resource_types} <= resource_types(one.action.partition(":")[0]).keys(), one
            assert PAGE.fullmatch(one.source)
            assert all(key_type(key) == "String" for key in one.context)
            assert one.required == (not one.note)


def test_each_call_of_the_table_has_its_tagging_actions() -> None:
    for name, call in creating_calls().items():
        assert {found.level for tagging in call.tagging for found in expand(tagging)} <= {"Tagging"}
        (action,) = expand(name)
        assert not call.tagging or has_request_tags(action) or name == "s3:PutObject", name


def test_the_data_file_is_that_of_the_table() -> None:
    from tools.api_calls import api_calls  # noqa: PLC0415  it needs tomllib

    made = json.loads((FOLDER / "api_calls.json").read_text(encoding="utf-8"))
    assert {key: made[key] for key in ("services", "calls")} == api_calls(), "run python -m tools.data api_calls.json"


def test_each_type_of_the_table_is_in_the_schema_of_the_provider() -> None:
    types = {*load("5.100.0").types("resource")}
    assert {*creations()} <= types
