from __future__ import annotations

import pytest

from plainwork_core.aws.regions import (
    dns_suffix,
    has_region_form,
    known_partition,
    partition,
    prefix_of_zone_id,
    region_names,
    region_of_zone,
    zone_id_prefix,
)


@pytest.mark.parametrize(
    ("region", "name", "suffix"),
    [
        ("eu-west-1", "aws", "amazonaws.com"),
        ("us-east-1", "aws", "amazonaws.com"),
        ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
        ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
        ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"),
        ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"),
        ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"),
        ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
    ],
)
def test_a_region_has_the_partition_and_dns_suffix(region: str, name: str, suffix: str) -> None:
    assert (partition(region), known_partition(region), dns_suffix(region)) == (name, name, suffix)


def test_a_region_that_is_not_in_the_table_has_the_partition_of_its_form() -> None:
    assert (partition("cn-south-1"), known_partition("cn-south-1")) == ("aws-cn", None)


def test_every_region_has_the_form_of_one() -> None:
    assert all(map(has_region_form, region_names()))


@pytest.mark.parametrize("name", ["eu-west-1a", "euw1-az1", "EU-WEST-1", "eu_west_1", "west"])
def test_other_names_do_not_have_the_form_of_a_region(name: str) -> None:
    assert not has_region_form(name)


@pytest.mark.parametrize(
    ("region", "prefix"),
    {
        "eu-west-1": "euw1",
        "eu-central-1": "euc1",
        "us-east-1": "use1",
        "ap-southeast-2": "apse2",
        "ap-northeast-3": "apne3",
        "us-gov-west-1": "usgw1",
        "cn-northwest-1": "cnnw1",
        "il-central-1": "ilc1",
        "us-iso-east-1": None,
        "eusc-de-east-1": None,
    }.items(),
)
def test_zone_ids_begin_with_a_short_form_of_the_region(region: str, prefix: str | None) -> None:
    assert zone_id_prefix(region) == prefix


@pytest.mark.parametrize(
    ("zone_id", "prefix"), {"euw1-az1": "euw1", "usw2-lax1-az1": "usw2", "eu-west-1a": None, "euw1": None}.items()
)
def test_a_zone_id_has_the_prefix_of_its_region(zone_id: str, prefix: str | None) -> None:
    assert prefix_of_zone_id(zone_id) == prefix


@pytest.mark.parametrize(
    ("zone", "region"), {"eu-west-1a": "eu-west-1", "us-west-2-lax-1a": "us-west-2", "eu-west-1": None}.items()
)
def test_a_zone_name_begins_with_the_region(zone: str, region: str | None) -> None:
    assert region_of_zone(zone) == region
