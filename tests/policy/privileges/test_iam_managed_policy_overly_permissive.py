import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_managed_policy_overly_permissive import iam_managed_policy_overly_permissive
from plainwork_policies.privileges.settings import IamSettings

ROLE = 'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = %s\n}\n'
LOOKED_UP = 'data "aws_iam_policy" "p" {\n  %s\n}\n'
POWER_USER = '"arn:aws:iam::aws:policy/PowerUserAccess"'


@pytest.fixture
def verdict(statuses):
    return lambda hcl, *settings: statuses(iam_managed_policy_overly_permissive, hcl, *settings)[
        "aws_iam_role_policy_attachment.a"
    ]


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (POWER_USER, "failed"),
        ('"arn:aws:iam::aws:policy/IAMFullAccess"', "failed"),
        ('"arn:aws-cn:iam::aws:policy/PowerUserAccess"', "failed"),
        ('"arn:${data.aws_partition.current.partition}:iam::aws:policy/PowerUserAccess"', "failed"),
        ('"arn:aws:iam::aws:policy/ReadOnlyAccess"', "passed"),
        ('"arn:aws:iam::aws:policy/AdministratorAccess"', "passed"),
        ('"arn:aws:iam::111122223333:policy/PowerUserAccess"', "passed"),
        ("var.arn", "not_evaluated"),
        ('"arn:aws:iam::aws:policy/${var.name}"', "not_evaluated"),
    ],
)
def test_a_policy_is_known_by_its_name(arn, expected, verdict):
    assert verdict(ROLE % arn) == expected


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [('name = "PowerUserAccess"', "failed"), (f"arn = {POWER_USER}", "failed"), ('name = "ReadOnlyAccess"', "passed")],
)
def test_a_policy_that_is_looked_up_is_too(lookup, expected, verdict):
    assert verdict(ROLE % "data.aws_iam_policy.p.arn" + LOOKED_UP % lookup) == expected


@pytest.mark.parametrize(
    ("arn", "expected"),
    [(POWER_USER, "passed"), ('"arn:aws:iam::aws:policy/job-function/SystemAdministrator"', "failed")],
)
def test_which_policies_are_too_wide_is_a_setting(arn, expected, verdict):
    settings = Settings(tables=(IamSettings(denied_managed_policies=("job-function/SystemAdministrator",)),))
    assert verdict(ROLE % arn, settings) == expected


def test_as_a_boundary_it_grants_nothing(statuses):
    hcl = f'resource "aws_iam_role" "r" {{\n  permissions_boundary = {POWER_USER}\n}}\n'
    assert statuses(iam_managed_policy_overly_permissive, hcl) == {"aws_iam_role.r": "passed"}


def test_one_of_several_is_named_by_its_place(results):
    hcl = f'resource "aws_iam_role" "r" {{\n  managed_policy_arns = ["arn:aws:iam::aws:policy/A", {POWER_USER}]\n}}\n'
    (result,) = results(iam_managed_policy_overly_permissive, hcl)
    (finding,) = result.findings
    assert finding.path == "managed_policy_arns.1"
    assert finding.message == "attaches `PowerUserAccess`, which is wider than any one job"
