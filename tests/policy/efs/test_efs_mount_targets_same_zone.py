import pytest

from plainwork_policies.efs.efs_mount_targets_same_zone import efs_mount_targets_same_zone

SUBNET = 'resource "aws_subnet" "%s" {\n  %s\n}\n'
MOUNT_TARGET = 'resource "aws_efs_mount_target" "%s" {\n  file_system_id = %s\n  subnet_id = %s\n}\n'
FILES, A, B = "aws_efs_file_system.files.id", "aws_subnet.a.id", "aws_subnet.b.id"
ZONE_A, ZONE_B = 'availability_zone = "eu-west-1a"', 'availability_zone = "eu-west-1b"'


@pytest.fixture
def status(statuses):
    def status(subnets, first, second):
        hcl = "".join(SUBNET % subnet for subnet in subnets)
        hcl += MOUNT_TARGET % ("one", *first) + MOUNT_TARGET % ("two", *second)
        found = statuses(efs_mount_targets_same_zone, hcl)
        assert found["aws_efs_mount_target.one"] == "passed", "only the second mount target fails"
        return found["aws_efs_mount_target.two"]

    return status


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        ((ZONE_A, ZONE_A), "failed"),
        ((ZONE_A, ZONE_B), "passed"),
        (('availability_zone_id = "euw1-az1"', 'availability_zone_id = "euw1-az1"'), "failed"),
        ((ZONE_A, 'availability_zone_id = "euw1-az1"'), "not_evaluated"),
        ((ZONE_A, "availability_zone = var.zone"), "not_evaluated"),
        (("", ""), "not_evaluated"),
    ],
)
def test_a_file_system_has_one_mount_target_in_each_zone(zones, expected, status):
    assert status([("a", zones[0]), ("b", zones[1])], (FILES, A), (FILES, B)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ('"subnet-1"', '"subnet-1"', "failed"),
        ('"subnet-1"', '"subnet-2"', "passed"),
        ('"subnet-1"', "var.subnet", "not_evaluated"),
        ("var.subnet", "var.subnet", "not_evaluated"),
        ("tolist(data.aws_subnets.all.ids)[0]", "tolist(data.aws_subnets.all.ids)[1]", "not_evaluated"),
        ("element(module.vpc.subnets, 0)", "element(module.vpc.subnets, 1)", "not_evaluated"),
        ("element(aws_subnet.c[*].id, 0)", "element(aws_subnet.c[*].id, 1)", "not_evaluated"),
        ("aws_subnet.c[0].id", "aws_subnet.c[0].id", "failed"),
        ("aws_subnet.c[0].id", "aws_subnet.c[1].id", "not_evaluated"),
    ],
)
def test_a_subnet_is_in_one_zone(first, second, expected, status):
    subnets = [("c", "count = 2\n  availability_zone = var.zones[count.index]")]
    assert status(subnets, (FILES, first), (FILES, second)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [("aws_efs_file_system.other.id", "passed"), ('"fs-1"', "passed"), ("var.file_system", "not_evaluated")],
)
def test_mount_targets_of_another_file_system_are_not_compared(other, expected, status):
    assert status([("a", ZONE_A)], (FILES, A), (other, A)) == expected


def test_an_unknown_file_system_does_not_count_in_another_zone(status):
    assert status([("a", ZONE_A), ("b", ZONE_B)], (FILES, A), ("var.file_system", B)) == "passed"


def test_an_unknown_mount_target_does_not_hide_a_certain_one(statuses):
    targets = (("unknown", FILES, "var.subnet"), ("one", FILES, A), ("two", FILES, A))
    hcl = SUBNET % ("a", ZONE_A) + "".join(MOUNT_TARGET % target for target in targets)
    assert statuses(efs_mount_targets_same_zone, hcl)["aws_efs_mount_target.two"] == "failed"


@pytest.mark.parametrize(("zone", "shown"), [(ZONE_A, "in `eu-west-1a`,"), ("", "in an Availability Zone")])
def test_the_finding_has_the_zone_and_the_other_mount_target(zone, shown, messages):
    hcl = SUBNET % ("a", zone) + MOUNT_TARGET % ("one", FILES, A) + MOUNT_TARGET % ("two", FILES, A)
    (message,) = messages(efs_mount_targets_same_zone, hcl)
    assert f"`subnet_id` is {shown} where `aws_efs_mount_target.one`" in message


EACH = """resource "aws_efs_mount_target" "all" {
  %s
  file_system_id = aws_efs_file_system.files.id
  subnet_id      = %s
}
"""


@pytest.mark.parametrize(
    ("repetition", "subnet"),
    [
        ("for_each = toset(var.subnets)", "each.value"),
        ("count = length(var.subnets)", "aws_subnet.a[count.index].id"),
    ],
)
def test_an_unknown_number_of_mount_targets_is_not_evaluated(repetition, subnet, statuses):
    hcl = SUBNET % ("a", f"count = 2\n  {ZONE_A}") + EACH % (repetition, subnet)
    assert statuses(efs_mount_targets_same_zone, hcl) == {"aws_efs_mount_target.all": "not_evaluated"}


@pytest.mark.parametrize(
    ("subnet", "second"),
    [("aws_subnet.a[count.index].id", "failed"), ("element(var.subnets, count.index)", "not_evaluated")],
)
def test_each_mount_target_of_one_resource_is_checked(subnet, second, statuses):
    hcl = SUBNET % ("a", f"count = 2\n  {ZONE_A}") + EACH % ("count = 2", subnet)
    all_ = "aws_efs_mount_target.all"
    assert statuses(efs_mount_targets_same_zone, hcl) == {f"{all_}[0]": "passed", f"{all_}[1]": second}
