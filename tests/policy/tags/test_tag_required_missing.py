import pytest

from plainwork_core.model.stack import Location, Provider, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_required_missing import tag_required_missing
from tests.support.settings import TEAM

HERE = Location("plan.json")
ROOT = 'provider "aws" {}\n'
DEFAULTS = 'provider "aws" {\n  default_tags {\n    tags = { %s }\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "logs" {\n  %s\n}\n'


def bucket(argument="", defaults=None):
    return (ROOT if defaults is None else DEFAULTS % defaults) + BUCKET % argument


@pytest.mark.parametrize(
    ("hcl", "status"),
    [
        (bucket('tags = { Owner = "a", Environment = "b" }'), "passed"),
        (bucket('tags = { "Owner" = "a", "Environment" = "" }'), "passed"),
        (bucket(defaults='Owner = "a", Environment = "b"'), "passed"),
        (bucket('tags = { Owner = "a" }', defaults='Environment = "b"'), "passed"),
        (bucket('tags = merge({ Owner = "a" }, { Environment = "b" })'), "passed"),
        (bucket("tags = var.tags", defaults='Owner = "a", Environment = "b"'), "passed"),
        (bucket('tags = { Owner = var.owner, Environment = "b" }'), "passed"),
        (bucket(), "failed"),
        (bucket("tags = {}"), "failed"),
        (bucket("tags = null"), "failed"),
        (bucket('tags = { Owner = null, Environment = "b" }'), "failed"),
        (bucket('tags = { owner = "a", Environment = "b" }'), "failed"),
        (bucket(defaults='Owner = "a"'), "failed"),
        (bucket("tags = var.tags"), "not_evaluated"),
        (bucket('tags = merge(var.tags, { Owner = "a" })'), "not_evaluated"),
        (bucket('tags = merge(var.tags, { Owner = "a", Environment = "b" })'), "passed"),
        (bucket('tags = merge(var.tags, { Owner = null, Environment = "b" })'), "not_evaluated"),
        (bucket('tags = merge({ Owner = "a", Environment = "b" }, var.tags)'), "passed"),
        (bucket('tags = { Owner = "a", Environment = "b", (var.key) = "c" }'), "passed"),
        (bucket('tags = { Owner = "a" }', defaults="(var.key) = 1"), "not_evaluated"),
    ],
)
def test_a_resource_has_its_own_tags_and_the_default_tags(hcl, status, statuses):
    assert statuses(tag_required_missing, hcl) == {"aws_s3_bucket.logs": status}


def test_the_finding_has_every_missing_key_and_the_provider(results):
    (finding,) = results(tag_required_missing, bucket('tags = { Name = "logs" }'))[0].findings
    assert finding.message.startswith("tags `Environment` and `Owner` are not set")
    assert finding.value == ["Name"]
    assert finding.remedy == "Add `Environment` and `Owner` to `tags`, or to `default_tags` of `provider.aws`."
    assert finding.location.line == 3


def test_each_provider_configuration_has_its_own_default_tags(statuses):
    hcl = DEFAULTS % 'Owner = "a", Environment = "b"' + (
        'provider "aws" {\n  alias = "bare"\n}\n'
        'resource "aws_sqs_queue" "tagged" {}\n'
        'resource "aws_sqs_queue" "bare" {\n  provider = aws.bare\n}\n'
    )
    assert statuses(tag_required_missing, hcl) == {"aws_sqs_queue.tagged": "passed", "aws_sqs_queue.bare": "failed"}


def test_a_missing_tag_is_not_evaluated_if_default_tags_are_dynamic(statuses):
    dynamic = 'provider "aws" {\n  dynamic "default_tags" {\n    for_each = var.x\n    content {}\n  }\n}\n'
    assert statuses(tag_required_missing, dynamic + BUCKET % "") == {"aws_s3_bucket.logs": "not_evaluated"}


@pytest.mark.parametrize(
    "type_", ["aws_s3_bucket_versioning", "aws_autoscaling_group", "aws_route53_record", "random_pet"]
)
def test_a_type_without_tags_is_not_checked(type_, statuses):
    assert statuses(tag_required_missing, f'{ROOT}resource "{type_}" "this" {{}}\n') == {}


def test_the_caller_of_a_module_may_set_the_default_tags(messages, statuses):
    (message,) = messages(tag_required_missing, BUCKET % "")
    assert message.startswith("this directory has no provider configuration and may be a module")
    backend = 'terraform {\n  backend "local" {}\n}\n'
    assert statuses(tag_required_missing, backend + BUCKET % "") == {"aws_s3_bucket.logs": "failed"}


def test_the_required_keys_are_a_setting(statuses):
    settings = Settings(tables=(TagSettings(required=("Team",)),))
    assert statuses(tag_required_missing, bucket('tags = { Team = "a" }'), settings) == {"aws_s3_bucket.logs": "passed"}


def in_a_plan(values, type_="aws_sqs_queue"):
    provider = Provider("aws", None, {"default_tags": Unknown("a plan does not show it")}, HERE)
    resource = Resource(f"{type_}.this", "managed", type_, "this", "aws", values, HERE)
    return [
        result.status
        for result in evaluate(Stack("", "plan", (provider,), None, (resource,)), [tag_required_missing], TEAM)
    ]


def test_a_plan_with_known_tags_all_decides():
    assert in_a_plan({"tags": None, "tags_all": {"Owner": "a", "Environment": "b"}}) == ["passed"]
    assert in_a_plan({"tags": None, "tags_all": {"Owner": "a"}}) == ["failed"]
    assert in_a_plan({"tags": None, "tags_all": Unknown("is known only after apply")}) == ["not_evaluated"]


def test_a_type_newer_than_the_table_is_checked_if_a_plan_has_its_tags_all():
    assert in_a_plan({"tags_all": {}}, type_="aws_made_tomorrow") == ["failed"]
    assert in_a_plan({}, type_="aws_made_tomorrow") == []


def test_a_type_without_tags_in_an_older_provider_is_not_checked():
    assert in_a_plan({"name": "orders"}) == []
    assert in_a_plan({"name": "orders", "tags": {}}) == ["not_evaluated"]


ALIASES = """
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.other]
    }
  }
}
"""


def test_the_caller_of_a_module_configures_a_provider_with_an_alias(messages):
    queue = 'resource "aws_sqs_queue" "jobs" {\n  provider = aws.other\n}\n'
    assert messages(tag_required_missing, ROOT + ALIASES + queue) == [
        "the caller of this module configures the provider `aws.other`; check the caller or a plan"
    ]
