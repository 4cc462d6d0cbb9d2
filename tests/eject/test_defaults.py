"""The arguments that an ejection omits: those whose literal value is the one that they have without being set."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.eject.conftest import PROVIDER, Root

Resources = Callable[..., str]
REQUIRED = (
    'terraform {{\n  required_providers {{\n    aws = {{\n      source  = "hashicorp/aws"\n'
    '      version = "{}"\n    }}\n  }}\n}}\n\n'
)
QUEUE = 'resource "aws_sqs_queue" "this" {{\n  name = "orders"\n{}}}\n'
LOCK = 'provider "registry.terraform.io/hashicorp/aws" {{\n  version = "{}"\n}}\n'


def arguments(text: str) -> str:
    """Return the arguments of the first block without those that name the resource, and without alignment."""
    (body,) = re.findall(r'^(?:resource|data) "[^{]*\{\n(.*?)^\}', text, re.DOTALL | re.MULTILINE)[:1]
    return " ".join(" ".join(line for line in body.splitlines() if "orders" not in line).split())


@pytest.mark.parametrize(
    "argument",
    [
        "delay_seconds = 0",
        'delay_seconds = "0"',
        "visibility_timeout_seconds = 30",
        "fifo_queue = false",
        "tags = {}",
        'kms_master_key_id = ""',
        "delay_seconds = var.delay",
        "delay_seconds = local.delay",
        "kms_master_key_id = null",
    ],
)
def test_a_default_of_the_module_is_not_written(resources: Resources, argument: str) -> None:
    module = 'variable "delay" {\n  default = 0\n}\nlocals {\n  delay = var.delay\n}\n' + QUEUE.format(
        f"  {argument}\n"
    )
    assert arguments(resources(module)) == ""


@pytest.mark.parametrize(
    "argument",
    ["delay_seconds = 1", "visibility_timeout_seconds = 0", "fifo_queue = true", 'tags = { a = "b" }'],
)
def test_another_value_is_written(resources: Resources, argument: str) -> None:
    assert arguments(resources(QUEUE.format(f"  {argument}\n"))) == argument


def test_an_argument_that_the_provider_computes_is_written(resources: Resources) -> None:
    """Without it, a deployed queue keeps its value, and a new one gets that of AWS."""
    written = arguments(resources(QUEUE.format("  sqs_managed_sse_enabled = false\n")))
    assert written == "sqs_managed_sse_enabled = false"


def test_a_reference_is_written_whatever_its_value(resources: Resources) -> None:
    module = 'variable "delay" {}\n' + QUEUE.format("  delay_seconds = var.delay\n")
    text = resources(module, "  delay = local.delay\n", "locals {\n  delay = 0\n}\n\n")
    assert arguments(text) == "delay_seconds = local.delay"


def test_a_text_argument_has_its_default_as_a_number(resources: Resources) -> None:
    module = (
        'resource "aws_lb_target_group" "this" {\n  name = "orders"\n  port = 80\n  protocol = "HTTP"\n'
        '  vpc_id = "vpc-1"\n  deregistration_delay = 300\n  slow_start = 0\n}\n'
    )
    assert set(arguments(resources(module)).split(" ")[::3]) == {"port", "protocol", "vpc_id"}


def test_a_default_in_a_nested_block_is_not_written(resources: Resources) -> None:
    module = (
        'resource "aws_lambda_function" "this" {\n  function_name = "orders"\n  role = "a"\n'
        '  vpc_config {\n    security_group_ids = ["sg-1"]\n    subnet_ids = ["subnet-1"]\n'
        "    ipv6_allowed_for_dual_stack = false\n  }\n}\n"
    )
    written = 'role = "a" vpc_config { security_group_ids = ["sg-1"] subnet_ids = ["subnet-1"] }'
    assert arguments(resources(module)) == written


def test_a_nested_block_is_not_made_empty(resources: Resources) -> None:
    """The provider may take an empty block for none."""
    module = (
        'resource "aws_s3_bucket" "this" {\n  bucket = "orders"\n'
        "  versioning {\n    enabled = false\n    mfa_delete = false\n  }\n}\n"
    )
    assert arguments(resources(module)) == "versioning { enabled = false mfa_delete = false }"


def test_a_default_in_a_dynamic_block_is_not_written(resources: Resources) -> None:
    module = (
        'variable "groups" {}\nresource "aws_lambda_function" "this" {\n  function_name = "orders"\n'
        '  dynamic "vpc_config" {\n    for_each = var.groups\n    content {\n'
        '      security_group_ids = [vpc_config.value]\n      subnet_ids = ["subnet-1"]\n'
        "      ipv6_allowed_for_dual_stack = false\n    }\n  }\n}\n"
    )
    text = resources(module, "  groups = var.groups\n", 'variable "groups" {}\n\n')
    assert 'subnet_ids         = ["subnet-1"]' in text
    assert "ipv6_allowed_for_dual_stack" not in text


def test_an_empty_argument_that_an_expression_reads_is_written(resources: Resources) -> None:
    """It would be null."""
    read = 'resource "aws_sns_topic" "this" {\n  tags = merge(aws_sqs_queue.this.tags, { a = "b" })\n}\n'
    assert "tags = {}" in arguments(resources(QUEUE.format("  tags = {}\n") + read))


@pytest.mark.parametrize(
    ("expression", "is_written"),
    [
        ("jsonencode(aws_sqs_queue.this)", True),
        ('jsonencode(aws_sqs_queue.this["tags"])', True),
        ("jsonencode(aws_sqs_queue.this[*])", True),
        ("join(aws_sqs_queue.this[*].arn)", False),
        ("aws_sqs_queue.this.arn", False),
    ],
)
def test_an_empty_argument_of_a_resource_that_is_a_value_is_written(
    resources: Resources, expression: str, *, is_written: bool
) -> None:
    """It would be null in an output of the whole resource, and an argument of it has no name there."""
    read = f'resource "aws_sns_topic" "this" {{\n  display_name = {expression}\n}}\n'
    assert ("tags = {}" in arguments(resources(QUEUE.format("  tags = {}\n") + read))) == is_written


@pytest.mark.parametrize(("result", "is_written"), [("queue", True), ("queue.arn", False)])
def test_an_empty_argument_of_resources_in_a_collection_is_written_for_the_whole_item(
    resources: Resources, result: str, *, is_written: bool
) -> None:
    read = f'resource "aws_sns_topic" "t" {{\n  policy = jsonencode([for queue in aws_sqs_queue.this : {result}])\n}}\n'
    module = 'variable "names" {}\n' + QUEUE.format("  for_each = var.names\n  tags = {}\n") + read
    assert ("tags = {}" in resources(module, "  names = var.names\n", 'variable "names" {}\n\n')) == is_written


def test_an_empty_argument_of_a_resource_that_another_depends_on_is_not_written(resources: Resources) -> None:
    other = 'resource "aws_sns_topic" "this" {\n  depends_on = [aws_sqs_queue.this]\n}\n'
    assert "tags" not in resources(QUEUE.format("  tags = {}\n") + other)


def test_a_default_that_an_expression_reads_is_not_written(resources: Resources) -> None:
    """The plan has it without the argument."""
    read = 'resource "aws_sns_topic" "this" {\n  display_name = aws_sqs_queue.this.delay_seconds\n}\n'
    assert arguments(resources(QUEUE.format("  delay_seconds = 0\n") + read)) == ""


def test_an_argument_of_a_data_source_is_written(resources: Resources) -> None:
    module = (
        'data "aws_lambda_function" "this" {\n  function_name = "orders"\n  tags = {}\n}\n'
        'resource "aws_sns_topic" "this" {\n  name = data.aws_lambda_function.this.arn\n}\n'
    )
    assert arguments(resources(module)) == "tags = {}"


PUBLIC = (
    'resource "aws_redshift_cluster" "this" {\n  cluster_identifier = "orders"\n  node_type = "ra3.large"\n'
    "  publicly_accessible = true\n  multi_az = false\n}\n"
)
WITH_BOTH = 'node_type = "ra3.large" publicly_accessible = true multi_az = false'
WITH_ONE = 'node_type = "ra3.large" publicly_accessible = true'
WITH_NONE = 'node_type = "ra3.large"'


@pytest.mark.parametrize(
    ("required", "locked", "written"),
    [
        ("~> 5.0", "", WITH_NONE),
        ("~> 6.0", "", WITH_ONE),
        (">= 5.0", "", WITH_ONE),
        (">= 5.0", "5.80.0", WITH_NONE),
        (">= 5.0", "6.3.0", WITH_ONE),
        ("~> 4.0", "", WITH_BOTH),
        (">= 4.0", "4.67.0", WITH_BOTH),
        (">= 5.0", "7.0.0", WITH_BOTH),
    ],
)
def test_a_default_is_that_of_the_required_provider(root: Root, required: str, locked: str, written: str) -> None:
    """Provider 6 has another default of `publicly_accessible`; earlier and later ones are not known."""
    if locked:
        (root.directory / ".terraform.lock.hcl").write_text(LOCK.format(locked), encoding="utf-8")
    root.write(main=f'{REQUIRED.format(required)}{PROVIDER}module "net" {{\n  source = "./net"\n}}\n', net__main=PUBLIC)
    done = root.eject()
    assert done.exit_code == 0, done.output
    assert arguments(root.text("net.tf")) == written
