import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.regions.arn_region_mismatch import arn_region_mismatch
from plainwork_policies.regions.settings import RegionSettings

IRELAND = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
SUBSCRIPTION = (
    'resource "aws_sns_topic_subscription" "orders" {\n  topic_arn = "arn:aws:sns:%s:123456789012:orders"\n}\n'
)
ADDRESS = "aws_sns_topic_subscription.orders"


@pytest.mark.parametrize(
    ("region", "status"),
    [("eu-west-1", "passed"), ("eu-west-2", "failed"), ("ap-south-1", "failed"), ("eu-wset-1", "failed")],
)
def test_an_arn_is_in_a_region_of_the_stack(region, status, statuses):
    assert statuses(arn_region_mismatch, IRELAND + SUBSCRIPTION % region) == {ADDRESS: status}


@pytest.mark.parametrize("region", ["us-east-1", "*", "", "${var.region}", "${data.aws_region.current.region}"])
def test_global_services_wildcards_and_expressions_are_not_checked(region, statuses):
    assert statuses(arn_region_mismatch, IRELAND + SUBSCRIPTION % region) == {}


@pytest.mark.parametrize(
    "also",
    [
        'provider "aws" {\n  alias = "london"\n  region = "eu-west-2"\n}\n',
        'resource "aws_sqs_queue" "x" {\n  region = "eu-west-2"\n}\n',
    ],
)
def test_the_regions_of_all_providers_and_resources_count(also, statuses):
    assert statuses(arn_region_mismatch, IRELAND + also + SUBSCRIPTION % "eu-west-2") == {ADDRESS: "passed"}


def test_an_unknown_region_of_a_provider_may_be_that_of_the_arn(statuses):
    alias = 'provider "aws" {\n  alias = "x"\n  region = var.region\n}\n'
    assert statuses(arn_region_mismatch, IRELAND + alias + SUBSCRIPTION % "eu-west-2") == {ADDRESS: "not_evaluated"}


def test_the_settings_list_additional_regions(statuses):
    settings = Settings(tables=(RegionSettings(additional_regions=("eu-west-2",)),))
    assert statuses(arn_region_mismatch, IRELAND + SUBSCRIPTION % "eu-west-2", settings) == {ADDRESS: "passed"}


@pytest.mark.parametrize(
    "hcl",
    [
        'resource "aws_db_instance" "x" {\n  replicate_source_db = "arn:aws:rds:eu-west-2:123456789012:db:x"\n}\n',
        'resource "aws_kms_replica_key" "x" {\n  primary_key_arn = "arn:aws:kms:eu-west-2:123456789012:key/x"\n}\n',
        (
            'resource "aws_iam_policy" "x" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", '
            'Action = "bedrock:InvokeModel", Resource = "arn:aws:bedrock:us-west-2::foundation-model/x" }] })\n}\n'
        ),
        (
            'resource "aws_organizations_policy" "x" {\n  content = jsonencode({ Statement = [{ Effect = "Deny", '
            'Action = "sqs:*", Resource = "arn:aws:sqs:us-west-2:123456789012:x" }] })\n}\n'
        ),
    ],
    ids=["source", "primary", "bedrock", "organization"],
)
def test_what_refers_to_other_regions_by_design_is_not_checked(hcl, statuses):
    assert statuses(arn_region_mismatch, IRELAND + hcl) == {}


def test_the_message_has_the_arn_and_the_regions(results):
    (finding,) = results(arn_region_mismatch, IRELAND + SUBSCRIPTION % "eu-west-2")[0].findings
    assert finding.message == (
        "`topic_arn` is `arn:aws:sns:eu-west-2:123456789012:orders` in `eu-west-2`, but the stack uses `eu-west-1`"
    )
    assert (finding.path, finding.location.line) == ("topic_arn", 5)


def test_each_arn_of_a_statement_has_a_result(results):
    hcl = (
        'resource "aws_sqs_queue_policy" "x" {\n  policy = jsonencode({ Statement = [{\n'
        '    Effect = "Allow", Action = "*", Principal = "*",\n'
        '    Resource = ["arn:aws:sqs:eu-west-1:123456789012:x", "arn:aws:sqs:eu-west-2:123456789012:y"]\n  }] })\n}\n'
    )
    found = results(arn_region_mismatch, IRELAND + hcl)
    assert [result.status for result in found] == ["passed", "failed"]
    assert found[1].findings[0].path == "policy.Statement.0.Resource"


IDENTITY = """resource "aws_iam_policy" "x" {
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "sqs:*", Resource = "arn:aws:sqs:%s:123456789012:x" }
  ] })
}
"""
SOURCE = """resource "aws_kms_key" "x" {
  policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = { Service = "logs.amazonaws.com" }
    Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:logs:%s:123456789012:*" } }
  }] })
}
"""
UNKNOWN = 'provider "aws" {\n  region = var.region\n}\n'


@pytest.mark.parametrize("hcl", [IDENTITY, SOURCE], ids=["identity", "condition"])
@pytest.mark.parametrize(
    ("region", "status"), [("eu-west-2", None), ("eu-west-9", None), ("region", "failed"), ("eu-wset-1", "failed")]
)
def test_identity_policies_and_conditions_may_have_the_arn_of_any_region_that_exists(hcl, region, status, statuses):
    assert list(statuses(arn_region_mismatch, IRELAND + hcl % region).values()) == ([status] if status else [])


def test_a_word_that_is_no_region_fails_whatever_the_region_of_the_provider(messages):
    assert messages(arn_region_mismatch, UNKNOWN + IDENTITY % "region") == [
        "`policy.Statement.0.Resource` is `arn:aws:sqs:region:123456789012:x` in `region`, which is not an AWS Region"
    ]
