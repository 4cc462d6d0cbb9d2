from __future__ import annotations

import pytest

from plainwork.iam import account_root, allow, condition, deny, dns_suffix, partition


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("eu-west-1", "aws"),
        ("us-east-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eusc-de-east-1", "aws-eusc"),
    ],
)
def test_the_region_tells_the_partition(region: str, name: str) -> None:
    assert partition(region) == name


@pytest.mark.parametrize(
    ("region", "suffix"),
    [
        ("eu-west-1", "amazonaws.com"),
        ("us-gov-west-1", "amazonaws.com"),
        ("cn-north-1", "amazonaws.com.cn"),
        ("us-iso-east-1", "c2s.ic.gov"),
        ("us-isob-east-1", "sc2s.sgov.gov"),
        ("eusc-de-east-1", "amazonaws.eu"),
    ],
)
def test_the_region_tells_how_host_names_end(region: str, suffix: str) -> None:
    assert dns_suffix(region) == suffix


def test_an_account_is_a_principal_of_its_partition() -> None:
    assert account_root("cn-north-1", "123456789012")["identifiers"] == ["arn:aws-cn:iam::123456789012:root"]


def test_what_a_statement_does_not_need_is_left_out() -> None:
    assert allow("Read", ["s3:GetObject"], ["arn:aws:s3:::b/*"]) == {
        "sid": "Read",
        "actions": ["s3:GetObject"],
        "resources": ["arn:aws:s3:::b/*"],
    }


def test_a_denial_is_for_everybody_who_meets_the_conditions() -> None:
    plain_http = condition("Bool", "aws:SecureTransport", "false")
    statement = deny("Tls", ["s3:*"], ["arn:aws:s3:::b"], plain_http)
    assert statement["effect"] == "Deny"
    assert statement["principals"] == {"type": "*", "identifiers": ["*"]}
    assert statement["condition"] == [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}]
