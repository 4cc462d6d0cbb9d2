import pytest

from plainwork_policies.privileges.resource_shared_publicly import resource_shared_publicly

IMAGE = """resource "aws_imagebuilder_distribution_configuration" "r" {
  distribution {
    ami_distribution_configuration {
      launch_permission {
        user_groups = %s
      }
    }
  }
}
"""


@pytest.fixture
def status(statuses):
    return lambda hcl: next(iter(statuses(resource_shared_publicly, hcl).values()))


@pytest.mark.parametrize(
    ("type_", "argument", "expected"),
    [
        ("aws_ami_launch_permission", 'group = "all"', "failed"),
        ("aws_ami_launch_permission", 'account_id = "111122223333"', "passed"),
        ("aws_ami_launch_permission", "group = var.group", "not_evaluated"),
        ("aws_db_snapshot", 'shared_accounts = ["all"]', "failed"),
        ("aws_db_snapshot", 'shared_accounts = ["111122223333"]', "passed"),
        ("aws_db_snapshot", "shared_accounts = var.accounts", "not_evaluated"),
        ("aws_db_snapshot", "", "passed"),
        ("aws_db_cluster_snapshot", 'shared_accounts = ["111122223333", "all"]', "failed"),
        ("aws_db_snapshot_copy", 'shared_accounts = ["all"]', "failed"),
        ("aws_rds_cluster_snapshot_copy", 'shared_accounts = ["all"]', "failed"),
        ("aws_ssm_document", 'permissions = { type = "Share", account_ids = "All" }', "failed"),
        ("aws_ssm_document", 'permissions = { type = "Share", account_ids = "111122223333" }', "passed"),
        ("aws_ssm_document", 'permissions = { type = "Share", account_ids = var.accounts }', "not_evaluated"),
        ("aws_ssm_document", "", "passed"),
    ],
)
def test_a_resource_that_is_shared_with_all_accounts_fails(type_, argument, expected, status):
    assert status(f'resource "{type_}" "r" {{\n  {argument}\n}}\n') == expected


@pytest.mark.parametrize(
    ("groups", "expected"), [('["all"]', "failed"), ("[]", "passed"), ("var.groups", "not_evaluated")]
)
def test_the_launch_permission_of_an_image_pipeline_is_checked(groups, expected, status):
    assert status(IMAGE % groups) == expected


def test_the_finding_has_the_path_and_the_thing(results):
    (result,) = results(resource_shared_publicly, 'resource "aws_db_snapshot" "r" {\n  shared_accounts = ["all"]\n}\n')
    (finding,) = result.findings
    assert finding.path == "shared_accounts.0"
    assert finding.message == "`shared_accounts` is `all`; any AWS account can use the snapshot"
