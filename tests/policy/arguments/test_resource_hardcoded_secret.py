import pytest

from plainwork_core.aws.sensitive_arguments import sensitive_arguments
from plainwork_core.data_files import read_stamp
from plainwork_policies.arguments.resource_hardcoded_secret import resource_hardcoded_secret
from tools.data import DATA

DATABASE = 'resource "aws_db_instance" "x" {\n  %s\n}\n'
PARAMETER = 'resource "aws_ssm_parameter" "x" {\n  type  = %s\n  value = %s\n}\n'
SECRET = 'resource "aws_secretsmanager_secret_version" "x" {\n  secret_string = %s\n}\n'
BROKER = """
resource "aws_mq_broker" "x" {
  user {
    username = "a"
    password = random_password.a.result
  }
  user {
    username = "b"
    password = %s
  }
}
"""
IGNORED = "\n  lifecycle {\n    ignore_changes = [%s]\n  }"


@pytest.mark.parametrize(
    ("password", "status"),
    [
        ('"correct-horse"', "failed"),
        ('"changeme"', "failed"),
        ("random_password.x.result", "passed"),
        ('"${random_password.x.result}!"', "passed"),
        ("ephemeral.random_password.x.result", "passed"),
        ('jsondecode(data.aws_secretsmanager_secret_version.x.secret_string)["password"]', "passed"),
        ("var.password", "not_evaluated"),
        ("each.value", "not_evaluated"),
    ],
)
@pytest.mark.parametrize("argument", ["password", "password_wo"])
def test_the_password_of_a_database_is_not_a_literal_value(argument, password, status, statuses):
    hcl = DATABASE % f"{argument} = {password}"
    assert statuses(resource_hardcoded_secret, hcl) == {"aws_db_instance.x": status}


def test_a_database_without_a_password_is_not_checked(statuses):
    assert statuses(resource_hardcoded_secret, DATABASE % "manage_master_user_password = true") == {}
    assert statuses(resource_hardcoded_secret, DATABASE % 'password = null\n  username = "orders"') == {}


@pytest.mark.parametrize(
    ("password", "status"), [('"correct-horse"', "failed"), ("random_password.b.result", "passed")]
)
def test_each_nested_block_is_checked(password, status, results):
    (result,) = results(resource_hardcoded_secret, BROKER % password)
    assert result.status == status
    assert [finding.path for finding in result.findings] == (["user.1.password"] if status == "failed" else [])


def test_a_literal_value_that_may_be_changed_outside_terraform_is_not_evaluated(messages):
    hcl = DATABASE % ('password = "correct-horse"' + IGNORED % "password")
    assert messages(resource_hardcoded_secret, hcl) == [
        "`ignore_changes` has `password`; it may have been changed outside Terraform"
    ]
    hcl = DATABASE % ('password = "correct-horse"' + IGNORED % "tags")
    assert messages(resource_hardcoded_secret, hcl) == ["`password` is a literal value"]


def test_the_default_of_a_variable_is_a_literal_value_in_a_root_module(statuses):
    variable = 'variable "password" {\n  default = "correct-horse"\n}\n'
    hcl = variable + DATABASE % "password = var.password"
    assert statuses(resource_hardcoded_secret, 'provider "aws" {}\n' + hcl) == {"aws_db_instance.x": "failed"}
    assert statuses(resource_hardcoded_secret, hcl) == {"aws_db_instance.x": "not_evaluated"}


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ('"SecureString"', '"k-3f9a1c"', {"aws_ssm_parameter.x": "failed"}),
        ('"SecureString"', '"changeme"', {"aws_ssm_parameter.x": "passed"}),
        ('"SecureString"', '"<set by hand>"', {"aws_ssm_parameter.x": "passed"}),
        ('"SecureString"', "aws_iam_access_key.x.secret", {"aws_ssm_parameter.x": "passed"}),
        ('"String"', '"k-3f9a1c"', {}),
        ("var.type", '"k-3f9a1c"', {"aws_ssm_parameter.x": "not_evaluated"}),
    ],
)
def test_a_parameter_is_checked_if_it_is_a_secure_string(type_, value, expected, statuses):
    assert statuses(resource_hardcoded_secret, PARAMETER % (type_, value)) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('"k-3f9a1c"', "failed"),
        ('"placeholder"', "passed"),
        ('jsonencode({ username = "orders", password = "correct-horse" })', "failed"),
        ('jsonencode({ username = "orders", password = "CHANGE_ME" })', "passed"),
        ('jsonencode({ host = "db.internal", port = 5432 })', "passed"),
        ('jsonencode({ host = aws_db_instance.x.address, password = "correct-horse" })', "failed"),
        ('jsonencode({ username = "orders", password = random_password.x.result })', "passed"),
        ('jsonencode({ username = "orders", password = var.password })', "not_evaluated"),
    ],
)
def test_the_keys_of_a_json_secret_are_checked(text, status, statuses):
    assert statuses(resource_hardcoded_secret, SECRET % text) == {"aws_secretsmanager_secret_version.x": status}


def test_a_secret_whose_value_is_set_outside_terraform_passes(statuses):
    hcl = SECRET % ('"first-value-k-3f9a1c"' + IGNORED % "secret_string")
    assert statuses(resource_hardcoded_secret, hcl) == {"aws_secretsmanager_secret_version.x": "passed"}


def test_the_finding_does_not_show_the_secret(results):
    for hcl in (DATABASE % 'password = "correct-horse"', SECRET % 'jsonencode({ password = "correct-horse" })'):
        (result,) = results(resource_hardcoded_secret, hcl)
        assert "correct-horse" not in str(result.findings)
        assert "`password` is a literal value" in result.findings[0].message


def test_the_table_is_up_to_date():
    (file,) = (file for file in DATA if file.name == "sensitive_arguments.json")
    kept = file.path.read_bytes()
    assert file.write(read_stamp(kept), None, None) == kept, "run python -m tools.data sensitive_arguments.json"


def test_the_table_has_secrets_only():
    table = sensitive_arguments()
    assert table["aws_rds_cluster"] == ("master_password", "master_password_wo")
    assert "certificate_private_key" in table["aws_api_gateway_domain_name"]
    assert table["aws_kms_ciphertext"] == ("plaintext", "plaintext_wo")
    assert "aws_appconfig_hosted_configuration_version" not in table
