import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_managed_policy_overly_permissive import iam_managed_policy_overly_permissive
from plainwork_policies.privileges.settings import IamSettings

ROLE = 'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = %s\n}\n'
LOOKED_UP = 'data "aws_iam_policy" "p" {\n  %s\n}\n'
AUDIT = '"arn:aws:iam::aws:policy/SecurityAudit"'
POWER_USER = '"arn:aws:iam::aws:policy/PowerUserAccess"'


@pytest.fixture
def status(statuses):
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
def test_an_attached_policy_is_checked_by_its_name(arn, expected, status):
    assert status(ROLE % arn) == expected


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [('name = "PowerUserAccess"', "failed"), (f"arn = {POWER_USER}", "failed"), ('name = "ReadOnlyAccess"', "passed")],
)
def test_a_data_source_is_checked_by_the_name_that_it_looks_up(lookup, expected, status):
    assert status(ROLE % "data.aws_iam_policy.p.arn" + LOOKED_UP % lookup) == expected


@pytest.mark.parametrize(
    ("arn", "expected"),
    [('"arn:aws:iam::aws:policy/ReadOnlyAccess"', "failed"), ('"arn:aws:iam::aws:policy/SecurityAudit"', "passed")],
)
def test_the_denied_policies_are_a_setting(arn, expected, status):
    settings = Settings(tables=(IamSettings(denied_managed_policies=("ReadOnlyAccess",)),))
    assert status(ROLE % arn, settings) == expected


def test_a_permissions_boundary_passes(statuses):
    hcl = f'resource "aws_iam_role" "r" {{\n  permissions_boundary = {POWER_USER}\n}}\n'
    assert statuses(iam_managed_policy_overly_permissive, hcl) == {"aws_iam_role.r": "passed"}


def test_the_finding_has_the_index_of_one_arn_of_several(results):
    hcl = f'resource "aws_iam_role" "r" {{\n  managed_policy_arns = [{AUDIT}, {POWER_USER}]\n}}\n'
    (result,) = results(iam_managed_policy_overly_permissive, hcl)
    (finding,) = result.findings
    assert finding.path == "managed_policy_arns.1"
    assert finding.message.startswith("`managed_policy_arns.1` is `PowerUserAccess`")


@pytest.mark.parametrize(
    ("name", "severity", "rule"),
    [
        ("AdministratorAccess-Amplify", "high", "which allows privilege escalation by `iam:CreatePolicyVersion`"),
        (
            "AWSLambda_FullAccess",
            "high",
            "which allows privilege escalation by `iam:PassRole`, `lambda",
        ),
        ("AmazonS3FullAccess", "medium", "which allows `s3:*` and `s3-object-lambda:*` on all resources"),
        ("SecurityAudit", None, ""),
        ("AWSSupportAccess", None, ""),  # without resources
        ("AmazonSSMManagedInstanceCore", None, ""),
        ("CloudWatchAgentServerPolicy", None, ""),
        ("AmazonEKSClusterPolicy", None, ""),
        ("AmazonEKSComputePolicy", None, ""),
        ("service-role/AWSGlueServiceRole", None, ""),
        ("service-role/AWSLambdaBasicExecutionRole", None, ""),
    ],
)
def test_an_attached_policy_is_checked_by_its_content(name, severity, rule, results):
    (result,) = results(iam_managed_policy_overly_permissive, ROLE % f'"arn:aws:iam::aws:policy/{name}"')
    assert [finding.severity for finding in result.findings] == [severity] * bool(severity)
    assert all(finding.message.startswith(f"`policy_arn` is `{name}`, {rule}") for finding in result.findings)


def test_the_allowed_policies_are_a_setting(status):
    settings = Settings(tables=(IamSettings(allowed_managed_policies=("AmazonS3FullAccess",)),))
    arn = '"arn:aws:iam::aws:policy/AmazonS3FullAccess"'
    assert (status(ROLE % arn), status(ROLE % arn, settings)) == ("failed", "passed")


def test_a_policy_that_the_table_does_not_have_is_not_evaluated(results):
    (result,) = results(iam_managed_policy_overly_permissive, ROLE % '"arn:aws:iam::aws:policy/NotInTheTable"')
    assert result.status == "not_evaluated"
    assert "no copy of the AWS managed policy `NotInTheTable`" in result.findings[0].message
