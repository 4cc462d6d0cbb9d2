import pytest

from plainwork_policies.efs.efs_mount_target_public_ingress import efs_mount_target_public_ingress

GROUP = 'resource "aws_security_group" "files" {\n%s}\n'
MOUNT_TARGET = 'resource "aws_efs_mount_target" "x" {\n  security_groups = %s\n}\n'
INGRESS = "  ingress {\n    protocol = %s\n    from_port = %s\n    to_port = %s\n    cidr_blocks = %s\n  }\n"
RULE = """resource "%s" "rule" {
  security_group_id = %s
  %s
}
"""
MINE, WORLD, NFS = "[aws_security_group.files.id]", '["0.0.0.0/0"]', ('"tcp"', "2049", "2049")


@pytest.fixture
def status(statuses):
    return lambda hcl, groups=MINE: statuses(efs_mount_target_public_ingress, hcl + MOUNT_TARGET % groups)[
        "aws_efs_mount_target.x"
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ((*NFS, WORLD), "failed"),
        ((*NFS, '["10.0.0.0/8", "0.0.0.0/0"]'), "failed"),
        ((*NFS, '["10.0.0.0/8"]'), "passed"),
        ((*NFS, "[var.range]"), "not_evaluated"),
        (('"tcp"', "0", "65535", WORLD), "failed"),
        (('"-1"', "0", "0", WORLD), "failed"),
        (('"tcp"', "443", "443", WORLD), "passed"),
        (('"tcp"', "443", "443", "[var.range]"), "passed"),
        (('"udp"', "2049", "2049", WORLD), "passed"),
        (('"tcp"', "var.port", "2049", WORLD), "not_evaluated"),
        (('"tcp"', "var.port", "2049", '["10.0.0.0/8"]'), "passed"),
    ],
)
def test_a_rule_allows_nfs_from_the_internet(rule, expected, status):
    assert status(GROUP % (INGRESS % rule)) == expected


@pytest.mark.parametrize(
    ("type_", "group", "arguments", "expected"),
    [
        ("aws_vpc_security_group_ingress_rule", "aws_security_group.files.id", 'cidr_ipv6 = "::/0"', "failed"),
        ("aws_vpc_security_group_ingress_rule", "aws_security_group.files.id", 'cidr_ipv4 = "10.0.0.0/8"', "passed"),
        ("aws_vpc_security_group_ingress_rule", "aws_security_group.other.id", 'cidr_ipv4 = "0.0.0.0/0"', "passed"),
        ("aws_vpc_security_group_ingress_rule", "var.group", 'cidr_ipv4 = "0.0.0.0/0"', "not_evaluated"),
        ("aws_vpc_security_group_egress_rule", "aws_security_group.files.id", 'cidr_ipv4 = "0.0.0.0/0"', "passed"),
    ],
)
def test_a_rule_belongs_to_its_security_group(type_, group, arguments, expected, status):
    rule = RULE % (type_, group, f'ip_protocol = "tcp"\n  from_port = 2049\n  to_port = 2049\n  {arguments}')
    other = 'resource "aws_security_group" "other" {}\n'
    assert status(GROUP % "" + other + rule) == expected


@pytest.mark.parametrize(
    ("direction", "expected"), [('"ingress"', "failed"), ('"egress"', "passed"), ("var.type", "not_evaluated")]
)
def test_a_rule_of_the_older_type_has_a_type(direction, expected, status):
    arguments = f'type = {direction}\n  protocol = "-1"\n  from_port = 0\n  to_port = 0\n  cidr_blocks = {WORLD}'
    assert status(GROUP % "" + RULE % ("aws_security_group_rule", MINE[1:-1], arguments)) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [("null", "passed"), ('["sg-1"]', "not_evaluated"), ("[var.group]", "not_evaluated"), ("var.all", "not_evaluated")],
)
def test_a_security_group_outside_the_stack_is_not_evaluated(groups, expected, status):
    assert status("", groups) == expected


def test_the_finding_has_the_security_group_and_the_rule(messages):
    hcl = GROUP % (INGRESS % (*NFS, WORLD)) + MOUNT_TARGET % MINE
    (message,) = messages(efs_mount_target_public_ingress, hcl)
    assert "security group `aws_security_group.files` allows `0.0.0.0/0` on port 2049 (`ingress.0`)" in message
