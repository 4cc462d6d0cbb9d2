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
NO_TLS, NO_IAM = "`transit_encryption` of volume `a` is", "`iam` of volume `a` is not set"
NO_ACCESS_POINT = "`access_point_id` of volume `a` is not set"


@pytest.mark.parametrize(
    ("encryption", "authorization", "found"),
    [
        (TLS, f"{ACCESS_POINT}\n{IAM}", []),
        (TLS, ACCESS_POINT, [NO_IAM]),
        (TLS, f"{ACCESS_POINT}\niam = var.iam", ["`var.iam` is not declared"]),
        (TLS, IAM, [NO_ACCESS_POINT]),
        (TLS, "", [NO_IAM, NO_ACCESS_POINT]),
        ("", "", [NO_TLS, NO_IAM, NO_ACCESS_POINT]),
        ('transit_encryption = "DISABLED"', "", [NO_TLS, NO_IAM, NO_ACCESS_POINT]),
        ("transit_encryption = var.tls", "", ["`var.tls` is not declared", NO_IAM, NO_ACCESS_POINT]),
    ],
)
def test_a_volume_needs_encryption_iam_and_an_access_point(encryption, authorization, found, messages):
    reported = messages(ecs_efs_volume_insecure, TASK % (VOLUME % ("a", encryption, authorization)))
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


def test_the_finding_has_the_value(messages):
    disabled = VOLUME % ("a", 'transit_encryption = "DISABLED"', "")
    assert "`transit_encryption` of volume `a` is `DISABLED`" in messages(ecs_efs_volume_insecure, TASK % disabled)


def test_an_unknown_access_point_is_not_evaluated(statuses):
    hcl = TASK % (VOLUME % ("a", TLS, f"access_point_id = var.access_point\n{IAM}"))
    assert statuses(ecs_efs_volume_insecure, hcl) == {"aws_ecs_task_definition.x": "not_evaluated"}


def test_missing_encryption_that_ecs_rejects_is_reported_by_another_policy(messages):
    assert messages(ecs_efs_volume_insecure, TASK % (VOLUME % ("a", "", f"{ACCESS_POINT}\n{IAM}"))) == []


def test_each_volume_is_checked(results):
    right, wrong = VOLUME % ("right", TLS, f"{ACCESS_POINT}\n{IAM}"), VOLUME % ("wrong", TLS, IAM)
    (result,) = results(ecs_efs_volume_insecure, TASK % (right + wrong))
    assert [finding.path for finding in result.findings] == [
        "volume.1.efs_volume_configuration.0.authorization_config.0.access_point_id"
    ]


def test_an_empty_configuration_fails(statuses):
    hcl = TASK % '  volume {\n    name = "a"\n    efs_volume_configuration {\n    }\n  }\n'
    assert statuses(ecs_efs_volume_insecure, hcl) == {"aws_ecs_task_definition.x": "failed"}


def test_dynamic_volumes_of_an_unknown_list_are_not_evaluated(statuses):
    hcl = TASK % "  dynamic volume {\n    for_each = var.volumes\n    content {\n    }\n  }\n"
    assert statuses(ecs_efs_volume_insecure, hcl) == {"aws_ecs_task_definition.x": "not_evaluated"}


def test_a_host_volume_is_not_checked(statuses):
    assert statuses(ecs_efs_volume_insecure, TASK % '  volume {\n    name = "host"\n  }\n') == {}
