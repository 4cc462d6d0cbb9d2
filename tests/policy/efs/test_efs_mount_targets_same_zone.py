import pytest

from plainwork_policies.efs.efs_mount_targets_same_zone import efs_mount_targets_same_zone

SUBNET = 'resource "aws_subnet" "%s" {\n  %s\n}\n'
MOUNT_TARGET = 'resource "aws_efs_mount_target" "%s" {\n  file_system_id = %s\n  subnet_id = %s\n}\n'
FILES, A, B = "aws_efs_file_system.files.id", "aws_subnet.a.id", "aws_subnet.b.id"
ZONE_A, ZONE_B = 'availability_zone = "eu-west-1a"', 'availability_zone = "eu-west-1b"'


@pytest.fixture
def verdict(verdicts):
    def verdict(subnets, first, second):
        hcl = "".join(SUBNET % each for each in subnets)
        hcl += MOUNT_TARGET % ("one", *first) + MOUNT_TARGET % ("two", *second)
        found = verdicts(efs_mount_targets_same_zone, hcl)
        assert found["aws_efs_mount_target.one"] == "passed", "what stands first is not the second"
        return found["aws_efs_mount_target.two"]

    return verdict


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
def test_a_file_system_has_one_in_each_zone(zones, expected, verdict):
    assert verdict([("a", zones[0]), ("b", zones[1])], (FILES, A), (FILES, B)) == expected


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
def test_a_subnet_is_one_zone(first, second, expected, verdict):
    subnets = [("c", "count = 2\n  availability_zone = var.zones[count.index]")]
    assert verdict(subnets, (FILES, first), (FILES, second)) == expected


@pytest.mark.parametrize("other", ["aws_efs_file_system.other.id", '"fs-1"', "var.file_system"])
def test_another_file_system_has_its_own(other, verdict):
    assert verdict([("a", ZONE_A)], (FILES, A), (other, A)) == "passed"


def test_the_finding_names_the_other(messages):
    hcl = SUBNET % ("a", ZONE_A) + MOUNT_TARGET % ("one", FILES, A) + MOUNT_TARGET % ("two", FILES, A)
    assert messages(efs_mount_targets_same_zone, hcl) == [
        "is in the same Availability Zone as `aws_efs_mount_target.one`, of the same file system"
    ]
