import pytest

from plainwork_policies.privileges.iam_administrator_access_attached import iam_administrator_access_attached

ROLE = 'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = %s\n}\n'
LOOKED_UP = 'data "aws_iam_policy" "p" {\n  %s\n}\n'
ADMINISTRATOR = '"arn:aws:iam::aws:policy/AdministratorAccess"'


@pytest.mark.parametrize(
    "arn",
    [
        ADMINISTRATOR,
        '"arn:aws-us-gov:iam::aws:policy/AdministratorAccess"',
        '"arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"',
    ],
)
def test_administrator_access_fails_in_every_partition(arn, statuses):
    assert statuses(iam_administrator_access_attached, ROLE % arn) == {"aws_iam_role_policy_attachment.a": "failed"}


@pytest.mark.parametrize(
    "arn",
    [
        '"arn:aws:iam::aws:policy/ReadOnlyAccess"',
        '"arn:aws:iam::aws:policy/AdministratorAccess-Amplify"',
        '"arn:aws:iam::111122223333:policy/AdministratorAccess"',
    ],
)
def test_another_policy_passes(arn, statuses):
    assert statuses(iam_administrator_access_attached, ROLE % arn) == {"aws_iam_role_policy_attachment.a": "passed"}


def test_a_policy_of_the_stack_with_the_same_name_passes(statuses):
    hcl = ROLE % "aws_iam_policy.p.arn" + 'resource "aws_iam_policy" "p" {\n  name = "AdministratorAccess"\n}\n'
    assert statuses(iam_administrator_access_attached, hcl) == {"aws_iam_role_policy_attachment.a": "passed"}


@pytest.mark.parametrize("arn", ["var.arn", "module.m.arn", '"arn:aws:iam::aws:policy/${var.name}"'])
def test_an_unknown_policy_is_not_evaluated(arn, statuses):
    assert statuses(iam_administrator_access_attached, ROLE % arn) == {
        "aws_iam_role_policy_attachment.a": "not_evaluated"
    }


@pytest.mark.parametrize(
    ("lookup", "status"),
    [
        ('name = "AdministratorAccess"', "failed"),
        (f"arn = {ADMINISTRATOR}", "failed"),
        ('name = "ReadOnlyAccess"', "passed"),
        ("name = var.name", "not_evaluated"),
    ],
)
def test_a_data_source_is_checked_by_the_name_that_it_looks_up(lookup, status, statuses):
    hcl = ROLE % "data.aws_iam_policy.p.arn" + LOOKED_UP % lookup
    assert statuses(iam_administrator_access_attached, hcl) == {"aws_iam_role_policy_attachment.a": status}


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        ("aws_iam_user_policy_attachment", "policy_arn"),
        ("aws_iam_group_policy_attachment", "policy_arn"),
        ("aws_iam_policy_attachment", "policy_arn"),
        ("aws_ssoadmin_managed_policy_attachment", "managed_policy_arn"),
    ],
)
def test_every_type_of_attachment_is_checked(type_, argument, statuses):
    hcl = f'resource "{type_}" "a" {{\n  {argument} = {ADMINISTRATOR}\n}}\n'
    assert statuses(iam_administrator_access_attached, hcl) == {f"{type_}.a": "failed"}


@pytest.mark.parametrize(
    "arns", [f'["arn:aws:iam::aws:policy/ReadOnlyAccess", {ADMINISTRATOR}]', f"[{ADMINISTRATOR}, var.x]"]
)
def test_one_arn_of_several_fails(arns, statuses):
    hcl = f'resource "aws_iam_role" "r" {{\n  managed_policy_arns = {arns}\n}}\n'
    assert statuses(iam_administrator_access_attached, hcl) == {"aws_iam_role.r": "failed"}


@pytest.mark.parametrize(("arns", "status"), [("[]", "passed"), ("null", "passed"), ("var.arns", "not_evaluated")])
def test_a_role_without_attached_policies_passes(arns, status, statuses):
    hcl = f'resource "aws_iam_role" "r" {{\n  managed_policy_arns = {arns}\n}}\n'
    assert statuses(iam_administrator_access_attached, hcl) == {"aws_iam_role.r": status}


def test_a_permissions_boundary_passes(statuses):
    hcl = f'resource "aws_iam_role" "r" {{\n  permissions_boundary = {ADMINISTRATOR}\n}}\n'
    assert statuses(iam_administrator_access_attached, hcl) == {"aws_iam_role.r": "passed"}


def test_the_finding_has_the_path_and_line_of_the_argument(results):
    (result,) = results(iam_administrator_access_attached, ROLE % ADMINISTRATOR)
    (finding,) = result.findings
    assert (finding.path, finding.location.line) == ("policy_arn", 2)
    assert finding.message.startswith("`policy_arn` is `AdministratorAccess`")
