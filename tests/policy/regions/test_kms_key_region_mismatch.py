import pytest

from plainwork_policies.regions.kms_key_region_mismatch import kms_key_region_mismatch

PROVIDERS = (
    'provider "aws" {\n  region = "eu-west-1"\n}\nprovider "aws" {\n  alias  = "london"\n  region = "eu-west-2"\n}\n'
    'resource "aws_kms_key" "here" {}\nresource "aws_kms_key" "london" {\n  provider = aws.london\n}\n'
    'resource "aws_sqs_queue" "other" {}\n'
)
QUEUE = 'resource "aws_sqs_queue" "orders" {\n  kms_master_key_id = %s\n}\n'
KEY = '"arn:aws:kms:%s:123456789012:key/1234abcd"'


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (KEY % "eu-west-1", "passed"),
        (KEY % "eu-west-2", "failed"),
        (KEY % "${data.aws_region.current.region}", "passed"),
        (KEY % "${var.region}", "not_evaluated"),
        ("aws_kms_key.here.arn", "passed"),
        ("aws_kms_key.london.arn", "failed"),
        ("aws_kms_key.london.key_id", "failed"),
        ('"alias/orders"', "passed"),
        ('"1234abcd-12ab-34cd-56ef-1234567890ab"', "passed"),
        ("var.key", "not_evaluated"),
        ("aws_sqs_queue.other.arn", "not_evaluated"),
    ],
)
def test_a_key_is_in_the_region_of_the_resource_that_uses_it(key, status, statuses):
    here = 'data "aws_region" "current" {}\n'
    assert statuses(kms_key_region_mismatch, PROVIDERS + here + QUEUE % key)["aws_sqs_queue.orders"] == status


@pytest.mark.parametrize(
    ("attribute", "multi_region", "status"),
    [
        ("key_id", "true", "passed"),
        ("id", "true", "passed"),
        ("arn", "true", "failed"),
        ("key_id", "false", "failed"),
        ("key_id", "var.multi_region", "not_evaluated"),
    ],
)
def test_the_replicas_of_a_multi_region_key_have_its_id(attribute, multi_region, status, statuses):
    keys = (
        f'variable "multi_region" {{}}\nresource "aws_kms_key" "primary" {{\n  multi_region = {multi_region}\n}}\n'
        'resource "aws_kms_replica_key" "london" {\n  provider        = aws.london\n'
        "  primary_key_arn = aws_kms_key.primary.arn\n}\n"
    )
    alias = (
        'resource "aws_kms_alias" "london" {\n  provider      = aws.london\n  name          = "alias/orders"\n'
        f"  target_key_id = aws_kms_key.primary.{attribute}\n}}\n"
    )
    assert statuses(kms_key_region_mismatch, PROVIDERS + keys + alias)["aws_kms_alias.london"] == status


def test_an_alias_in_the_primary_region_may_have_the_id_of_a_replica(statuses):
    hcl = (
        'resource "aws_kms_replica_key" "london" {\n  provider = aws.london\n}\n'
        'resource "aws_kms_alias" "here" {\n  target_key_id = aws_kms_replica_key.london.key_id\n}\n'
    )
    assert statuses(kms_key_region_mismatch, PROVIDERS + hcl)["aws_kms_alias.here"] == "passed"


def test_the_region_of_a_resource_precedes_that_of_its_provider(statuses):
    hcl = QUEUE.replace("{\n", '{\n  region = "eu-west-2"\n', 1) % "aws_kms_key.london.arn"
    assert statuses(kms_key_region_mismatch, PROVIDERS + hcl)["aws_sqs_queue.orders"] == "passed"


def test_two_unknown_regions_from_the_same_variable_are_the_same(statuses):
    hcl = 'provider "aws" {\n  region = var.region\n}\nresource "aws_kms_key" "x" {}\n'
    assert statuses(kms_key_region_mismatch, hcl + QUEUE % "aws_kms_key.x.arn") == {"aws_sqs_queue.orders": "passed"}


def test_the_finding_has_both_regions(results):
    (result,) = results(kms_key_region_mismatch, PROVIDERS + QUEUE % "aws_kms_key.london.arn")
    (finding,) = result.findings
    assert finding.message == "`kms_master_key_id` is a KMS key in `eu-west-2`, but the resource is in `eu-west-1`"
    assert (finding.path, finding.remedy, finding.location.line) == (
        "kms_master_key_id",
        "Use a KMS key in `eu-west-1`, or a replica of the multi-Region key.",
        14,
    )


@pytest.mark.parametrize(
    "hcl",
    [
        (
            'resource "aws_dynamodb_table" "x" {\n  replica {\n    region_name = "eu-west-2"\n'
            "    kms_key_arn = aws_kms_key.london.arn\n  }\n}\n"
        ),
        'resource "aws_cloudtrail" "x" {\n  kms_key_id = aws_kms_key.london.arn\n}\n',
        'resource "aws_kms_replica_key" "x" {\n  primary_key_arn = aws_kms_key.london.arn\n}\n',
        (
            'resource "aws_lambda_function" "x" {\n  environment {\n    variables = {\n'
            "      kms_key_id = aws_kms_key.london.arn\n    }\n  }\n}\n"
        ),
        'resource "aws_ebs_volume" "x" {\n  encrypted = true\n}\n',
    ],
    ids=["replica", "trail", "replica-key", "environment", "no-key"],
)
def test_a_key_for_another_region_is_not_checked(hcl, statuses):
    assert statuses(kms_key_region_mismatch, PROVIDERS + hcl) == {}


def test_a_key_in_a_nested_block_is_checked(statuses):
    hcl = (
        'resource "aws_s3_bucket_server_side_encryption_configuration" "x" {\n  rule {\n'
        "    apply_server_side_encryption_by_default {\n      kms_master_key_id = aws_kms_key.london.arn\n"
        "    }\n  }\n}\n"
    )
    assert list(statuses(kms_key_region_mismatch, PROVIDERS + hcl).values()) == ["failed"]
