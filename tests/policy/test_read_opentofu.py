"""A root module for OpenTofu is recognized, and read as OpenTofu reads it."""

import json

import pytest

from plainwork_core.model.values import Unknown
from plainwork_core.read import hcl, terraform_json

QUEUE = 'resource "aws_sqs_queue" "q" {}\n'
BACKEND = 'terraform {\n  backend "s3" {\n    key = "${var.environment}/web.tfstate"\n  }\n}\n'
ENVIRONMENT = 'variable "environment" {\n  default = "prod"\n}\n'
LANGUAGE = 'language {\n  edition = tofu2024\n  compatible_with {\n    opentofu = ">= 1.12"\n    other {}\n  }\n}\n'
LOCK = 'provider "registry.%s.org/hashicorp/aws" {\n  version = "5.100.0"\n}\n'


@pytest.fixture
def read(tmp_path):
    def read(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return hcl.read(tmp_path)

    return read


@pytest.mark.parametrize(
    ("files", "is_for_opentofu"),
    [
        ({"main.tf": QUEUE}, False),
        ({"main.tofu": QUEUE}, True),
        ({"main.tf": QUEUE, "more.tofu.json": "{}"}, True),
        ({"main.tf": QUEUE + "terraform {\n  encryption {\n  }\n}\n"}, True),
        ({"main.tf.json": json.dumps({"terraform": {"encryption": {}}})}, True),
        ({"main.tf": LANGUAGE}, True),
        ({"main.tf.json": json.dumps({"language": {"compatible_with": {"opentofu": ">= 1.12"}}})}, True),
        ({"main.tf": QUEUE, ".terraform.lock.hcl": LOCK % "opentofu"}, True),
        ({"main.tf": QUEUE, ".terraform.lock.hcl": LOCK % "terraform"}, False),
    ],
)
def test_files_encryption_and_the_lock_file_tell_that_a_module_is_for_opentofu(read, files, is_for_opentofu):
    assert read(files).is_for_opentofu is is_for_opentofu


def test_a_synthesized_stack_for_opentofu_is_marked(tmp_path):
    file = tmp_path / "cdk.tf.json"
    for mark, is_for_opentofu in (({"//": {"plainwork": {"target": "opentofu"}}}, True), ({}, False)):
        file.write_text(json.dumps({"terraform": {"backend": {"s3": {"key": "k", **mark}}}}), encoding="utf-8")
        assert terraform_json.read(file).is_for_opentofu is is_for_opentofu


def test_a_variable_in_the_backend_is_evaluated(read):
    assert read({"main.tofu": BACKEND + ENVIRONMENT}).backend.values == {"key": "prod/web.tfstate"}


def test_a_variable_without_a_default_in_the_backend_is_unknown(read):
    key = read({"main.tofu": BACKEND + 'variable "environment" {}\n'}).backend.values["key"]
    assert isinstance(key, Unknown)
    assert key.references == ("var.environment",)


def test_terraform_does_not_evaluate_a_variable_in_the_backend(read):
    assert isinstance(read({"main.tf": BACKEND + ENVIRONMENT}).backend.values["key"], Unknown)


@pytest.mark.parametrize(
    ("enabled", "addresses", "may_be_absent"),
    [
        ("true", ["aws_sqs_queue.q"], [False]),
        ('"true"', ["aws_sqs_queue.q"], [False]),
        ("false", [], []),
        ('"false"', [], []),
        ("1 == 2", [], []),
        ("var.on", ["aws_sqs_queue.q"], [True]),
    ],
)
def test_a_resource_that_is_not_enabled_is_omitted(read, enabled, addresses, may_be_absent):
    queue = 'resource "aws_sqs_queue" "q" {\n  lifecycle {\n    enabled = %s\n  }\n}\n'
    stack = read({"main.tofu": queue % enabled + 'variable "on" {\n  default = false\n}\n'})
    assert [resource.address for resource in stack.resources] == addresses
    assert [resource.may_be_absent for resource in stack.resources] == may_be_absent


def test_a_module_call_that_is_not_enabled_is_omitted(read):
    call = 'module "m" {\n  source = "example.com/m"\n  lifecycle {\n    enabled = false\n  }\n}\n'
    assert read({"main.tofu": call}).module_calls == ()


def test_the_lifecycle_of_a_module_call_is_no_argument_of_it(read):
    call = 'module "m" {\n  source = "example.com/m"\n  lifecycle {\n    enabled = true\n  }\n}\n'
    (found,) = read({"main.tofu": call}).module_calls
    assert found.values == {"source": "example.com/m"}


@pytest.mark.parametrize("name", ["main.tofu", "main.tofu.json"])
def test_a_provider_with_several_configurations_has_a_region_for_each(read, name):
    native = (
        'provider "aws" {\n  alias = "by"\n  for_each = toset(["a", "b"])\n  region = each.value\n}\n'
        'resource "aws_sqs_queue" "q" {\n  provider = aws.by["a"]\n}\n'
    )
    provider = {"alias": "by", "for_each": '${toset(["a", "b"])}', "region": "${each.value}"}
    queue = {"aws_sqs_queue": {"q": {"provider": 'aws.by["a"]'}}}
    in_json = json.dumps({"provider": {"aws": provider}, "resource": queue})
    stack = read({name: in_json if name.endswith(".json") else native})
    (found,), (resource,) = stack.providers, stack.resources
    assert found.values.keys() == {"region"}
    assert isinstance(found.values["region"], Unknown)
    assert isinstance(stack.provider_of(resource), Unknown)
    assert "may differ between instances" in stack.provider_of(resource).reason


@pytest.mark.parametrize("lifecycle", ["destroy = false", "prevent_destroy = var.on"])
def test_a_lifecycle_of_opentofu_changes_no_argument(read, lifecycle):
    queue = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n  lifecycle {\n    %s\n  }\n}\n'
    assert read({"main.tofu": queue % lifecycle}).resources[0].values == {"name": "q"}


def test_encryption_of_an_override_file_takes_the_place_of_the_other(read):
    encryption = "terraform {\n  encryption {\n    state {\n      enforced = %s\n    }\n  }\n}\n"
    stack = read({"main.tofu": encryption % "false", "override.tofu": encryption % "true"})
    assert stack.encryption.values == {"state": [{"enforced": True}]}
