import pytest

from plainwork_policies.efs.ecs_efs_task_role_missing import ecs_efs_task_role_missing

TASK = """resource "aws_ecs_task_definition" "x" {
  task_role_arn = %s
  volume {
    name = "a"
    efs_volume_configuration {
      file_system_id = "fs-1"
      authorization_config {
        iam = %s
      }
    }
  }
}
"""


@pytest.mark.parametrize(
    ("role", "iam", "status"),
    [
        ("aws_iam_role.x.arn", '"ENABLED"', "passed"),
        ("null", '"ENABLED"', "failed"),
        ('""', '"ENABLED"', "failed"),
        ("null", '"DISABLED"', "passed"),
        ("null", "null", "passed"),
        ("var.role", '"ENABLED"', "not_evaluated"),
        ("var.role", "null", "passed"),
        ("null", "var.iam", "not_evaluated"),
    ],
)
def test_iam_authorization_requires_a_task_role(role, iam, status, statuses):
    assert statuses(ecs_efs_task_role_missing, TASK % (role, iam)) == {"aws_ecs_task_definition.x": status}


def test_a_task_without_an_efs_volume_is_not_checked(statuses):
    assert statuses(ecs_efs_task_role_missing, 'resource "aws_ecs_task_definition" "x" {}\n') == {}


def test_the_finding_has_the_argument(messages):
    (message,) = messages(ecs_efs_task_role_missing, TASK % ("null", '"ENABLED"'))
    assert message.startswith('`task_role_arn` is not set, but an EFS volume has `iam = "ENABLED"`')
