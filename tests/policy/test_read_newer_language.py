"""What the reader does with the newer parts of the language: it reads what a policy checks, and accepts the rest."""

import json

import pytest

from plainwork_core.errors import InputError
from plainwork_core.model.values import Unknown
from plainwork_core.read import hcl
from plainwork_core.read import read as read_path
from plainwork_policies.arguments.resource_hardcoded_secret import resource_hardcoded_secret

DOCUMENT = 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["*"]\n  }\n}\n'
CHECK = 'check "site" {\n%sassert {\n  condition = true\n  error_message = "No."\n}\n}\n'
IN_JSON = {"aws_iam_policy_document": {"d": {"statement": [{"actions": ["*"]}]}}}
ASSERT = [{"condition": "${true}", "error_message": "No."}]


@pytest.fixture
def read(tmp_path):
    def read(text, name="main.tf"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return hcl.read(tmp_path)

    return read


@pytest.mark.parametrize("name", ["main.tf", "main.tf.json"])
def test_the_data_source_of_a_check_is_checked(read, name):
    in_json = json.dumps({"check": {"site": {"data": IN_JSON, "assert": ASSERT}}})
    stack = read(in_json if name.endswith(".json") else CHECK % DOCUMENT, name)
    (document,) = stack.data("aws_iam_policy_document")
    assert document.address == "data.aws_iam_policy_document.d"
    assert document.get("statement.0.actions") == ["*"]


def test_a_check_without_a_data_source_has_none(read):
    assert read(CHECK % "").resources == ()


def test_a_data_source_of_a_check_has_an_address_of_its_own(read):
    with pytest.raises(InputError, match=r"duplicate `data.aws_iam_policy_document.d`, first declared at"):
        read(CHECK % DOCUMENT + DOCUMENT)


EPHEMERAL = 'ephemeral "aws_secretsmanager_secret_version" "s" {\n  secret_id = "app"\n}\n'
DATABASE = 'resource "aws_db_instance" "d" {\n  identifier = "d"\n  %s = %s\n}\n'
VALUE = "ephemeral.aws_secretsmanager_secret_version.s.secret_string"


def test_an_ephemeral_value_is_unknown_and_no_resource(read):
    (database,) = read(EPHEMERAL + DATABASE % ("password_wo", VALUE)).resources
    value = database.get("password_wo")
    assert isinstance(value, Unknown)
    assert value.references == (VALUE,)
    assert value.reason == f"`{VALUE}` is ephemeral, so no plan contains it"


@pytest.mark.parametrize(
    ("argument", "value", "status"),
    [
        ("password_wo", VALUE, "passed"),
        ("password_wo", "local.password", "passed"),
        ("password_wo", "var.password", "not_evaluated"),
        ("password_wo", '"hunter2-hunter2"', "failed"),
        ("password", '"hunter2-hunter2"', "failed"),
    ],
)
def test_a_secret_from_an_ephemeral_resource_is_not_hard_coded(argument, value, status, statuses):
    more = f'locals {{\n  password = {VALUE}\n}}\nvariable "password" {{\n  ephemeral = true\n}}\n'
    hcl_text = EPHEMERAL + more + DATABASE % (argument, value)
    assert statuses(resource_hardcoded_secret, hcl_text) == {"aws_db_instance.d": status}


NEWER = """
terraform {
  state_store "aws_s3" {
    provider "aws" {}
    bucket = "states"
  }
}
action "aws_lambda_invoke" "notify" {
  config {
    function_name = "notify"
  }
}
resource "aws_sqs_queue" "q" {
  name = "q"
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.aws_lambda_invoke.notify]
    }
  }
}
import {
  to       = aws_sqs_queue.q
  identity = { url = "https://sqs.eu-west-1.amazonaws.com/123456789012/q" }
}
removed {
  from = aws_sqs_queue.gone
  lifecycle {
    destroy = false
  }
}
moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.q
}
variable "old" {
  type       = string
  default    = "a"
  const      = true
  deprecated = "Use new."
}
output "old" {
  type       = string
  value      = var.old
  deprecated = "Use new."
}
"""


def test_the_other_blocks_are_accepted_and_change_no_resource(read):
    (queue,) = read(NEWER).resources
    assert queue.values == {"name": "q"}


@pytest.mark.parametrize(
    ("name", "note", "is_incomplete"),
    [
        ("net.tfcomponent.hcl", "1 Terraform Stacks file (net.tfcomponent.hcl) not checked", True),
        ("net.tfdeploy.hcl", "1 Terraform Stacks file (net.tfdeploy.hcl) not checked", True),
        ("all.tfquery.hcl", "1 query file (all.tfquery.hcl) not checked", False),
        ("main.tftest.hcl", None, False),
        (".terraform.lock.hcl", None, False),
        ("terragrunt.hcl", None, False),
    ],
)
def test_the_report_names_the_files_that_are_no_part_of_a_root_module(tmp_path, name, note, is_incomplete):
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    (tmp_path / name).write_text("")
    (stack,) = read_path(tmp_path)
    assert [(found.message, found.is_incomplete) for found in stack.notes] == ([(note, is_incomplete)] if note else [])


def test_a_directory_with_terraform_stacks_alone_is_an_error_that_says_so(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "net.tfcomponent.hcl").write_text("")
    with pytest.raises(InputError, match=r"plan JSON found; files of Terraform Stacks are not checked"):
        read_path(tmp_path)
