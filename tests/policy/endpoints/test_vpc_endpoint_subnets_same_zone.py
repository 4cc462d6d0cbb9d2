import pytest

from plainwork_policies.endpoints.vpc_endpoint_subnets_same_zone import vpc_endpoint_subnets_same_zone

SUBNET = 'resource "aws_subnet" "%s" {\n  %s\n}\n'
BOTH = {"subnet_ids": "[aws_subnet.a.id, aws_subnet.b.id]"}


def subnets(one, other, argument="availability_zone"):
    return "".join(SUBNET % (name, zone and f"{argument} = {zone}") for name, zone in (("a", one), ("b", other)))


@pytest.mark.parametrize(
    ("one", "other", "status"),
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
        ("var.zone", '"eu-west-1a"', "not_evaluated"),
        ("each.value", '"eu-west-1a"', "not_evaluated"),
        ("", '"eu-west-1a"', "not_evaluated"),
    ],
)
def test_each_subnet_has_its_own_availability_zone(one, other, status, endpoint, statuses):
    found = statuses(vpc_endpoint_subnets_same_zone, subnets(one, other) + endpoint(**BOTH))
    assert found == {"aws_vpc_endpoint.x": status}


def test_the_ids_of_availability_zones_are_compared(endpoint, statuses):
    hcl = subnets('"euw1-az1"', '"euw1-az1"', "availability_zone_id") + endpoint(**BOTH)
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {"aws_vpc_endpoint.x": "failed"}


@pytest.mark.parametrize(
    "named",
    [
        '["subnet-1", "subnet-2"]',
        '[aws_subnet.a.id, "subnet-2"]',
        "[aws_subnet.a.id]",
        "aws_subnet.a[*].id",
        "module.network.subnets",
        "[]",
        None,
    ],
)
def test_subnets_outside_the_stack_are_no_subject(named, endpoint, statuses):
    hcl = subnets('"eu-west-1a"', '"eu-west-1a"') + endpoint(subnet_ids=named)
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {}


def test_an_unknown_list_is_not_evaluated(endpoint, statuses):
    hcl = endpoint(subnet_ids="var.subnets")
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


@pytest.mark.parametrize(
    ("zone", "status"),
    [
        ("data.aws_availability_zones.x.names[count.index]", "passed"),
        ('"eu-west-1a"', "failed"),
        ("element(var.zone_list, count.index)", "not_evaluated"),
    ],
)
def test_instances_of_one_subnet_are_subnets(zone, status, endpoint, statuses):
    repeated = f"count = 2\n  availability_zone = {zone}"
    hcl = SUBNET % ("a", repeated) + endpoint(subnet_ids="[aws_subnet.a[0].id, aws_subnet.a[1].id]")
    assert statuses(vpc_endpoint_subnets_same_zone, hcl) == {"aws_vpc_endpoint.x": status}


def test_the_message_names_subnets_and_zone(endpoint, messages):
    (message,) = messages(vpc_endpoint_subnets_same_zone, subnets('"eu-west-1a"', '"eu-west-1a"') + endpoint(**BOTH))
    assert "`aws_subnet.a` and `aws_subnet.b`, which are in `eu-west-1a`" in message
