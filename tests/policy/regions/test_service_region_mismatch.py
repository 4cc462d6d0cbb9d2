import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.regions.service_region_mismatch import service_region_mismatch
from plainwork_policies.regions.settings import RegionSettings

PROVIDER = 'variable "x" {}\ndata "aws_region" "current" {}\nprovider "aws" {\n  region = "eu-west-1"\n}\n'
KEY = """resource "aws_kms_key" "logs" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = { Service = %s } }]
  })
}
"""
ROLE = """resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow", Action = "kms:Decrypt", Resource = "*"
      Condition = { StringEquals = { "kms:ViaService" = %s } }
    }]
  })
}
"""
TASK = """resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{
    name             = "web"
    logConfiguration = { logDriver = "awslogs", options = { "awslogs-region" = %s, "awslogs-group" = "web" } }
  }])
}
"""


@pytest.mark.parametrize(
    ("hcl", "text"),
    [
        (KEY, "logs.us-east-1.amazonaws.com"),
        (KEY, "logs.eu-central-1.amazonaws.com"),
        (ROLE, "s3.us-east-1.amazonaws.com"),
        (TASK, "us-east-1"),
    ],
)
def test_a_service_in_a_region_that_the_stack_does_not_use_fails(hcl, text, messages):
    (message,) = messages(service_region_mismatch, PROVIDER + hcl % f'"{text}"')
    assert message.endswith(f"names `{text}`, but the stack uses `eu-west-1`")


@pytest.mark.parametrize(
    ("hcl", "value"),
    [
        (KEY, '"logs.eu-west-1.amazonaws.com"'),
        (KEY, '"logs.${data.aws_region.current.region}.amazonaws.com"'),
        (KEY, '["logs.us-east-1.amazonaws.com", "logs.eu-west-1.amazonaws.com"]'),
        (ROLE, '["s3.eu-west-1.amazonaws.com", "s3.eu-central-1.amazonaws.com"]'),
        (TASK, '"eu-west-1"'),
    ],
)
def test_a_service_in_a_region_of_the_stack_passes(hcl, value, statuses):
    assert list(statuses(service_region_mismatch, PROVIDER + hcl % value).values()) == ["passed"]


@pytest.mark.parametrize(
    ("hcl", "value"),
    [
        (KEY, '"logs.amazonaws.com"'),
        (KEY, '"example.com"'),
        (ROLE, '"s3.*.amazonaws.com"'),
        (TASK, "var.x"),
    ],
)
def test_a_text_without_a_literal_region_is_not_a_subject(hcl, value, statuses):
    assert statuses(service_region_mismatch, PROVIDER + hcl % value) == {}


def test_a_region_beside_an_unknown_one_is_not_evaluated(statuses):
    hcl = PROVIDER + KEY % '["logs.us-east-1.amazonaws.com", "logs.${var.x}.amazonaws.com"]'
    assert statuses(service_region_mismatch, hcl) == {"aws_kms_key.logs": "not_evaluated"}


def test_a_provider_with_an_unknown_region_is_not_evaluated(statuses):
    hcl = PROVIDER.replace('"eu-west-1"', "var.x") + TASK % '"us-east-1"'
    assert statuses(service_region_mismatch, hcl) == {"aws_ecs_task_definition.t": "not_evaluated"}


def test_the_settings_add_regions(statuses):
    settings = Settings(tables=(RegionSettings(additional_regions=("us-east-1",)),))
    hcl = PROVIDER + TASK % '"us-east-1"'
    assert statuses(service_region_mismatch, hcl, settings) == {"aws_ecs_task_definition.t": "passed"}


def test_a_service_control_policy_may_name_every_region(statuses):
    hcl = ROLE.replace("aws_iam_policy", "aws_organizations_policy").replace("policy = json", "content = json")
    assert statuses(service_region_mismatch, PROVIDER + hcl % '"s3.us-east-1.amazonaws.com"') == {}
