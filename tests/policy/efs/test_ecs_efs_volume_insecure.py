import pytest

from plainwork_policies.efs.ecs_efs_volume_insecure import ecs_efs_volume_insecure

TASK = 'resource "aws_ecs_task_definition" "x" {\n%s}\n'
VOLUME = """  volume {
    name = "%s"
    efs_volume_configuration {
      %s
      authorization_config {
        %s
      }
    }
  }
"""
TLS, IAM = 'transit_encryption = "ENABLED"', 'iam = "ENABLED"'
ACCESS_POINT = "access_point_id = aws_efs_access_point.x.id"
CLEAR, NOBODY = "mounts `a` in the clear", "mounts `a` without its role: EFS asks nobody"
WHOLE = "mounts `a` without an access point: it sees the files of all others"


@pytest.mark.parametrize(
    ("encryption", "authorization", "found"),
    [
        (TLS, f"{ACCESS_POINT}\n{IAM}", []),
        (TLS, ACCESS_POINT, [NOBODY]),
        (TLS, f"{ACCESS_POINT}\niam = var.iam", ["`var.iam` is not declared"]),
        (TLS, IAM, [WHOLE]),
        (TLS, "", [NOBODY, WHOLE]),
        ("", "", [CLEAR, NOBODY, WHOLE]),
        ('transit_encryption = "DISABLED"', "", [CLEAR, NOBODY, WHOLE]),
        ("transit_encryption = var.tls", "", ["`var.tls` is not declared", NOBODY, WHOLE]),
    ],
)
def test_a_volume_is_encrypted_signed_in_and_confined(encryption, authorization, found, messages):
    assert messages(ecs_efs_volume_insecure, TASK % (VOLUME % ("a", encryption, authorization))) == found


def test_what_ecs_refuses_for_its_lack_of_encryption_is_another_policy_s(messages):
    assert messages(ecs_efs_volume_insecure, TASK % (VOLUME % ("a", "", f"{ACCESS_POINT}\n{IAM}"))) == []


def test_each_volume_is_judged(judged):
    right, wrong = VOLUME % ("right", TLS, f"{ACCESS_POINT}\n{IAM}"), VOLUME % ("wrong", TLS, IAM)
    (result,) = judged(ecs_efs_volume_insecure, TASK % (right + wrong))
    assert [each.path for each in result.findings] == [
        "volume.1.efs_volume_configuration.0.authorization_config.0.access_point_id"
    ]


def test_a_configuration_without_anything_is_open(verdicts):
    hcl = TASK % '  volume {\n    name = "a"\n    efs_volume_configuration {\n    }\n  }\n'
    assert verdicts(ecs_efs_volume_insecure, hcl) == {"aws_ecs_task_definition.x": "failed"}


def test_volumes_that_repeat_for_an_unknown_list_are_not_evaluated(verdicts):
    hcl = TASK % "  dynamic volume {\n    for_each = var.volumes\n    content {\n    }\n  }\n"
    assert verdicts(ecs_efs_volume_insecure, hcl) == {"aws_ecs_task_definition.x": "not_evaluated"}


def test_a_volume_on_the_host_is_not_judged(verdicts):
    assert verdicts(ecs_efs_volume_insecure, TASK % '  volume {\n    name = "host"\n  }\n') == {}
