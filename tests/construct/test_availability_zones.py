from __future__ import annotations

from typing import Any

import pytest

from plainwork.availability_zones import subnet_problems

SUBNET = "subnet-0123456789abcdef0"
OTHER = "subnet-0fedcba9876543210"


@pytest.mark.parametrize(
    "subnets",
    [
        {"euw1-az1": SUBNET, "euw1-az2": OTHER},
        {"euw1-az1": "${aws_subnet.a.id}"},
        {"euw1-lhr1-az1": SUBNET},
    ],
)
def test_subnets_are_given_by_zone_id(subnets: dict[str, str]) -> None:
    assert not list(subnet_problems("subnets", subnets, region="eu-west-1"))


@pytest.mark.parametrize(
    ("subnets", "problem"),
    [
        ({"eu-west-1a": SUBNET}, "the name 'eu-west-1a' is another zone in another account"),
        ({"use1-az1": SUBNET}, "must be keyed by zone ids of eu-west-1, which begin with 'euw1-': got 'use1-az1'"),
        ({"a": SUBNET}, "must be keyed by Availability Zone ids, such as 'euw1-az1': got 'a'"),
        ({"euw1-az1": ["a"]}, "subnets['euw1-az1'] must be an id that begins with 'subnet-'"),
        ({"euw1-az1": "a"}, "subnets['euw1-az1'] must be an id that begins with 'subnet-'"),
        ({"euw1-az1": SUBNET, "euw1-az2": SUBNET}, "must have another subnet in each zone"),
        ({}, "must be at least 1 subnet id by Availability Zone id"),
        ([SUBNET], "must be at least 1 subnet id by Availability Zone id"),
    ],
)
def test_invalid_subnets_are_rejected(subnets: object, problem: str) -> None:
    assert problem in "\n".join(subnet_problems("subnets", subnets, region="eu-west-1"))


def test_too_few_zones_are_rejected() -> None:
    assert "at least 2 subnet ids" in "\n".join(subnet_problems("subnets", {"euw1-az1": SUBNET}, least=2))


@pytest.mark.parametrize("region", ["Ireland", "${var.region}", None, 1])
def test_zones_are_not_compared_with_an_invalid_region(region: Any) -> None:
    assert not list(subnet_problems("subnets", {"euw1-az1": SUBNET}, region=region))
