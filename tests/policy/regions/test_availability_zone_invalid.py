import pytest

from plainwork_policies.regions.availability_zone_invalid import availability_zone_invalid

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
DATA = 'data "aws_availability_zones" "all" {}\ndata "aws_region" "current" {}\nresource "aws_subnet" "first" {}\n'
SUBNET = 'resource "aws_subnet" "x" {\n  %s = %s\n}\n'


@pytest.mark.parametrize(
    ("zone", "verdict"),
    [
        ('"eu-west-1a"', "passed"),
        ('"eu-west-2a"', "failed"),
        ('"us-west-2-lax-1a"', "failed"),
        ('"euw1-az1"', "failed"),
        ('"eu-west-1"', "failed"),
        ('"${data.aws_region.current.name}a"', "passed"),
        ('"${data.aws_region.current.name}${var.letter}"', "passed"),
        ('"${var.region}a"', "not_evaluated"),
        ("data.aws_availability_zones.all.names[0]", "passed"),
        ("data.aws_availability_zones.all.zone_ids[0]", "failed"),
        ("aws_subnet.first.availability_zone", "passed"),
        ("var.zone", "not_evaluated"),
        ('""', None),
    ],
)
def test_a_zone_s_name_is_one_of_the_region_of_its_resource(zone, verdict, statuses):
    found = statuses(availability_zone_invalid, PROVIDER + DATA + SUBNET % ("availability_zone", zone))
    assert found.get("aws_subnet.x") == verdict


@pytest.mark.parametrize(
    ("zone", "verdict"),
    [
        ('"euw1-az1"', "passed"),
        ('"use1-az1"', "failed"),
        ('"eu-west-1a"', "failed"),
        ("data.aws_availability_zones.all.zone_ids[0]", "passed"),
        ("data.aws_availability_zones.all.names[0]", "failed"),
    ],
)
def test_a_zone_s_id_is_one_of_the_region_of_its_resource(zone, verdict, statuses):
    found = statuses(availability_zone_invalid, PROVIDER + DATA + SUBNET % ("availability_zone_id", zone))
    assert found["aws_subnet.x"] == verdict


@pytest.mark.parametrize(
    ("hcl", "messages_"),
    [
        (
            SUBNET % ("availability_zone", '"eu-west-2a"'),
            ["names `eu-west-2a`, which is in `eu-west-2`, but the resource is in `eu-west-1`"],
        ),
        (
            SUBNET % ("availability_zone", '"euw1-az1"'),
            ["names `euw1-az1`, which is the id of a zone, where its name is expected"],
        ),
        (
            SUBNET % ("availability_zone_id", '"eu-west-1a"'),
            ["names `eu-west-1a`, which is the name of a zone, where its id is expected"],
        ),
        (
            SUBNET % ("availability_zone_id", '"use1-az1"'),
            ["names `use1-az1`, which is in another region than the resource, which is in `eu-west-1`"],
        ),
        (
            SUBNET % ("availability_zone", '"eu-west-1"'),
            ["names `eu-west-1`, which is a region, and not a zone of it"],
        ),
    ],
)
def test_the_finding_says_what_the_zone_is(hcl, messages_, messages):
    assert messages(availability_zone_invalid, PROVIDER + hcl) == messages_


def test_each_zone_of_a_list_is_a_finding_of_its_own(results):
    hcl = (
        'resource "aws_autoscaling_group" "x" {\n  availability_zones = ["eu-west-1a", "eu-west-2a", "eu-west-2b"]\n}\n'
    )
    (result,) = results(availability_zone_invalid, PROVIDER + hcl)
    assert [each.path for each in result.findings] == ["availability_zones.1", "availability_zones.2"]


def test_a_provider_of_an_unknown_region_leaves_a_zone_s_name_open(statuses):
    hcl = 'provider "aws" {\n  region = var.region\n}\n'
    assert statuses(availability_zone_invalid, hcl + SUBNET % ("availability_zone", '"eu-west-1a"')) == {
        "aws_subnet.x": "not_evaluated"
    }
    assert statuses(availability_zone_invalid, hcl + SUBNET % ("availability_zone", '"${var.region}a"')) == {
        "aws_subnet.x": "passed"
    }


def test_a_target_outside_the_vpc_is_in_all_zones(statuses):
    hcl = 'resource "aws_lb_target_group_attachment" "x" {\n  availability_zone = "all"\n}\n'
    assert statuses(availability_zone_invalid, PROVIDER + hcl) == {}
