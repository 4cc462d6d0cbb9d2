import pytest

from plainwork_policies.endpoints.vpc_endpoint_subnets_same_zone import vpc_endpoint_subnets_same_zone

SUBNET = 'resource "aws_subnet" "%s" {\n  %s\n}\n'
BOTH = {"subnet_ids": "[aws_subnet.a.id, aws_subnet.b.id]"}


def subnets(one, other, argument="availability_zone"):
    return "".join(SUBNET % (name, zone and f"{argument} = {zone}") for name, zone in (("a", one), ("b", other)))


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ('"eu-west-1a"', '"eu-west-1b"', "passed"),
        ('"eu-west-1a"', '"eu-west-1a"', "failed"),
        ("data.aws_availability_zones.x.names[0]", "data.aws_availability_zones.x.names[1]", "passed"),
        ("data.aws_availability_zones.x.names[0]", "data.aws_availability_zones.x.names[0]", "failed"),
        (
            "element(data.aws_availability_zones.x.names, 0)",
            "element(data.aws_availability_zones.x.names, 1)",
            "not_evaluated",
        ),
        ('"${var.region}a"', '"${var.region}b"', "passed"),
        ('"${var.region}a"', '"${var.region}a"', "failed"),
        ("var.zone", "var.zone", "failed"),
        ("each.value", '"eu-west-1a"', "not_evaluated"),
        ("", '"eu-west-1a"', "not_evaluated"),
    ],
)
def test_subnets_are_in_zones_of_their_own(one, other, verdict, endpoint, statuses):
    found = statuses(vpc_endpoint_subnets_same_zone, subnets(one, other) + endpoint(**BOTH))
    assert found == {"aws_vpc_endpoint.x": verdict}


def test_so_are_they_by_the_ids_of_zones(endpoint, statuses):
    hcl = subnets('"euw1-az1"', '"euw1-az1"', "availability_zone_id") + endpoint(**BOTH)
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {"aws_vpc_endpoint.x": "failed"}


@pytest.mark.parametrize(
    "named",
    [
        '["subnet-1", "subnet-2"]',
        '[aws_subnet.a.id, "subnet-2"]',
        "[aws_subnet.a.id]",
        "aws_subnet.a[*].id",
        "var.subnets",
        "[]",
        None,
    ],
)
def test_subnets_of_elsewhere_are_not_judged(named, endpoint, statuses):
    hcl = subnets('"eu-west-1a"', '"eu-west-1a"') + endpoint(subnet_ids=named)
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {}


def test_instances_of_one_subnet_may_be_in_several_zones(endpoint, statuses):
    zone = "count = 2\n  availability_zone = data.aws_availability_zones.x.names[count.index]"
    hcl = SUBNET % ("a", zone) + endpoint(subnet_ids="[aws_subnet.a[0].id, aws_subnet.a[1].id]")
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_the_finding_names_the_subnets(endpoint, messages):
    found = messages(vpc_endpoint_subnets_same_zone, subnets('"eu-west-1a"', '"eu-west-1a"') + endpoint(**BOTH))
    assert found == ["has `aws_subnet.a` and `aws_subnet.b`, which are both in the zone `eu-west-1a`"]
