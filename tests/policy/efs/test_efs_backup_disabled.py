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
def verdict(verdicts):
    return lambda hcl, arguments="": verdicts(efs_backup_disabled, FILE_SYSTEM % arguments + hcl)[
        "aws_efs_file_system.x"
    ]


@pytest.mark.parametrize(
    ("named", "status", "expected"),
    [
        (MINE, ON, "passed"),
        (MINE, '"DISABLED"', "failed"),
        (MINE, "var.status", "not_evaluated"),
        ('"fs-1"', ON, "failed"),
        ("var.file_system", ON, "not_evaluated"),
    ],
)
def test_a_file_system_has_a_backup_policy_that_is_on(named, status, expected, verdict):
    assert verdict(BACKUP % (named, status)) == expected


@pytest.mark.parametrize(("hcl", "expected"), [("", "passed"), (BACKUP % (MINE, '"DISABLED"'), "failed")])
def test_one_zone_is_backed_up_unless_somebody_says_otherwise(hcl, expected, verdict):
    assert verdict(hcl, ONE_ZONE) == expected


@pytest.mark.parametrize(
    "hcl",
    [
        'resource "aws_backup_selection" "all" {}\n',
        'module "backup" {\n  source = "./backup"\n  file_system = aws_efs_file_system.x.arn\n}\n',
    ],
)
def test_what_else_may_back_it_up_leaves_it_open(hcl, verdict):
    assert verdict(hcl) == "not_evaluated"


@pytest.mark.parametrize(
    ("hcl", "found"),
    [
        ("", "keeps files, and nothing in this stack backs it up"),
        (BACKUP % (MINE, '"DISABLED"'), "keeps files, and its backup policy is `DISABLED`"),
    ],
)
def test_the_finding_says_what_is_missing(hcl, found, messages):
    assert messages(efs_backup_disabled, FILE_SYSTEM % "" + hcl) == [found]


def test_the_caller_of_a_module_may_back_it_up(verdicts):
    hcl = FILE_SYSTEM.removeprefix(PROVIDER) % ""
    assert verdicts(efs_backup_disabled, hcl) == {"aws_efs_file_system.x": "not_evaluated"}
