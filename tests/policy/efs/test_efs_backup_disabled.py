import pytest

from plainwork_policies.efs.efs_backup_disabled import efs_backup_disabled

PROVIDER = 'provider "aws" {}\n'
FILE_SYSTEM = PROVIDER + 'resource "aws_efs_file_system" "x" {\n%s}\n'
BACKUP = """resource "aws_efs_backup_policy" "x" {
  file_system_id = %s
  backup_policy {
    status = %s
  }
}
"""
MINE, ON, ONE_ZONE = "aws_efs_file_system.x.id", '"ENABLED"', 'availability_zone_name = "eu-west-1a"\n'


@pytest.fixture
def status(statuses):
    return lambda hcl, arguments="": statuses(efs_backup_disabled, FILE_SYSTEM % arguments + hcl)[
        "aws_efs_file_system.x"
    ]


@pytest.mark.parametrize(
    ("named", "value", "expected"),
    [
        (MINE, ON, "passed"),
        (MINE, '"DISABLED"', "failed"),
        (MINE, "var.status", "not_evaluated"),
        ('"fs-1"', ON, "failed"),
        ("var.file_system", ON, "not_evaluated"),
    ],
)
def test_a_file_system_needs_an_enabled_backup_policy(named, value, expected, status):
    assert status(BACKUP % (named, value)) == expected


@pytest.mark.parametrize(("hcl", "expected"), [("", "passed"), (BACKUP % (MINE, '"DISABLED"'), "failed")])
def test_a_one_zone_file_system_is_backed_up_by_default(hcl, expected, status):
    assert status(hcl, ONE_ZONE) == expected


def test_a_file_system_that_may_be_one_zone_is_not_evaluated(status):
    assert status("", "availability_zone_name = var.zone\n") == "not_evaluated"


@pytest.mark.parametrize(
    "hcl",
    [
        'resource "aws_backup_selection" "all" {}\n',
        'module "backup" {\n  source = "./backup"\n  file_system = aws_efs_file_system.x.arn\n}\n',
    ],
)
def test_a_backup_selection_or_module_is_not_evaluated(hcl, status):
    assert status(hcl) == "not_evaluated"


@pytest.mark.parametrize(
    ("hcl", "found"),
    [
        ("", "no `aws_efs_backup_policy`"),
        (BACKUP % (MINE, '"DISABLED"'), "`status` of `aws_efs_backup_policy.x` is `DISABLED`"),
    ],
)
def test_the_finding_has_the_backup_policy_and_its_status(hcl, found, messages):
    (message,) = messages(efs_backup_disabled, FILE_SYSTEM % "" + hcl)
    assert found in message


def test_the_backup_policy_may_be_defined_by_the_caller_of_a_module(statuses):
    hcl = FILE_SYSTEM.removeprefix(PROVIDER) % ""
    assert statuses(efs_backup_disabled, hcl) == {"aws_efs_file_system.x": "not_evaluated"}
