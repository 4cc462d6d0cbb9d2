"""Each result belongs to the block in Checkov that it is about, in every format and for expanded blocks."""

from __future__ import annotations

import json

import pytest

from plainwork_policies.engine.finding import fail

ROOT = """
terraform {
  backend "s3" {
    bucket = "states"
  }
}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_sqs_queue" "jobs" {
  count = 2
}
resource "aws_sns_topic" "none" {
  count = 0
}
resource "aws_s3_bucket" "each" {
  for_each = toset(["a.b", "c"])
}
data "aws_caller_identity" "me" {}
module "inner" {
  source = "./inner"
}
"""
INNER = 'resource "aws_sqs_queue" "inner" {}\n'
JSON = {
    "terraform": {"backend": {"s3": {"bucket": "states"}}},
    "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "us", "region": "us-east-1"}]},
    "data": {"aws_caller_identity": {"me": {}}},
    "module": {"inner": {"source": "./inner"}},
    "resource": {"aws_sqs_queue": {"jobs": {"count": 2}}, "aws_s3_bucket": {"jobs": {}}},
}


def planned(address, mode, type_, name):
    return {"address": address, "mode": mode, "type": type_, "name": name, "values": {"id": "x"}}


QUEUES = [planned(f'module.inner["a.b"].aws_sqs_queue.jobs[{n}]', "managed", "aws_sqs_queue", "jobs") for n in (0, 1)]
READ = planned("data.aws_caller_identity.me", "data", "aws_caller_identity", "me")
KEPT = {"actions": ["no-op"], "before": {"id": "x"}, "after": {"id": "x"}}
PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "planned_values": {"root_module": {"child_modules": [{"address": 'module.inner["a.b"]', "resources": QUEUES}]}},
    "prior_state": {"values": {"root_module": {"resources": [READ]}}},
    "resource_changes": [{**queue, "change": KEPT} for queue in QUEUES],
    "configuration": {
        "provider_config": {
            "aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}},
            "aws.us": {"name": "aws", "alias": "us", "expressions": {"region": {"references": ["var.region"]}}},
        },
        "root_module": {"resources": [{**READ, "provider_config_key": "aws"}]},
    },
}


def everything(stack):
    backend = [stack.backend] if stack.backend else []
    return [*stack.resources, *stack.providers, *stack.module_calls, *backend]


def fail_each(_subject, _stack, _settings):
    yield fail("", "was evaluated", remedy="nothing")


def addresses(records):
    return sorted((record.resource, *(detail.partition(":")[0] for detail in record.details)) for record in records)


JOBS = ("aws_sqs_queue.jobs[0]", "aws_sqs_queue.jobs[1]")
EACH = ('aws_s3_bucket.each["a.b"]', 'aws_s3_bucket.each["c"]')


def test_in_hcl_instances_and_modules_have_the_result_of_their_block(scan, trial, write):
    trial(fail_each, everything)
    write("inner/main.tf", INNER)
    assert addresses(scan("terraform", write("main.tf", ROOT), checks="PLW_TRIAL_001")) == [
        ("aws.default", "provider.aws", "terraform.backend.s3"),
        ("aws.us", "provider.aws.us"),
        ("aws_caller_identity.me", "data.aws_caller_identity.me"),
        ('aws_s3_bucket.each["a.b"]', *EACH),
        ('aws_s3_bucket.each["c"]', *EACH),
        ("aws_sqs_queue.jobs[0]", *JOBS),
        ("aws_sqs_queue.jobs[1]", *JOBS),
        ("inner", "module.inner.aws_sqs_queue.inner", "module.inner"),
        ("module.inner.aws_sqs_queue.inner", "aws_sqs_queue.inner"),
    ]


@pytest.mark.parametrize("none", ["count = 0", "for_each = {}", "for_each = toset([])", "count = length([])"])
def test_a_block_without_instances_has_no_record(none, scan, trial, write):
    trial(fail_each, everything)
    directory = write("main.tf", f'resource "aws_sqs_queue" "none" {{\n  {none}\n}}\n')
    assert scan("terraform", directory, checks="PLW_TRIAL_001") == []


def test_in_cdktf_json_names_without_type_are_distinct(scan, trial, write):
    trial(fail_each, everything)
    assert addresses(scan("terraform_json", write("cdk.tf.json", json.dumps(JSON)), checks="PLW_TRIAL_001")) == [
        ("data.me", "data.aws_caller_identity.me"),
        ("module.inner", "module.inner"),
        ("provider.aws", "provider.aws", "terraform.backend.s3"),
        ("provider.aws", "provider.aws.us"),
        ("resource.jobs", "aws_s3_bucket.jobs"),
        ("resource.jobs", *JOBS),
    ]


def test_in_a_plan_addresses_are_whole_and_a_provider_carries_what_was_read_while_planning(scan, trial, write):
    trial(fail_each, everything)
    plan = write("plan.json", json.dumps(PLAN)) / "plan.json"
    assert addresses(scan("terraform_plan", plan, checks="PLW_TRIAL_001")) == [
        ("aws.default", "data.aws_caller_identity.me", "provider.aws"),
        ("aws.us", "provider.aws.us"),
        ('module.inner["a.b"].aws_sqs_queue.jobs[0]', 'module.inner["a.b"].aws_sqs_queue.jobs[0]'),
        ('module.inner["a.b"].aws_sqs_queue.jobs[1]', 'module.inner["a.b"].aws_sqs_queue.jobs[1]'),
    ]


@pytest.mark.parametrize("form", [str, lambda path: path.relative_to(path.parents[1])], ids=["absolute", "relative"])
def test_a_single_file_is_read_with_its_directory_and_reports_only_its_own_blocks(
    form, scan, trial, write, monkeypatch
):
    trial(fail_each, everything)
    write("other.tf", 'resource "aws_sqs_queue" "other" {}\n')
    file = write("main.tf", 'resource "aws_sqs_queue" "one" {}\n') / "main.tf"
    monkeypatch.chdir(file.parents[1])
    found = scan("terraform", type(file)(form(file)), checks="PLW_TRIAL_001")
    assert addresses(found) == [("aws_sqs_queue.one", "aws_sqs_queue.one")]


def test_without_a_provider_the_first_block_carries_what_has_no_block_of_its_own(scan, trial, write):
    trial(fail_each, lambda stack: [stack.backend])
    directory = write("main.tf", 'terraform {\n  backend "local" {}\n}\nresource "aws_sqs_queue" "one" {}\n')
    assert addresses(scan("terraform", directory, checks="PLW_TRIAL_001")) == [
        ("aws_sqs_queue.one", "terraform.backend.local")
    ]


def test_a_block_that_is_not_a_subject_of_the_policy_has_no_record(scan, trial, write):
    trial(fail_each, lambda stack: stack.managed("aws_sqs_queue"))
    directory = write("main.tf", 'resource "aws_sqs_queue" "one" {}\nresource "aws_sns_topic" "two" {}\n')
    assert [record.resource for record in scan("terraform", directory, checks="PLW_TRIAL_001")] == ["aws_sqs_queue.one"]


def test_a_unit_is_evaluated_once_for_all_its_blocks(scan, trial, write):
    evaluated = []
    trial(lambda subject, _stack, _settings: evaluated.append(subject.address) or iter(()))
    scan("terraform", write("main.tf", ROOT), checks="PLW_TRIAL_001")
    assert sorted(evaluated) == sorted(set(evaluated))
