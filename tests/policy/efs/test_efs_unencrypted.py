import pytest

from plainwork_policies.efs.efs_unencrypted import efs_unencrypted

FILE_SYSTEM = 'resource "aws_efs_file_system" "x" {\n  %s\n}\n'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("encrypted = true", "passed"),
        ('encrypted = "true"', "passed"),
        ("encrypted = false", "failed"),
        ("", "failed"),
        ("encrypted = null", "failed"),
        ("encrypted = var.encrypted", "not_evaluated"),
    ],
)
def test_a_file_system_is_encrypted_only_if_it_is_set(arguments, status, statuses):
    assert statuses(efs_unencrypted, FILE_SYSTEM % arguments) == {"aws_efs_file_system.x": status}


def test_the_finding_has_the_kms_key_without_effect(messages):
    (message,) = messages(efs_unencrypted, FILE_SYSTEM % "kms_key_id = aws_kms_key.files.arn")
    assert "`encrypted` is not set" in message
    assert "`kms_key_id` has no effect" in message


def test_a_stack_without_file_systems_is_not_checked(statuses):
    assert statuses(efs_unencrypted, 'resource "aws_ebs_volume" "x" {\n  size = 1\n}\n') == {}
