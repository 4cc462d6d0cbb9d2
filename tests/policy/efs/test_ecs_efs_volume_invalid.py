import pytest

from plainwork_policies.efs.ecs_efs_volume_invalid import ecs_efs_volume_invalid

TASK = """resource "aws_ecs_task_definition" "x" {
  container_definitions = %s
  volume {
    name = "reports"
    efs_volume_configuration {
      %s
      authorization_config {
        %s
      }
    }
  }
}
"""
NONE, TLS = "jsonencode([])", 'transit_encryption = "ENABLED"'
ACCESS_POINT, IAM = "access_point_id = aws_efs_access_point.x.id", 'iam = "ENABLED"'


def mounts(name):
    return f"jsonencode([{{ image = var.image, mountPoints = [{{ sourceVolume = {name} }}] }}])"


@pytest.fixture
def status(statuses):
    return lambda *parts: statuses(ecs_efs_volume_invalid, TASK % parts)["aws_ecs_task_definition.x"]


@pytest.mark.parametrize(
    ("directory", "access_point", "expected"),
    [
        ("/", ACCESS_POINT, "passed"),
        ("", ACCESS_POINT, "passed"),
        ("/a", "", "passed"),
        ("/a", 'access_point_id = ""', "passed"),
        ("/a", ACCESS_POINT, "failed"),
        ("${var.directory}", ACCESS_POINT, "not_evaluated"),
        ("${var.directory}", "", "passed"),
        ("/a", "access_point_id = var.access_point", "not_evaluated"),
    ],
)
def test_an_access_point_excludes_a_root_directory(directory, access_point, expected, status):
    assert status(NONE, f'{TLS}\nroot_directory = "{directory}"', access_point) == expected


@pytest.mark.parametrize(
    ("encryption", "authorization", "expected"),
    [
        (TLS, f"{ACCESS_POINT}\n{IAM}", "passed"),
        ("", "", "passed"),
        ("", 'iam = "DISABLED"', "passed"),
        ("", ACCESS_POINT, "failed"),
        ("", IAM, "failed"),
        ('transit_encryption = "DISABLED"', ACCESS_POINT, "failed"),
        ("transit_encryption = var.tls", ACCESS_POINT, "not_evaluated"),
        ("", "iam = var.iam", "not_evaluated"),
    ],
)
def test_an_access_point_and_iam_require_encryption_in_transit(encryption, authorization, expected, status):
    assert status(NONE, encryption, authorization) == expected


@pytest.mark.parametrize(
    ("definitions", "expected"),
    [
        (mounts('"reports"'), "passed"),
        (mounts('"report"'), "failed"),
        (mounts("var.name"), "not_evaluated"),
        ('jsonencode([{ name = "no-mounts" }])', "passed"),
        ('"[{\\"mountPoints\\": [{\\"sourceVolume\\": \\"other\\"}]}]"', "failed"),
        ('"no JSON"', "not_evaluated"),
        ("var.definitions", "not_evaluated"),
    ],
)
def test_containers_mount_volumes_of_the_task_definition(definitions, expected, status):
    assert status(definitions, TLS, ACCESS_POINT) == expected


def test_a_dynamic_volume_may_have_any_name(statuses):
    volume = "dynamic volume {\n  for_each = var.volumes\n  content {\n    name = volume.value\n  }\n}\n"
    hcl = f'resource "aws_ecs_task_definition" "x" {{\n  container_definitions = {mounts(chr(34) + "a" + chr(34))}\n'
    assert statuses(ecs_efs_volume_invalid, hcl + "}\n") == {"aws_ecs_task_definition.x": "failed"}
    assert statuses(ecs_efs_volume_invalid, hcl + volume + "}\n") == {"aws_ecs_task_definition.x": "not_evaluated"}


def test_each_finding_has_argument_and_value(messages):
    hcl = TASK % (mounts('"report"'), 'root_directory = "/a"', ACCESS_POINT)
    directory, encryption, mount = messages(ecs_efs_volume_invalid, hcl)
    assert "`root_directory` is `/a`" in directory
    assert "`transit_encryption` is not set" in encryption
    assert "`sourceVolume` is `report`" in mount


@pytest.mark.parametrize("definitions", ["var.definitions", "jsonencode([{ mountPoints = [] }])"])
def test_a_task_without_volumes_is_not_checked(definitions, statuses):
    hcl = f'resource "aws_ecs_task_definition" "x" {{\n  container_definitions = {definitions}\n}}\n'
    assert statuses(ecs_efs_volume_invalid, hcl) == {}
