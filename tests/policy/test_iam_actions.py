"""The table of actions has the content of the AWS Service Authorization Reference."""

from __future__ import annotations

import pytest

from plainwork_core.aws.iam_actions import Action, actions_of, expand, key_type, resource_types


def one(pattern: str) -> Action:
    (action,) = expand(pattern)
    return action


@pytest.mark.parametrize("name", ["s3:GetObject", "S3:getobject", "s3:GetObjec?Version", "kms:Decrypt", "iam:PassRole"])
def test_an_action_is_found_in_any_case_and_may_support_arns(name: str) -> None:
    assert one(name).takes_resource


@pytest.mark.parametrize("name", ["ec2:DescribeInstances", "s3:ListAllMyBuckets", "sts:GetCallerIdentity"])
def test_some_actions_do_not_support_arns(name: str) -> None:
    assert not one(name).takes_resource


@pytest.mark.parametrize("pattern", ["s3:NoSuchThing", "nosuchservice:*", "s3", ""])
def test_an_unknown_name_matches_no_action(pattern: str) -> None:
    assert expand(pattern) == ()


def test_a_pattern_matches_within_its_service() -> None:
    found = {str(action) for action in expand("sqs:Get*")}
    assert found == {"sqs:GetQueueAttributes", "sqs:GetQueueUrl"}


def test_the_wildcard_matches_every_action_of_every_service() -> None:
    assert len(expand("*")) > 22_000


def test_condition_keys_are_known_by_action_and_resource_type() -> None:
    run = one("ec2:RunInstances").on
    assert "aws:RequestTag/${TagKey}" in run["instance"].keys
    assert "aws:RequestTag/${TagKey}" not in run["image"].keys
    assert "aws:ResourceTag/${TagKey}" in resource_types("s3")["bucket"].keys


def test_dependent_actions_and_access_levels_are_known() -> None:
    assert "iam:PassRole" in one("ec2:RunInstances").depends
    assert {one("s3:GetObject").level, one("s3:PutBucketPolicy").level} == {"Read", "Permissions management"}


def test_each_resource_type_has_its_arn_format() -> None:
    assert resource_types("s3")["object"].arn == "arn:${Partition}:s3:::${BucketName}/${ObjectName}"


def test_the_stamp_of_the_table_is_not_a_service() -> None:
    assert actions_of("_stamp") == {}
    assert not [action for action in expand("*") if action.service == "_stamp"]


def test_an_action_has_the_rows_of_both_sources() -> None:
    deleted, created = one("cloudfront:DeleteFunction"), one("cloudfront:CreateFunction")
    assert deleted.in_second_source == deleted
    assert created.in_second_source is not None
    assert "aws:TagKeys" in created.on[""].keys
    assert "aws:TagKeys" not in created.in_second_source.on[""].keys
    assert one("s3files:CreateFileSystem").in_second_source is None


def test_an_action_on_two_pages_of_the_reference_has_the_resource_types_of_both() -> None:
    types = {*one("elasticloadbalancing:CreateLoadBalancer").on}
    assert {"loadbalancer", "loadbalancer/app/", "loadbalancer/net/"} <= types


@pytest.mark.parametrize(
    ("key", "type_"),
    [
        ("aws:TagKeys", "ArrayOfString"),
        ("aws:RequestTag/Owner", "String"),
        ("AWS:requesttag/owner", "String"),
        ("aws:SourceIp", "IPAddress"),
        ("aws:MultiFactorAuthPresent", "Bool"),
        ("aws:CurrentTime", "Date"),
        ("aws:SourceArn", "ARN"),
        ("s3:max-keys", "Numeric"),
        ("s3:RequestObjectTag/Owner", "String"),
        ("dynamodb:LeadingKeys", "ArrayOfString"),
        ("kms:EncryptionContext:app", "String"),
        ("secretsmanager:ResourceTag/Owner", "String"),
        ("saml:aud", "String"),
        ("ec2:NoSuchKey", None),
        ("nosuchservice:Key", None),
        ("Owner", None),
    ],
)
def test_a_condition_key_has_a_type(key: str, type_: str | None) -> None:
    assert key_type(key) == type_
