"""Override files are merged as Terraform merges them, and files of OpenTofu are read as OpenTofu reads them."""

import json

import pytest

from plainwork_core.read import hcl
from tests.policy.hcl_oracle import planned

FILES = {
    "main.tf": """
terraform {
  required_version = ">= 1.0"
}
locals {
  a = "main"
  b = "main"
}
variable "v" {
  default = "main"
}
resource "terraform_data" "t" {
  input            = { a = local.a, b = local.b, v = var.v }
  triggers_replace = "main"
  lifecycle {
    create_before_destroy = true
  }
}
resource "terraform_data" "other" {
  count = 2
  input = "main"
}
""",
    "a_override.tf": """
locals {
  a = "a"
}
variable "v" {
  default = "a"
}
resource "terraform_data" "t" {
  triggers_replace = "a"
}
resource "terraform_data" "other" {
  count = 1
}
""",
    "override.tf.json": json.dumps(
        {"locals": {"a": "json"}, "resource": {"terraform_data": {"t": {"lifecycle": {"ignore_changes": ["input"]}}}}}
    ),
    "z_override.tf": 'resource "terraform_data" "t" {\n  triggers_replace = "${local.a}-z"\n}\n',
}


@pytest.fixture
def read(tmp_path):
    def read(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return hcl.read(tmp_path)

    return read


@pytest.mark.terraform
def test_a_configuration_with_override_files_has_terraforms_values(tmp_path, read):
    backend = 'terraform {\n  backend "local" {\n    path = "x.tfstate"\n  }\n}\n'
    ours = read(FILES | {"backend.tf": backend}).resource("terraform_data.t").values
    (tmp_path / "backend.tf").unlink()
    resources = planned(tmp_path, FILES["main.tf"])["planned_values"]["root_module"]["resources"]
    theirs = {resource["address"]: resource["values"] for resource in resources}
    assert ours == {name: theirs["terraform_data.t"][name] for name in ours}
    assert ours["triggers_replace"] == "json-z"
    assert "terraform_data.other[1]" not in theirs


BLOCKS = """
resource "aws_s3_bucket" "b" {
  bucket = "main"
  cors_rule {
    allowed_methods = ["GET"]
  }
  cors_rule {
    allowed_methods = ["PUT"]
  }
  logging {
    target_bucket = "main"
  }
}
"""


@pytest.mark.parametrize(
    "override",
    [
        'resource "aws_s3_bucket" "b" {\n  cors_rule {\n    allowed_origins = ["*"]\n  }\n}\n',
        (
            'resource "aws_s3_bucket" "b" {\n  dynamic "cors_rule" {\n    for_each = [1]\n    content {\n'
            '      allowed_origins = ["*"]\n    }\n  }\n}\n'
        ),
    ],
)
def test_blocks_replace_all_blocks_of_their_type_and_are_not_merged(read, override):
    bucket = read({"main.tf": BLOCKS, "override.tf": override}).resource("aws_s3_bucket.b")
    assert bucket.values == {
        "bucket": "main",
        "cors_rule": [{"allowed_origins": ["*"]}],
        "logging": [{"target_bucket": "main"}],
    }


def test_an_overridden_argument_has_the_line_of_its_block_and_any_other_its_own(read):
    bucket = read({"main.tf": BLOCKS, "override.tf": '\n\n\n\nresource "aws_s3_bucket" "b" {\n  bucket = "o"\n}\n'})
    assert [bucket.resource("aws_s3_bucket.b").at(path).line for path in ("bucket", "logging")] == [2, 10]


def test_a_backend_of_an_override_file_takes_the_place_of_the_other(read):
    main = 'terraform {\n  required_version = ">= 1"\n  cloud {\n    organization = "o"\n  }\n}\n'
    override = 'terraform {\n  required_version = ">= 2"\n  backend "s3" {\n    bucket = "b"\n  }\n}\n'
    stack = read({"main.tf": main, "override.tf": override})
    assert (stack.backend.type, stack.backend.values, stack.required_version) == ("s3", {"bucket": "b"}, ">= 2")


def test_a_provider_of_an_override_file_is_merged_by_its_alias(read):
    main = 'provider "aws" {\n  region = "a"\n}\nprovider "aws" {\n  alias = "w"\n  region = "b"\n}\n'
    override = 'provider "aws" {\n  alias = "w"\n  region = "c"\n}\n'
    assert [provider.get("region") for provider in read({"main.tf": main, "override.tf": override}).providers] == [
        "a",
        "c",
    ]


def test_a_default_provider_of_an_override_file_needs_no_other_one(read):
    main = 'resource "aws_s3_bucket" "b" {}\n'
    (provider,) = read({"main.tf": main, "override.tf": 'provider "aws" {\n  region = "a"\n}\n'}).providers
    assert provider.get("region") == "a"


QUEUE = 'resource "aws_sqs_queue" "%s" {\n}\n'


@pytest.mark.parametrize(
    ("names", "read_names"),
    [
        (["main.tf", "main.tofu"], ["main.tofu"]),
        (["main.tf", "more.tofu"], ["main.tf", "more.tofu"]),
        (["main.tf.json", "main.tofu.json"], ["main.tofu.json"]),
        (["main.tf", "main.tofu.json"], ["main.tf", "main.tofu.json"]),
    ],
)
def test_a_file_of_opentofu_takes_the_place_of_that_of_terraform(read, names, read_names):
    files = {
        name: json.dumps({"resource": {"aws_sqs_queue": {name.replace(".", "-"): {}}}})
        if name.endswith(".json")
        else QUEUE % name.replace(".", "-")
        for name in names
    }
    assert [queue.name for queue in read(files).resources] == [name.replace(".", "-") for name in read_names]


ENCRYPTION = """
terraform {
  encryption {
    key_provider "aws_kms" "key" {
      kms_key_id = "alias/state"
    }
    method "aes_gcm" "m" {
      keys = key_provider.aws_kms.key
    }
    state {
      method = method.aes_gcm.m
    }
  }
}
provider "aws" {
  alias    = "by"
  for_each = toset(["eu-west-1", "us-east-1"])
  region   = each.value
}
resource "aws_sqs_queue" "q" {
  for_each = toset(["eu-west-1", "us-east-1"])
  provider = aws.by[each.key]
}
"""


def test_the_blocks_and_arguments_of_opentofu_are_read(read):
    queues = read({"main.tofu": ENCRYPTION}).resources
    assert [queue.address for queue in queues] == ['aws_sqs_queue.q["eu-west-1"]', 'aws_sqs_queue.q["us-east-1"]']
    assert queues[0].provider_key.reason == "`provider` on line 22 may differ between instances; check a plan"


def test_encryption_in_json_is_read(read):
    assert read({"main.tofu.json": json.dumps({"terraform": {"encryption": {"state": {"method": "m"}}}})})
