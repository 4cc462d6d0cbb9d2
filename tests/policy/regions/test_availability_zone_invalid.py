import pytest

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.regions.availability_zone_invalid import availability_zone_invalid

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
DATA = 'data "aws_availability_zones" "all" {}\ndata "aws_region" "current" {}\nresource "aws_subnet" "first" {}\n'
SUBNET = 'resource "aws_subnet" "x" {\n  %s = %s\n}\n'


@pytest.mark.parametrize(
    ("zone", "status"),
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
def test_a_zone_name_is_in_the_region_of_its_resource(zone, status, statuses):
    found = statuses(availability_zone_invalid, PROVIDER + DATA + SUBNET % ("availability_zone", zone))
    assert found.get("aws_subnet.x") == status


@pytest.mark.parametrize(
    ("zone", "status"),
    [
        ('"euw1-az1"', "passed"),
        ('"use1-az1"', "failed"),
        ('"eu-west-1a"', "failed"),
        ("data.aws_availability_zones.all.zone_ids[0]", "passed"),
        ("data.aws_availability_zones.all.names[0]", "failed"),
        ("slice(data.aws_availability_zones.all.names, 0, 2)[1]", "failed"),
        ("data.aws_availability_zones.all.names[0] == var.x ? null : var.zone", "not_evaluated"),
    ],
)
def test_a_zone_id_is_in_the_region_of_its_resource(zone, status, statuses):
    found = statuses(availability_zone_invalid, PROVIDER + DATA + SUBNET % ("availability_zone_id", zone))
    assert found["aws_subnet.x"] == status


@pytest.mark.parametrize(
    ("hcl", "expected"),
    [
        (
            SUBNET % ("availability_zone", '"eu-west-2a"'),
            ["`availability_zone` is `eu-west-2a` in `eu-west-2`, but the resource is in `eu-west-1`"],
        ),
        (
            SUBNET % ("availability_zone", '"euw1-az1"'),
            ["`availability_zone` is `euw1-az1`, which is a zone ID; this argument takes a zone name"],
        ),
        (
            SUBNET % ("availability_zone_id", '"eu-west-1a"'),
            ["`availability_zone_id` is `eu-west-1a`, which is a zone name; this argument takes a zone ID"],
        ),
        (
            SUBNET % ("availability_zone_id", '"use1-az1"'),
            ["`availability_zone_id` is `use1-az1` in another Region, but the resource is in `eu-west-1`"],
        ),
        (
            SUBNET % ("availability_zone", '"eu-west-1"'),
            ["`availability_zone` is `eu-west-1`, which is a Region; this argument takes a zone name"],
        ),
    ],
)
def test_the_message_has_the_format_and_the_region_of_the_zone(hcl, expected, messages):
    assert messages(availability_zone_invalid, PROVIDER + hcl) == expected


def test_each_zone_of_a_list_has_a_finding(results):
    hcl = (
        'resource "aws_autoscaling_group" "x" {\n  availability_zones = ["eu-west-1a", "eu-west-2a", "eu-west-2b"]\n}\n'
    )
    (result,) = results(availability_zone_invalid, PROVIDER + hcl)
    assert [finding.path for finding in result.findings] == ["availability_zones.1", "availability_zones.2"]


def test_a_zone_name_is_not_evaluated_if_the_region_is_unknown(statuses):
    hcl = 'provider "aws" {\n  region = var.region\n}\n'
    assert statuses(availability_zone_invalid, hcl + SUBNET % ("availability_zone", '"eu-west-1a"')) == {
        "aws_subnet.x": "not_evaluated"
    }
    assert statuses(availability_zone_invalid, hcl + SUBNET % ("availability_zone", '"${var.region}a"')) == {
        "aws_subnet.x": "passed"
    }


def test_a_target_outside_the_vpc_has_no_zone(statuses):
    hcl = 'resource "aws_lb_target_group_attachment" "x" {\n  availability_zone = "all"\n}\n'
    assert statuses(availability_zone_invalid, PROVIDER + hcl) == {}


def test_a_zone_is_not_evaluated_if_the_provider_is_unknown():
    provider = Unknown("the plan does not tell which provider configuration it uses")
    zone = {"availability_zone": "eu-west-1a"}
    subnet = Resource("aws_subnet.x", "managed", "aws_subnet", "x", provider, zone, Location("plan.json"))
    [result] = evaluate(Stack("plan.json", "plan", resources=(subnet,)), [availability_zone_invalid], Settings())
    assert result.status == "not_evaluated"


@pytest.mark.parametrize(
    "references", [("data.aws_availability_zones.all.names[0]",), ("var.azs", "data.aws_availability_zones.all.names")]
)
def test_the_references_of_a_plan_do_not_state_the_format_of_a_zone(references):
    zone = {"availability_zone_id": Unknown("known only after apply", references)}
    subnet = Resource("aws_subnet.x", "managed", "aws_subnet", "x", "aws", zone, Location("plan.json"))
    [result] = evaluate(Stack("plan.json", "plan", resources=(subnet,)), [availability_zone_invalid], Settings())
    assert result.status == "not_evaluated"
